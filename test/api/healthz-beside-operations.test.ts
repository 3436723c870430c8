import { expect, it } from '@jest/globals';
import { createPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { askWith, SIGNED_CALLERS, tokenOf } from '../support/signed-callers.js';
import { holdTable } from '../support/table-hold.js';
import { startTestService } from '../support/test-service.js';

const CALLERS = ['kim', 'park'];
const EACH = 4;

it('A process is told alive before any of eight operations that hold connections of its pool is answered', async () => {
  const resources = new Resources();
  try {
    const database = resources.use(await createPatients(10));
    const environment = { ...SIGNED_CALLERS, BATCH_OPERATION_MS: '3600000' };
    const api = resources.use(await startTestService(database, { role: 'api', environment }));
    const tokens = await Promise.all(CALLERS.map((name) => tokenOf(name)));
    const hold = await holdTable(database, 'ibsafe_interventionrecord in access exclusive mode');
    const answered: string[] = [];
    const asked = tokens.flatMap((token) =>
      Array.from({ length: EACH }, async (_, at) => {
        // Each asks something else: what is the same would be executed once.
        const told = await askWith(api, { token, query: `{ interventions(first: ${at + 1}) { nodes { id } } }` });
        answered.push(`operation ${told.status}`);
      }),
    );
    await hold.reached(CALLERS.length * EACH);
    const health = await fetch(`${api.url}/healthz`);
    answered.push(`healthz ${health.status}`);
    await hold.release();
    await Promise.all(asked);
    expect(answered).toEqual(['healthz 200', ...asked.map(() => 'operation 200')]);
  } finally {
    await resources.end();
  }
});
