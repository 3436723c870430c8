import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { requestBackfill } from '../../src/application/backfills/request-backfill.js';
import type { Deps } from '../../src/application/ports.js';
import { cancelQueuedRuns } from '../../src/application/run/cancel-queued-runs.js';
import { cancelRunBecause } from '../../src/application/run/order-run.js';
import { requestRun } from '../../src/application/run/request-run.js';
import { traceWith } from '../../src/base/tracing.js';
import { isRejection } from '../../src/domain/rejection.js';
import { addDays, localDate } from '../../src/domain/local-date.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';

const LATEST = addDays(localDate(new Date().toISOString().slice(0, 10)), -2);

describe('a run that is cancelled before it was planned', () => {
  let batch: TestBatch;
  let deps: Deps;
  let [called, traced]: [string[], object[]] = [[], []];
  beforeEach(async () => {
    batch = await createTestBatch({ users: 10 });
    [called, traced] = [[], []];
    const { queue } = batch.deps;
    deps = { ...batch.deps, queue: { ...queue, enqueuePlan: (runId) => (called.push(runId), Promise.resolve()) } };
    traceWith({ span: (_name, _what, work) => work(() => undefined), run: ({ runId, result }) => void traced.push({ runId, result }) });
  });
  afterEach(async () => {
    traceWith(undefined);
    await batch.close();
  });

  const request = async (daysBefore: number): Promise<string> => {
    const answer = await requestRun(batch.deps, { trigger: 'MANUAL', recordDate: addDays(LATEST, -daysBefore) }, { actor: 'test' });
    if (isRejection(answer)) throw new Error(answer.code);
    return answer.run.runId;
  };

  it('ends in its trace, once, and calls workers for the runs that wait', async () => {
    const [cancelled, waiting] = [await request(1), await request(2)];
    await cancelRunBecause(deps, cancelled, undefined, 'test');
    expect(traced).toEqual([{ runId: cancelled, result: 'CANCELLED' }]);
    expect(called).toEqual([waiting]);
    expect(await cancelRunBecause(deps, cancelled, undefined, 'test')).toMatchObject({ code: 'RUN_ALREADY_ENDED' });
    expect(traced).toHaveLength(1);
  });

  it('lets its backfill go on to the next date', async () => {
    const made = await requestBackfill(deps, { from: addDays(LATEST, -1), to: LATEST, maxActiveRuns: 1 }, { actor: 'test' });
    if (isRejection(made)) throw new Error(made.code);
    const [first] = called;
    await cancelRunBecause(deps, first ?? '', undefined, 'test');
    expect(new Set(called).size).toBe(2);
  });

  it('ends in its trace where the queue of its schedule is cancelled', async () => {
    const [one, other] = [await request(1), await request(2)];
    const [schedule] = await deps.transaction((tx) => tx.schedules.all());
    const scheduleId = schedule?.scheduleId ?? '';
    await batch.rows('update batch.run_view set schedule_id = $1 where run_id = any($2::uuid[])', [scheduleId, [one, other]]);
    expect(await cancelQueuedRuns(deps, scheduleId, { actor: 'test' })).toMatchObject({ cancelled: 2 });
    expect(traced).toHaveLength(2);
    expect(traced).toEqual(expect.arrayContaining([one, other].map((runId) => ({ runId, result: 'CANCELLED' }))));
  });
});
