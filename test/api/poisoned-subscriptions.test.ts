import { expect, it } from '@jest/globals';
import { begin } from '../support/batch-client.js';
import { subscribe } from '../support/graphql-client.js';
import { createPatients } from '../support/patients-database.js';
import { RunsWatcher } from '../support/runs-watcher.js';
import { startTestService } from '../support/test-service.js';
import { until } from '../support/until.js';

it('Subscriptions that meet an event that cannot be read end with an error, which names nothing of it, instead of waiting for ever', async () => {
  await using database = await createPatients(10);
  await using api = await startTestService(database, { role: 'api' });
  const runId = await begin(api.url);
  const progress = subscribe<object>(api.url, 'subscription ($runId: UUID!) { batchProgress(runId: $runId) { status } }', { runId });
  await using watcher = new RunsWatcher(api.url);
  expect((await progress.next()).value).toEqual({ batchProgress: { status: 'REQUESTED' } });
  await watcher.hasStatus(runId, 'REQUESTED');
  // Past the codec, as a hand with a database client would.
  await database.rows(
    `select batch.append($1, 1, run_month, $2, 'a hand', $2, null, '{RunPaused}', '{null}', array['{"breakfast": "kimchi"}']::jsonb[])
     from batch.run_view where run_id = $2`,
    [`run-${runId}`, runId],
  );
  await expect(progress.next()).rejects.toThrow('"INTERNAL"');
  await expect(watcher.hasStatus(runId, 'PAUSED')).rejects.toThrow('"INTERNAL"');
  await expect(
    subscribe(api.url, 'subscription ($runId: UUID!) { batchProgress(runId: $runId) { status } }', { runId }).next(),
  ).rejects.toThrow('"INTERNAL"');
  await using another = new RunsWatcher(api.url);
  await another.hasStatus(runId, 'REQUESTED'); // who comes back begins after it
  await until(() => Promise.resolve(api.logged.some((line) => line.startsWith('error'))));
  expect(api.logged).toContainEqual(expect.stringMatching(/^error .*InvalidEvent/));
  expect(api.logged.join('\n')).not.toContain('kimchi');
});
