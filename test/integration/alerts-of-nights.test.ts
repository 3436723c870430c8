import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { alertedRun, coverageOf } from '../../src/alerts/run-facts.js';
import { runLane } from '../../src/application/chunk/run-lane.js';
import { planRun } from '../../src/application/run/plan-run.js';
import { retryRun } from '../../src/application/run/retry-run.js';
import { addDays, localDate, type LocalDate } from '../../src/domain/local-date.js';
import { CoverageQueries } from '../../src/projections/queries/coverage-queries.js';
import { type AlertGround, makeAlertGround } from '../support/alert-ground.js';

const never = new AbortController().signal;

let ground: AlertGround;
let batch: AlertGround['batch'];
beforeAll(async () => {
  ground = await makeAlertGround(100);
  ({ batch } = ground);
});
afterAll(() => batch.close());

/** A day of some that no other run of these tests is for. */
const day = (days: number): LocalDate => addDays(localDate(new Date().toISOString().slice(0, 10)), days - 300);
/** Repeats the failed users of a run, and works it off. @returns its id */
async function repeat(parentRunId: string): Promise<string> {
  const answer = await retryRun(batch.deps, parentRunId, { only: ['FAILED'] }, { actor: 'test' });
  if (answer.status !== 'accepted') throw new Error(answer.code);
  const { runId } = answer.run;
  await planRun(batch.deps, runId);
  await runLane(batch.deps, runId, never);
  return runId;
}
const wholeness = (runIds: readonly string[], failuresPercent: number): Promise<(boolean | undefined)[]> =>
  Promise.all(runIds.map(async (runId) => (await alertedRun(batch.pool, runId, { ended: true, failuresPercent }))?.whole));

describe('An alert of a night', () => {
  it('of a night is not over by a run of a few users, nor by its repetition, and is over by a whole run', async () => {
    await ground.forget();
    const id = await batch.request({ recordDate: day(0), readyBy: new Date(Date.now() - 1_000).toISOString() });
    const few = await batch.run({ recordDate: day(1), userIds: [2, 3] });
    const again = await repeat(few);
    await ground.follow();
    expect((await ground.about(id)).map(({ kind, state }) => [kind, state])).toEqual([['NOT_READY', 'OPEN']]);
    const night = { program: 'daily', recordDate: day(1) } as const;
    const coverage = new CoverageQueries(batch.pool);
    expect(await coverage.ofNights([night])).toEqual([]);
    expect(await wholeness([few, again], 100)).toEqual([false, false]);
    const whole = await batch.run({ recordDate: day(2) });
    const rest = await repeat(whole);
    // Ten of eighty stay without advice: the repetition leaves the night as good as that.
    expect(await wholeness([whole, rest], 20)).toEqual([true, true]);
    expect(await wholeness([whole, rest], 1)).toEqual([true, false]);
    expect(await coverage.ofNights([{ ...night, recordDate: day(2) }])).toEqual([
      { ...night, recordDate: day(2), ready: 70, eligible: 80 },
    ]);
    await ground.follow();
    expect((await ground.about(id)).map(({ kind, state }) => [kind, state])).toEqual([['NOT_READY', 'RESOLVED']]);
  });

  it('counts a user whom an earlier run passed by and the last one failed among those who can be advised', async () => {
    const recordDate = day(-10);
    const { records } = batch.deps;
    const passedBy: typeof records.patients = async (...asked) =>
      (await records.patients(...asked)).map((each) => ({ ...each, standing: { ...each.standing, hasFoodRecord: false } }));
    const passing = Object.assign(Object.create(records) as typeof records, { patients: passedBy });
    Object.assign(batch.deps, { records: passing });
    await batch.run({ recordDate, userIds: [2, 3] });
    Object.assign(batch.deps, { records });
    const id = await batch.run({ recordDate, userIds: [2, 3], readyBy: new Date(Date.now() + 60_000).toISOString() });
    expect(await coverageOf(batch.pool, id, { failuresPercent: 1 })).toMatchObject({ planned: true, ready: 1, eligible: 2 });
  });

  it('of a run that failed is over where another made the night good before it was looked at', async () => {
    await ground.forget();
    const recordDate = day(-20);
    const id = await batch.request({ recordDate, readyBy: new Date(Date.now() - 1_000).toISOString() });
    await batch.rows("update batch.run_view set status = 'FAILED', ended_at = now() where run_id = $1", [id]);
    await batch.run({ recordDate });
    await ground.follow();
    expect((await ground.about(id)).map(({ kind, state }) => [kind, state])).toEqual([['NOT_READY', 'RESOLVED']]);
  });
});
