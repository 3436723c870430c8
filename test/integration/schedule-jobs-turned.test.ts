import { expect, it } from '@jest/globals';
import type { ScheduleJob } from '../../src/application/ports.js';
import { turnScheduleJobs } from '../../src/application/schedules/turn-schedule-jobs.js';
import { syncedJobs } from '../../src/rest/run-calls.js';
import { createScheduleWorld } from '../support/schedule-world.js';

it('An order for the jobs of several schedules turns all it can, and says how many it did and why not all', async () => {
  await using world = await createScheduleWorld('2026-03-01T00:00:00Z');
  const [one, two] = [await world.create(), await world.create({ name: 'another' })];
  const gone = '018f0000-0000-7000-8000-000000000001';
  const jobs = [one, gone, two].map((scheduleId) => ({ jobId: `job of ${scheduleId}`, scheduleId })) as unknown as ScheduleJob[];
  const scheduleJobs = { ...world.deps.scheduleJobs, list: () => Promise.resolve(jobs), put: () => Promise.resolve(), remove: () => Promise.resolve() }; // prettier-ignore
  const order = { jobIds: jobs.map(({ jobId }) => jobId), to: 'PAUSED', actor: 'test' } as const;
  expect(await turnScheduleJobs({ ...world.deps, scheduleJobs }, order)).toMatchObject({
    ok: false,
    why: { text: expect.stringMatching(/^2 of 3 schedules were turned\. The first that was not: /u) },
  });
  const { rows } = await world.pool.query('select status from batch.schedule_view where schedule_id = any($1)', [[one, two]]);
  expect(rows).toEqual([{ status: 'PAUSED' }, { status: 'PAUSED' }]);
  const nothing = await turnScheduleJobs({ ...world.deps, scheduleJobs }, { ...order, jobIds: [`job of ${gone}`] });
  expect(nothing).toMatchObject({ ok: false, why: { said: { code: 'SCHEDULE_NOT_FOUND' } } });
});

it('A sync that fails is told to the service log, and rejects no call', async () => {
  await using world = await createScheduleWorld('2026-03-01T00:00:00Z');
  const fault = new Error('the table is locked');
  const told: unknown[] = [];
  const deps = { ...world.deps, exclusively: () => Promise.reject(fault) };
  expect(await syncedJobs(deps, (error) => void told.push(error))).toBe(false);
  expect(told).toEqual([fault]);
  expect(await syncedJobs(world.deps, (error) => void told.push(error))).toBe(true);
});
