import { expect, it } from '@jest/globals';
import { openPostgresPlace } from '../support/job-places.js';
import { createScheduleWorld } from '../support/schedule-world.js';
import { startNode } from '../support/scheduling-node.js';

const JOB = {
  scheduleId: '00000000-0000-4000-8000-000000000001',
  name: 'schedule: daily (000001)',
  cron: '0 9 * * *',
  timeZone: 'Asia/Seoul',
  nextRunAt: new Date('2036-03-02T00:00:00Z'),
  enabled: true,
};

it('lists the jobs of schedules beside more jobs of runs than a list holds, as a long outage leaves them', async () => {
  await using world = await createScheduleWorld('2036-03-01T01:00:00Z');
  await world.pool.query(`update batch.schedule_view set status = 'DELETED'`);
  await using place = await openPostgresPlace(world.url);
  await using node = await startNode('one', place, world.deps);
  const { scheduleJobs } = node.deps;
  await scheduleJobs.put(JOB);
  for (const due of ['2036-03-01T00:00:00Z', '2037-01-01T00:00:00Z']) {
    await world.pool.query(
      `insert into batch.agenda_jobs (name, type, priority, disabled, next_run_at, data)
       select 'run: plan', 'normal', 0, true, $1::timestamptz, jsonb_build_object('runId', n) from generate_series(1, 10001) n`,
      [due],
    );
  }
  const listed = await scheduleJobs.list();
  expect(listed).toMatchObject([JOB]);
  await scheduleJobs.put({ ...JOB, jobId: listed[0]?.jobId ?? '', cron: '5 9 * * *' });
  expect(await scheduleJobs.list()).toMatchObject([{ cron: '5 9 * * *' }]);
});
