import { expect, it } from '@jest/globals';
import type { Deps } from '../../src/application/ports.js';
import { Lines, statementOwner, type StatementOwner } from '../../src/database/statement-owner.js';
import { AgendaQueue } from '../../src/jobs/agenda-queue.js';
import { JobStore } from '../../src/jobs/job-store.js';
import { Worker } from '../../src/jobs/worker-jobs.js';
import { createScheduleWorld, type ScheduleWorld } from '../support/schedule-world.js';
import { until } from '../support/until.js';

it('a worker that ends a run begins the runs of that night which waited for it, with no job of the store and no sweep', async () => {
  await using world = await createScheduleWorld('2026-02-28T23:59:00Z');
  await addUser(world);
  const schedules = [await world.create({ name: 'first' }), await world.create({ name: 'second' }), await world.create({ name: 'third' })];
  world.moveTo('2026-03-01T00:00:01Z');
  const runs: string[] = [];
  for (const scheduleId of schedules) runs.push(...(await world.wake(scheduleId)));
  const before: string[] = [];
  for (const runId of runs) before.push(await world.plan(runId));
  expect(before).toEqual(['PLANNED', 'REQUESTED', 'REQUESTED']);

  const failures: string[] = [];
  const worker = new Worker(swept(world.deps, runs.slice(0, 1)), neverOpen(), {
    lanes: 1,
    sweepMs: 2_147_483_647,
    onFailure: (job, _, error) => void failures.push(`${job}: ${String(error)}`),
  });
  await worker.start();
  try {
    const text = 'select status from batch.run_view order by started_at';
    const statuses = async (): Promise<string[]> => (await world.pool.query<{ status: string }>(text)).rows.map(({ status }) => status);
    await until(async () => (await statuses()).every((status) => status === 'COMPLETED'));
    expect(await statuses()).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
  } finally {
    await worker.stop(60_000);
  }
  expect(failures).toEqual([]);
});

it('a worker begins a run that its own process was asked for with no job of the store and no sweep, and leaves it to others once it stops', async () => {
  await using world = await createScheduleWorld('2026-02-28T23:59:00Z');
  await addUser(world);
  const store = neverOpen();
  const lost: string[] = [];
  const owners: string[] = [];
  const capacity = (): Promise<number> => {
    owners.push(statementOwner.getStore()?.caller ?? 'none');
    return world.deps.lanes.capacity();
  };
  const quiet = swept(world.deps, []);
  const lanes = Object.assign(Object.create(quiet.lanes) as Deps['lanes'], { capacity });
  const deps = { ...quiet, lanes, queue: new AgendaQueue(store, (error) => void lost.push(String(error))) };
  const worker = new Worker(deps, store, {
    lanes: 1,
    sweepMs: 2_147_483_647,
    onFailure: (job, _, error) => void lost.push(`${job}: ${String(error)}`),
  });
  const first = await world.create({ name: 'first' });
  world.moveTo('2026-03-01T00:00:01Z');
  const [runId = 'none'] = await world.wake(first);
  const status = async (): Promise<unknown> => (await deps.runs.find(runId))?.run.status;

  await deps.queue.enqueuePlan(runId);
  expect([await status(), lost]).toEqual(['REQUESTED', ['Error: the job store does not answer']]);
  await worker.start();
  // Asked for in an operation, whose end must not end the plan's statements.
  await statementOwner.run(OPERATION, () => deps.queue.enqueuePlan(runId));
  await until(async () => (await status()) === 'COMPLETED');
  expect(owners).toEqual(['none']);
  await worker.stop(60_000);
  await deps.queue.enqueuePlan(runId);
  expect(lost.filter((error) => error === 'Error: the job store does not answer').length).toBeGreaterThanOrEqual(2);
});

async function addUser({ pool }: Pick<ScheduleWorld, 'pool'>): Promise<void> {
  await pool.query(`insert into public.auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
    values (3, '!', false, 'three', '', '', '', false, true, now())`);
}

const OPERATION: StatementOwner = {
  caller: 'a caller',
  lines: new Lines(),
  admit: () => Promise.resolve(() => undefined),
  onStopped: () => () => undefined,
  waits: false,
  whenAllWent: () => undefined,
};

/** A sweep that finds these runs alone. */
function swept(deps: Deps, runIds: readonly string[]): Deps {
  const due: Deps['lanes']['due'] = () => Promise.resolve(runIds.map((runId) => ({ runId, needs: 'LANES' })));
  return { ...deps, lanes: Object.assign(Object.create(deps.lanes) as Deps['lanes'], { due }) };
}

const noStore = (): Promise<never> => Promise.reject(new Error('no store'));

function neverOpen(): JobStore {
  return new JobStore({ kind: 'none', make: noStore, retryMs: 60_000, watchMs: 60_000, onError: () => undefined });
}
