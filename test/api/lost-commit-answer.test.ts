import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runBatch } from '../support/batch-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { openPostgresProxy, type PostgresProxy } from '../support/postgres-proxy.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
let database: PatientsDatabase;
let proxy: PostgresProxy;
let service: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(5));
  proxy = resources.use(await openPostgresProxy(database.url));
  service = resources.use(await startTestService({ url: proxy.url }, { role: 'api' }));
});
afterAll(() => resources.end());

const made = (): Promise<string[]> => database.column<string>('select run_id from batch.run_view order by requested_at');

describe('an order whose COMMIT is carried out and answered by nobody', () => {
  it.each([
    ['under an idempotency key', { idempotencyKey: randomUUID() }, '2026-02-27'],
    ['without one, where a second run of its date would be refused', {}, '2026-02-28'],
  ])('is answered by its own run, which is the only one: %s', async (_, key, recordDate) => {
    const before = await made();
    const lost = proxy.lostAnswers;
    proxy.loseCommitAnswers(1, 1);
    const answer = await runBatch(service.url, { recordDate, ...key });
    expect(proxy.lostAnswers - lost).toBe(1);
    const runs = (await made()).filter((id) => !before.includes(id));
    expect(answer).toMatchObject({ kind: 'RunBatchAccepted', run: { id: runs[0] } });
    expect(runs).toHaveLength(1);
    if ('idempotencyKey' in key)
      expect(await runBatch(service.url, { recordDate, ...key })).toMatchObject({ repeated: true, run: { id: runs[0] } });
    const events = await database.column('select type from batch.event where run_id = $1', [runs[0]]);
    expect(events).toEqual(['RunRequested']);
  });

  it('of which the answer is lost each time is answered by an error, and by its run when it is sent again with its key', async () => {
    const input = { recordDate: '2026-02-26', idempotencyKey: randomUUID(), dryRun: true };
    const before = await made();
    const lost = proxy.lostAnswers;
    proxy.loseCommitAnswers(1, 2);
    const first = await runBatch(service.url, input).catch((error: unknown) => error);
    expect(proxy.lostAnswers - lost).toBe(2);
    expect(first).toBeInstanceOf(Error);
    const runs = (await made()).filter((id) => !before.includes(id));
    expect(runs).toHaveLength(1);
    expect(await runBatch(service.url, input)).toMatchObject({ repeated: true, run: { id: runs[0] } });
  });
});
