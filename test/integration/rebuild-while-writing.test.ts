import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { append } from '../../src/application/decide-and-append.js';
import { streamOfRun } from '../../src/application/written-streams.js';
import { runLane } from '../../src/application/chunk/run-lane.js';
import { compareViews, rebuildViews, type RebuildReport } from '../../src/projections/rebuild/rebuild-views.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { gate } from '../support/gate.js';
import { lockWaiters } from '../support/lock-waiters.js';

describe('a rebuild while runs write', () => {
  let batch: TestBatch;

  beforeEach(async () => {
    batch = await createTestBatch({ users: 60 });
  });
  afterEach(() => batch.close());

  it('finds no difference at any time, loses nothing that is written meanwhile, and lets every run end', async () => {
    const runs = 12;
    const stopped = new AbortController();
    const writing = (async () => {
      for (let written = 0; written < runs; written += 1) await batch.run();
    })().finally(() => stopped.abort());
    const reports: RebuildReport[] = [];
    while (!stopped.signal.aborted) {
      reports.push(await rebuildViews(batch.pool, { verify: true }), await compareViews(batch.pool));
    }
    await writing;
    expect(reports.flatMap(({ differences }) => differences)).toEqual([]);
    // It bit: the log grew between the rebuilds.
    expect(new Set(reports.map(({ events }) => events)).size).toBeGreaterThan(2);
    expect((await compareViews(batch.pool)).differences).toEqual([]);
    const { rows } = await batch.pool.query('select count(*)::int as ended from batch.run_view where ended_at is not null');
    expect(rows).toEqual([{ ended: runs }]);
  });

  it('waits for a writer that holds a row of a view and has appended already, and then has its event in the views', async () => {
    const runId = await batch.run();
    const appended = gate();
    const go = gate();
    const writing = batch.deps.transaction(async (tx) => {
      const stored = await tx.runs.lock(runId);
      if (stored === undefined) throw new Error('the run is not in the view');
      appended.open();
      await go.opened;
      await append(tx, streamOfRun(stored, 'test'), [{ type: 'RunFailed', data: { code: 'TEST' } }]);
    });
    await appended.opened;
    const rebuilding = rebuildViews(batch.pool, { verify: true });
    await lockWaiters(batch.pool, 1, 'relation'); // had it come as far as the row, the two would wait for each other
    go.open();
    await writing;
    expect((await rebuilding).differences).toEqual([]);
    const { rows } = await batch.pool.query('select status from batch.run_view where run_id = $1', [runId]);
    expect(rows).toEqual([{ status: 'FAILED' }]);
  });

  it('waits for a writer that has appended and not yet come to the views', async () => {
    const appended = gate();
    const go = gate();
    const { deps } = batch;
    const slow: typeof deps = {
      ...deps,
      transaction: (work) =>
        deps.transaction(async (tx, attempt) => {
          const advance = tx.chunks.advance.bind(tx.chunks);
          tx.chunks.advance = async (...claim) => {
            appended.open();
            await go.opened;
            await advance(...claim);
          };
          return work(tx, attempt);
        }),
    };
    const runId = await batch.request();
    const lane = runLane(slow, runId, new AbortController().signal);
    await appended.opened;
    const rebuilding = rebuildViews(batch.pool, { verify: true });
    await lockWaiters(batch.pool, 1);
    go.open();
    expect((await rebuilding).differences).toEqual([]);
    await lane;
    expect((await compareViews(batch.pool)).differences).toEqual([]);
    const { rows } = await batch.pool.query('select status from batch.run_view where run_id = $1', [runId]);
    expect(rows).toEqual([{ status: 'COMPLETED_WITH_FAILURES' }]);
  });
});
