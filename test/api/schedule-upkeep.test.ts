import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CREATE, DAILY_AT_NINE, startScheduleService, UPDATE, type Answer, type ScheduleService } from './schedule-fixture.js';

const SYNC = `mutation { syncSchedules { kind: __typename ... on SchedulesSynced { added changed removed } ... on Error { code message } } }`;
const STATUS = `{ scheduleStatus {
  totalSchedules activeSchedules jobs enabledJobs jobStore { kind ok problem }
  drift { missing { scheduleId name } extra { scheduleId name } different { scheduleId name fields } }
} }`;
const INIT = `mutation ($force: Boolean!) { initSchedules(force: $force) {
  kind: __typename
  ... on SchedulesInitialized { created { id name cron timeZone } deleted { id status } }
  ... on Error { code message }
} }`;
const IMPORT = `mutation { importSchedules {
  kind: __typename
  ... on SchedulesImported { imported { ibsafeId scheduleId } known { ibsafeId scheduleId } refused { ibsafeId message } }
  ... on Error { code message }
} }`;
const NO_DRIFT = { missing: [], extra: [], different: [] };

let service: ScheduleService;
beforeEach(async () => {
  service = await startScheduleService();
});
afterEach(async () => {
  await service[Symbol.asyncDispose]();
});

const field = async (operation: string, variables: object = {}): Promise<Answer> =>
  Object.values(await service.ask(operation, variables))[0];
const create = async (name: string): Promise<Answer> => (await field(CREATE, { input: { ...DAILY_AT_NINE, name } })).schedule;
const jobs = async (): Promise<readonly Answer[]> =>
  (
    await service.pool.query(
      `select id, name, data->>'scheduleId' as schedule, disabled, repeat_interval as cron from batch.agenda_jobs order by id`,
    )
  ).rows;
const nameOf = ({ id, name }: Answer): string => `schedule: ${name} (${id.slice(-6)})`;
const jobOf = (rows: readonly Answer[], { id }: Answer): Answer => rows.find(({ schedule }) => schedule === id);

describe('syncSchedules', () => {
  it('says what it added, changed and removed, and touches nothing that is right', async () => {
    const [kept, changed, gone] = [await create('kept'), await create('changed'), await create('gone')];
    const first = await field(SYNC);
    expect(first).toMatchObject({ kind: 'SchedulesSynced', changed: [], removed: [] });
    expect(first.added).toHaveLength(4); // and the default one
    const before = await jobs();
    expect(await field(SYNC)).toEqual({ kind: 'SchedulesSynced', added: [], changed: [], removed: [] });
    expect(await jobs()).toEqual(before);

    await field(UPDATE, { id: changed.id, version: 1, input: { hour: 3 } });
    await field(`mutation ($id: UUID!) { deleteSchedule(id: $id, expectedVersion: 1) { __typename } }`, { id: gone.id });
    const added = await create('added');
    expect(await field(SYNC)).toEqual({
      kind: 'SchedulesSynced',
      added: [nameOf(added)],
      changed: [nameOf(changed)],
      removed: [nameOf(gone)],
    });
    const after = await jobs();
    expect(jobOf(after, kept)).toEqual(jobOf(before, kept));
    expect(jobOf(after, changed)).toEqual({ ...jobOf(before, changed), cron: '0 3 * * *' });
    expect(jobOf(after, gone)).toBeUndefined();
  });
});

describe('scheduleStatus', () => {
  it('counts, finds no drift after a sync, and keeps the job of a paused schedule, disabled', async () => {
    const { id } = await create('paused');
    await field(`mutation ($id: UUID!) { pauseSchedule(id: $id, reason: "x") { __typename } }`, { id });
    await field(SYNC);
    expect(await field(STATUS)).toEqual({
      totalSchedules: 2,
      activeSchedules: 1,
      jobs: 2,
      enabledJobs: 1,
      drift: NO_DRIFT,
      jobStore: { kind: 'Agenda on PostgreSQL', ok: true, problem: null },
    });
  });

  it('shows what was changed by hand in the job store, and a sync puts it right', async () => {
    const [deleted, slowed, stopped] = [await create('deleted'), await create('slowed'), await create('stopped')];
    await field(SYNC);
    const byHand = async (sql: string, { id }: Answer): Promise<void> =>
      void (await service.pool.query(`${sql} where data->>'scheduleId' = $1`, [id]));
    await byHand('delete from batch.agenda_jobs', deleted);
    await byHand(`update batch.agenda_jobs set repeat_interval = '0 0 1 1 *', next_run_at = next_run_at + interval '1 year'`, slowed);
    await byHand('update batch.agenda_jobs set disabled = true', stopped);
    await service.pool.query(
      `insert into batch.agenda_jobs (name, type, priority, data) values ('stray', 'single', 0, '{"scheduleId": "00000000-0000-4000-8000-000000000001"}')`,
    );
    const { jobs: count, enabledJobs, drift } = await field(STATUS);
    expect({ count, enabledJobs }).toEqual({ count: 4, enabledJobs: 3 });
    expect(drift.missing).toEqual([{ scheduleId: deleted.id, name: expect.stringContaining('deleted') }]);
    expect(drift.extra).toEqual([{ scheduleId: '00000000-0000-4000-8000-000000000001', name: 'stray' }]);
    expect(new Map(drift.different.map(({ scheduleId, fields }: Answer) => [scheduleId, fields]))).toEqual(
      new Map([
        [slowed.id, ['cron', 'nextRunAt']],
        [stopped.id, ['enabled']],
      ]),
    );
    await field(SYNC);
    expect((await field(STATUS)).drift).toEqual(NO_DRIFT);
  });

  it('tells that the job store does not answer and what to do, and a sync is refused the same way', async () => {
    await service.pool.query('alter table batch.agenda_jobs rename to agenda_jobs_elsewhere');
    expect(await field(STATUS)).toMatchObject({
      totalSchedules: 1,
      activeSchedules: 1,
      jobs: null,
      enabledJobs: null,
      drift: null,
      jobStore: { ok: false, problem: expect.stringContaining('start the store') },
    });
    const korean = { jobStore: { problem: expect.stringMatching(/^작업 저장소가 응답하지 않습니다\. [^a-z]+$/u) } };
    expect(await field('{ scheduleStatus { jobStore { problem(language: KO) } } }')).toEqual(korean);
    expect(await field('{ systemStatus { jobStore { problem(language: KO) } } }')).toEqual(korean);
    expect(await field(SYNC)).toMatchObject({
      kind: 'Refused',
      code: 'JOB_STORE_UNAVAILABLE',
      message: expect.stringContaining('start the store'),
    });
  });
});

describe('initSchedules', () => {
  it('changes nothing where there are schedules and says how to replace them', async () => {
    expect(await field(INIT, { force: false })).toMatchObject({
      kind: 'Refused',
      code: 'SCHEDULES_EXIST',
      message: expect.stringContaining('force: true'),
    });
  });

  it('replaces all of them when forced', async () => {
    const { id } = await create('to go');
    const done = await field(INIT, { force: true });
    expect(done.created).toMatchObject({ name: '일일 중재 권고사항 생성', cron: '0 9 * * *', timeZone: 'Asia/Seoul' });
    expect(done.deleted).toHaveLength(2);
    expect(done.deleted).toContainEqual({ id, status: 'DELETED' });
    expect((await field('{ schedules { nodes { id } } }')).nodes).toEqual([{ id: done.created.id }]);
  });
});

describe('importSchedules', () => {
  it('takes each of IBSafe’s rows once, however often and by however many it is called, and says which it cannot take', async () => {
    await service.pool
      .query(`insert into public.ibsafe_batchschedule (id, name, frequency, hour, minute, is_active, created_at, updated_at) overriding system value values
      (1, '주간 중재', 'weekly', 7, 30, false, now(), now()), (2, 'broken', 'hourly', 9, 0, true, now(), now()), (3, 'monthly', 'monthly', 1, 0, true, now(), now())`);
    const [one, other] = await Promise.all([field(IMPORT), field(IMPORT)]);
    const [first, second] = one.imported.length > 0 ? [one, other] : [other, one];
    expect(first.imported.map(({ ibsafeId }: Answer) => ibsafeId)).toEqual(['1', '3']);
    expect(first.refused).toEqual([{ ibsafeId: '2', message: expect.stringContaining('frequency: expected one of DAILY, WEEKLY') }]);
    expect(second).toMatchObject({ imported: [], known: first.imported });
    const { nodes } = await field('{ schedules { nodes { name frequency dayOfWeek hour minute status createdBy } } }');
    expect(nodes).toContainEqual({
      name: '주간 중재',
      frequency: 'WEEKLY',
      dayOfWeek: 0,
      hour: 7,
      minute: 30,
      status: 'PAUSED',
      createdBy: 'local',
    });
    expect(nodes).toHaveLength(3);
  });

  it('is refused where IBSafe has no such table', async () => {
    await service.pool.query('drop table public.ibsafe_batchschedule');
    expect(await field(IMPORT)).toMatchObject({
      kind: 'Refused',
      code: 'NO_IBSAFE_SCHEDULES',
      message: expect.stringContaining('DATABASE_URL'),
    });
  });
});

describe('rebuildViews', () => {
  const REBUILD = `mutation { rebuildViews(verify: true) {
    kind: __typename ... on ViewsRebuilt { events durationMs differences { view key column live rebuilt } } ... on Error { code message }
  } }`;

  it('puts right what was changed by hand and names it', async () => {
    const { id } = await create('true name');
    await service.pool.query(`update batch.schedule_view set name = 'false name' where schedule_id = $1`, [id]);
    expect(await field(REBUILD)).toMatchObject({
      kind: 'ViewsRebuilt',
      events: 2,
      differences: [{ view: 'schedule_view', key: id, column: 'name', live: 'false name', rebuilt: 'true name' }],
    });
    expect((await field(REBUILD)).differences).toEqual([]);
  });

  it('is refused for a log that a later release wrote, which says what to do, and the schedule can still be read', async () => {
    const { id } = await create('of the future');
    const values = [`schedule-${id}`, id];
    const text = `select batch.append($1, 1, '1970-01-01', null, 'test', $2, null, '{ScheduleTeleported}', '{null}', array['{}'::jsonb])`;
    await service.pool.query(text, values);
    const message = expect.stringMatching(/ScheduleTeleported.*Nothing was changed\. Run the release/);
    expect(await field(REBUILD)).toMatchObject({ kind: 'Refused', code: 'LOG_UNREADABLE', message });
    const { events } = await field('query ($id: UUID!) { schedule(id: $id) { events { nodes { type } } } }', { id });
    expect(events.nodes).toEqual([{ type: 'ScheduleCreated' }]);
  });
});
