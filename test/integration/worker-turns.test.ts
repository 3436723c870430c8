import { expect, it } from '@jest/globals';
import type { Deps } from '../../src/application/ports.js';
import { JobStore } from '../../src/jobs/job-store.js';
import { Worker } from '../../src/jobs/worker-jobs.js';
import { createScheduleWorld } from '../support/schedule-world.js';
import { until } from '../support/until.js';

it('a worker that ends a run begins the runs of that night which waited for it, with no job of the store and no sweep', async () => {
  await using world = await createScheduleWorld('2026-02-28T23:59:00Z');
  await world.pool
    .query(`insert into public.auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
    values (3, '!', false, 'three', '', '', '', false, true, now())`);
  const schedules = [await world.create({ name: 'first' }), await world.create({ name: 'second' }), await world.create({ name: 'third' })];
  world.moveTo('2026-03-01T00:00:01Z');
  const runs: string[] = [];
  for (const scheduleId of schedules) runs.push(...(await world.wake(scheduleId)));
  const before: string[] = [];
  for (const runId of runs) before.push(await world.plan(runId));
  expect(before).toEqual(['PLANNED', 'REQUESTED', 'REQUESTED']);

  const failures: string[] = [];
  const worker = new Worker(sweptOnce(world.deps, runs[0] ?? 'none'), neverOpen(), {
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

/** A sweep that finds one run alone. */
function sweptOnce(deps: Deps, runId: string): Deps {
  const due: Deps['lanes']['due'] = () => Promise.resolve([{ runId, needs: 'LANES' }]);
  return { ...deps, lanes: Object.assign(Object.create(deps.lanes) as Deps['lanes'], { due }) };
}

const noStore = (): Promise<never> => Promise.reject(new Error('no store'));

function neverOpen(): JobStore {
  return new JobStore({ kind: 'none', make: noStore, retryMs: 60_000, watchMs: 60_000, onError: () => undefined });
}
