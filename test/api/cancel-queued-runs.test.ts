import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { beginRun } from '../../src/application/run/request-run.js';
import { planRun } from '../../src/application/run/plan-run.js';
import { createScheduleFrom, deleteScheduleNow, pauseScheduleBecause } from '../../src/application/schedules/edit-schedules.js';
import { addDays, localDate } from '../../src/domain/local-date.js';
import { cli } from '../support/cli-process.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { scheduleOf } from '../support/schedule-world.js';
import { startTestService, type TestService } from '../support/test-service.js';

const CANCEL = `mutation ($id: UUID!, $reason: String) {
  answer: cancelQueuedRuns(scheduleId: $id, reason: $reason) { kind: __typename ... on QueuedRunsCancelled { cancelled underWay } ... on Error { code message } }
}`;

describe('the runs of a schedule that have not begun', () => {
  const resources = new Resources();
  let database: PatientsDatabase;
  let service: TestService;
  let queues = 0;
  beforeAll(async () => {
    database = resources.use(await createPatients(20));
    service = resources.use(await startTestService(database, { role: 'api' }));
  });
  afterAll(() => resources.end());

  /** A schedule with five runs, of which the first is planned and the others wait for it, as a long outage leaves them. */
  const queue = async (): Promise<string> => {
    const { deps } = service.core;
    const input = { name: 'test', frequency: 'DAILY', hour: 9, minute: 0 };
    const { scheduleId } = scheduleOf(await createScheduleFrom(deps, { input, actor: 'test' }));
    const start = addDays(localDate('2025-03-01'), 10 * (queues += 1)); // days of its own: runs of one date wait for each other
    for (let day = 0; day < 5; day += 1) {
      const request = {
        program: 'daily',
        recordDate: addDays(start, day),
        trigger: 'SCHEDULE',
        generator: 'RULES',
        language: 'ko',
        dryRun: true,
        onExisting: 'SKIP',
        scheduleId,
        slot: new Date(Date.UTC(2026, 1, day + 1)).toISOString(),
        ...(day > 0 && { waits: true }),
      } as const;
      const runId = randomUUID();
      await deps.transaction((tx) => beginRun(deps, tx, { runId, request, actor: 'scheduler' }));
      if (day === 0) await planRun(deps, runId);
    }
    return scheduleId;
  };
  const statuses = (scheduleId: string): Promise<string[]> =>
    database.column('select status from batch.run_view where schedule_id = $1 order by record_date', [scheduleId]);
  const cancel = async (id: string, reason?: string): Promise<object> =>
    (await dataOf<{ answer: object }>(service.url, CANCEL, { id, reason })).answer;
  const AFTER = ['PLANNED', 'CANCELLED', 'CANCELLED', 'CANCELLED', 'CANCELLED'];

  it('are cancelled together while the one that has begun goes on; a second time there is nothing to do', async () => {
    const scheduleId = await queue();
    expect(await cancel(scheduleId, 'after the outage')).toEqual({ kind: 'QueuedRunsCancelled', cancelled: 4, underWay: 1 });
    expect(await statuses(scheduleId)).toEqual(AFTER);
    expect(await cancel(scheduleId)).toEqual({ kind: 'QueuedRunsCancelled', cancelled: 0, underWay: 1 });
    const reasons = await database.column(
      `select distinct data->>'reason' from batch.event where type = 'RunCancelRequested' and run_id in (select run_id from batch.run_view where schedule_id = $1)`,
      [scheduleId],
    );
    expect(reasons).toEqual(['after the outage']);
  });

  it('are cancelled of a paused and of a deleted schedule as well', async () => {
    const [paused, deleted] = [await queue(), await queue()];
    await pauseScheduleBecause(service.core.deps, { scheduleId: paused, actor: 'test' }, 'maintenance');
    await deleteScheduleNow(service.core.deps, { scheduleId: deleted, actor: 'test' });
    for (const scheduleId of [paused, deleted]) {
      expect(await cancel(scheduleId)).toMatchObject({ cancelled: 4 });
      expect(await statuses(scheduleId)).toEqual(AFTER);
    }
  });

  it('are cancelled on the command line', async () => {
    const scheduleId = await queue();
    const done = await cli(['schedule', 'cancel-queued', scheduleId, '--reason', 'after the outage', '--json'], {
      cwd: process.cwd(),
      env: { DATABASE_URL: database.url },
    });
    expect(JSON.parse(done.stdout)).toEqual({ scheduleId, cancelled: 4, underWay: 1 });
    expect([done.code, await statuses(scheduleId)]).toEqual([0, AFTER]);
  });

  it('are not looked for of a schedule that never was, nor with a reason that cannot be kept', async () => {
    expect(await cancel(randomUUID())).toMatchObject({ kind: 'Refused', code: 'SCHEDULE_NOT_FOUND' });
    const scheduleId = await queue();
    expect(await cancel(scheduleId, 'x'.repeat(501))).toMatchObject({ kind: 'Refused', code: 'REASON_TOO_LONG' });
    expect(await statuses(scheduleId)).toEqual(['PLANNED', 'REQUESTED', 'REQUESTED', 'REQUESTED', 'REQUESTED']);
  });
});
