import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { begin, watch } from '../support/batch-client.js';
import { createPatients } from '../support/patients-database.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService } from '../support/test-service.js';

it('A service whose port is taken takes up no work, leaves nobody signed in, and says which port it was', async () => {
  await using database = await createPatients(60);
  await using api = await startTestService(database, { role: 'api' });
  const runId = await begin(api.url, { chunkSize: 5 });
  await using taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const started = startTestService(database, { environment: { PORT: String(port) } });
  await expect(started).rejects.toMatchObject({ code: 'EADDRINUSE', message: expect.stringContaining(`:${port}`) });
  expect(await database.column(`select roles from batch.worker where stopped_at is null`)).toEqual(['api']);
  expect(await database.column('select chunk from batch.chunk_work where fence > 0')).toEqual([]);
  await using all = await startTestService(database);
  expect((await watch(all.url, runId)).at(-1)).toMatchObject({ status: 'COMPLETED' });
  expect(await faultsOf(database, runId)).toEqual([]);
});
