import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runLane } from '../../src/application/chunk/run-lane.js';
import type { Deps } from '../../src/application/ports.js';
import { planRun } from '../../src/application/run/plan-run.js';
import { requestRun } from '../../src/application/run/request-run.js';
import { localDate } from '../../src/domain/local-date.js';
import { lockWaiters } from '../support/lock-waiters.js';
import { createScheduleWorld, type ScheduleWorld } from '../support/schedule-world.js';

let world: ScheduleWorld;
let scheduleId: string;

beforeEach(async () => {
  world = await createScheduleWorld('2026-02-28T23:59:00Z');
  await world.pool
    .query(`insert into public.auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
    values (3, '!', false, 'three', '', '', '', false, true, now())`);
  scheduleId = await world.create();
  world.moveTo('2026-03-01T00:00:01Z');
});
afterEach(async () => world[Symbol.asyncDispose]());

/** Asks for a run over the same night while the slot of that night waits for its schedule's row, so that its transaction is the older one of both. @returns the run, and how the slot is let on */
async function askedWhileTheSlotWaits(): Promise<{ readonly asked: string; readonly slot: () => Promise<string> }> {
  const client = await world.pool.connect();
  await client.query('begin');
  await client.query('select from batch.schedule_view where schedule_id = $1 for update', [scheduleId]);
  const waking = world.wake(scheduleId);
  await lockWaiters(world.pool, 1, 'transactionid');
  const answer = await requestRun(world.deps, { trigger: 'MANUAL', recordDate: localDate('2026-02-28') }, { actor: 'test' });
  if (answer.status !== 'accepted') throw new Error(`refused: ${answer.code}`);
  const slot = async (): Promise<string> => {
    await client.query('commit');
    client.release();
    return (await waking)[0] ?? 'none';
  };
  return { asked: answer.run.runId, slot };
}

describe('a run whose slot came before another run of its night was asked for, and whose transaction ended after that had begun', () => {
  it('waits until that has ended', async () => {
    const { asked, slot } = await askedWhileTheSlotWaits();
    expect(await world.plan(asked)).toBe('PLANNED');
    const late = await slot();
    expect(await world.plan(late)).toBe('REQUESTED');
    await runLane(world.deps, asked, new AbortController().signal);
    expect(await world.plan(late)).toBe('PLANNED');
  });

  it('waits as well where that is just being planned', async () => {
    const { asked, slot } = await askedWhileTheSlotWaits();
    const [planned, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const planning = planRun(held(world.deps, planned.resolve, goOn.promise), asked);
    await planned.promise;
    const late = await slot();
    const second = world.plan(late);
    await lockWaiters(world.pool, 1, 'advisory');
    goOn.resolve();
    await planning;
    expect(await second).toBe('REQUESTED');
  });
});

describe('a run that waits for those of its schedule', () => {
  it('waits for one of another date that is just being planned, though that was asked for later', async () => {
    const queueing = await world.create({ name: 'queueing', overlap: 'QUEUE' });
    world.moveTo('2026-03-02T00:00:01Z');
    const [first = 'none'] = await world.wake(queueing);
    const [planned, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const planning = planRun(held(world.deps, planned.resolve, goOn.promise), first);
    await planned.promise;
    world.moveTo('2026-03-03T00:00:01Z');
    const [second = 'none'] = await world.wake(queueing);
    // As where its transaction began before the other's, and ended after it.
    await world.pool.query(`update batch.run_view set requested_at = requested_at - interval '9 days' where run_id = $1`, [second]);
    const late = world.plan(second);
    await lockWaiters(world.pool, 1, 'advisory');
    goOn.resolve();
    await planning;
    expect(await late).toBe('REQUESTED');
  });
});

/** The use cases, which stop where the chunks of a plan are written, before its transaction ends. */
function held(deps: Deps, onPlanned: () => void, goOn: Promise<void>): Deps {
  return {
    ...deps,
    transaction: (work) =>
      deps.transaction((tx, attempt) => {
        const plan: typeof tx.chunks.plan = async (...planned) => {
          await tx.chunks.plan(...planned);
          onPlanned();
          await goOn;
        };
        return work({ ...tx, chunks: Object.assign(Object.create(tx.chunks) as typeof tx.chunks, { plan }) }, attempt);
      }),
  };
}
