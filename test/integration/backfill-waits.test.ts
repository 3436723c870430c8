import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { advanceBackfill } from '../../src/application/backfills/advance-backfills.js';
import { requestBackfill } from '../../src/application/backfills/request-backfill.js';
import type { Deps } from '../../src/application/ports.js';
import { pauseScheduleBecause, resumeScheduleNow } from '../../src/application/schedules/edit-schedules.js';
import { addDays, localDate } from '../../src/domain/local-date.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';

let batch: TestBatch;

beforeEach(async () => {
  batch = await createTestBatch({ users: 0 });
});
afterEach(() => batch.close());

/** The use cases, which note each date that is locked. */
function notingDates(deps: Deps, locked: string[]): Deps {
  return {
    ...deps,
    transaction: (work) =>
      deps.transaction((tx, attempt) => {
        const lockDate: typeof tx.runs.lockDate = (program, date) => (locked.push(date), tx.runs.lockDate(program, date));
        return work({ ...tx, runs: Object.assign(Object.create(tx.runs) as typeof tx.runs, { lockDate }) }, attempt);
      }),
  };
}

describe('a backfill whose only schedule is paused', () => {
  it('locks none of its dates while it waits, and goes on where it was once a schedule is active', async () => {
    const { deps } = batch;
    const to = addDays(localDate(new Date().toISOString().slice(0, 10)), -2);
    const made = await requestBackfill(deps, { from: addDays(to, -29), to }, { actor: 'test' });
    if (made.status !== 'accepted') throw new Error(made.code);
    const { backfillId } = made.backfill;
    await batch.rows(`update batch.run_view set ended_at = now(), status = 'COMPLETED' where backfill_id = $1`, [backfillId]);
    const [schedule] = await deps.transaction((tx) => tx.schedules.all());
    const edit = { scheduleId: schedule?.scheduleId ?? '', actor: 'test' };
    const locked: string[] = [];
    const noting = notingDates(deps, locked);
    await pauseScheduleBecause(deps, edit, 'nothing is to run');
    await advanceBackfill(noting, backfillId);
    expect(locked).toEqual([]);
    await resumeScheduleNow(deps, edit);
    await advanceBackfill(noting, backfillId);
    expect(locked).toEqual([addDays(to, -28)]);
  });
});

describe('a backfill that a process looks at which could not run it', () => {
  it.each<[string, (deps: Deps) => Deps]>([
    ['has not got its generator', (deps) => ({ ...deps, generators: new Map() })],
    ['has not got its program', (deps) => ({ ...deps, programs: new Map() })],
    ['has a clock that is two months behind', (deps) => ({ ...deps, clock: () => new Date(deps.clock().getTime() - 60 * 86_400_000) })],
  ])('is left to others where it %s, and none of its dates is given up', async (_, poorer) => {
    const { deps } = batch;
    const to = addDays(localDate(new Date().toISOString().slice(0, 10)), -2);
    const made = await requestBackfill(deps, { from: addDays(to, -9), to }, { actor: 'test' });
    if (made.status !== 'accepted') throw new Error(made.code);
    const { backfillId } = made.backfill;
    const dates = (): Promise<{ status: string; dates: number }[]> =>
      batch.rows(`select status, count(*)::int as dates from batch.backfill_date_view where backfill_id = $1 group by 1 order by 1`, [backfillId]); // prettier-ignore
    const started = { status: 'STARTED', dates: 1 };
    expect(await dates()).toEqual([started, { status: 'WAITING', dates: 9 }]);
    await batch.rows(`update batch.run_view set ended_at = now(), status = 'COMPLETED' where backfill_id = $1`, [backfillId]);
    await advanceBackfill(poorer(deps), backfillId);
    expect(await dates()).toEqual([started, { status: 'WAITING', dates: 9 }]);
    await advanceBackfill(deps, backfillId);
    expect(await dates()).toEqual([
      { status: 'STARTED', dates: 2 },
      { status: 'WAITING', dates: 8 },
    ]);
  });
});
