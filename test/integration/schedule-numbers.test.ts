import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createScheduleFrom, deleteScheduleNow } from '../../src/application/schedules/edit-schedules.js';
import { importSchedules } from '../../src/application/schedules/import-schedules.js';
import { initSchedules } from '../../src/application/schedules/first-schedule.js';
import { isRejection } from '../../src/domain/rejection.js';
import { migrate } from '../../src/migrations/migrate.js';
import { rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';

const DAILY = { name: '아침', frequency: 'DAILY', hour: 7, minute: 0 };

let database: TestDatabase;
let service: TestService;

beforeAll(async () => {
  database = await createTestDatabase();
  service = await startTestService(database, { role: 'api' });
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
  await database?.drop();
});

const query = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await service.core.pool.query<T>(text, values)).rows;
const numbers = (): Promise<{ number: number; schedule_id: string }[]> =>
  query('select number, schedule_id from batch.schedule_number order by number');
const numberOf = async (scheduleId: string): Promise<number | undefined> =>
  (await numbers()).find(({ schedule_id }) => schedule_id === scheduleId)?.number;
const make = async (): Promise<string> => {
  const made = await createScheduleFrom(service.core.deps, { input: DAILY, actor: 'test' });
  if (isRejection(made)) throw new Error(made.message);
  return made.scheduleId;
};
const ibsafeRows = (rows: string): Promise<object[]> =>
  query(`insert into public.ibsafe_batchschedule (id, name, frequency, hour, minute, is_active, created_at, updated_at)
    select id, 'row ' || id, 'daily', 9, 0, true, now(), now() from (values ${rows}) v (id)`);

describe('The integer id of a schedule', () => {
  it('is that of its row in IBSafe’s table, where it was imported and lies up to a million', async () => {
    await ibsafeRows('(1), (42), (1000000), (1000001), (1500000), (3000000000), (-3), (9007199254740992), (9007199254740993)');
    const report = await importSchedules(service.core.deps, 'test');
    expect(report?.imported).toHaveLength(9);
    for (const { ibsafeId, scheduleId, number: told, renumbered } of report?.imported ?? []) {
      const number = await numberOf(scheduleId);
      expect(told).toBe(number);
      if (Number(ibsafeId) >= 1 && Number(ibsafeId) <= 1_000_000)
        expect({ number: String(number), renumbered }).toEqual({ number: ibsafeId, renumbered: null });
      else {
        expect(renumbered?.text).toContain(`has number ${number}, not its row's id ${ibsafeId}`);
        expect(number).toBeGreaterThan(1_000_000);
        expect(number).toBeLessThan(1_000_100); // an id of ours: not that of the row, which our own would come to some day
      }
    }
    expect((await importSchedules(service.core.deps, 'test'))?.known).toHaveLength(9);
    expect(await numbers()).toHaveLength(10); // the first schedule of the database has one as well
  });

  it('is above a million for what is made here, each greater than the one before, also of those made at once', async () => {
    const made = [await make(), ...(await Promise.all([make(), make(), make()])), await make()];
    const found = await Promise.all(made.map(numberOf));
    expect(found.every((number) => (number ?? 0) > 1_000_000)).toBe(true);
    expect(new Set(found).size).toBe(5);
    expect(Math.max(...found.map(Number))).toBe(found[4]);
  });

  it('stays with a deleted schedule, and comes to no other', async () => {
    const deleted = await make();
    const number = await numberOf(deleted);
    await deleteScheduleNow(service.core.deps, { scheduleId: deleted, actor: 'test' });
    expect(await numberOf(await make())).toBeGreaterThan(number ?? Infinity);
    expect(await numberOf(deleted)).toBe(number);
    await initSchedules(service.core.deps, { force: true, actor: 'test' });
    expect(await numberOf(deleted)).toBe(number);
  });

  it('is the same after the views were made anew, and after they were lost', async () => {
    const before = await numbers();
    expect(await rebuildViews(service.core.maintenance, { verify: true })).toMatchObject({ differences: [] });
    await query('delete from batch.schedule_view');
    await rebuildViews(service.core.maintenance, { verify: false });
    expect(await query('select 1 from batch.schedule_view')).toHaveLength(before.length);
    expect(await numbers()).toEqual(before);
  });

  it('cannot be changed, given up, or given away', async () => {
    const [first] = await numbers();
    for (const statement of [
      'update batch.schedule_number set number = 5 where number = 1',
      'delete from batch.schedule_number',
      'truncate batch.schedule_number',
    ])
      await expect(query(statement)).rejects.toThrow(/append-only/);
    await expect(
      query('insert into batch.schedule_number (schedule_id, number) values (gen_random_uuid(), $1)', [first?.number]),
    ).rejects.toThrow(/unique/);
  });

  it('is given to what a release writes that knows of none', async () => {
    const columns = (
      await query<{ name: string }>(
        `select column_name as name from information_schema.columns where table_schema = 'batch' and table_name = 'schedule_view' and column_name <> 'schedule_id'`,
      )
    )
      .map(({ name }) => name)
      .join(', ');
    const [row] = await query<{ schedule_id: string }>(
      `insert into batch.schedule_view (schedule_id, ${columns}) select gen_random_uuid(), ${columns} from batch.schedule_view limit 1 returning schedule_id`,
    );
    expect(await numberOf(row?.schedule_id ?? '')).toBeGreaterThan(1_000_000);
    await query('delete from batch.schedule_view where schedule_id = $1', [row?.schedule_id]);
  });

  it('is the row’s own for what an earlier release imported, and follows the order of creation for the others', async () => {
    await using old = new AsyncDisposableStack();
    const before = await createTestDatabase();
    old.defer(() => before.drop());
    const earlier = old.use(await startTestService(before, { role: 'api' }));
    const { pool, deps } = earlier.core;
    await pool.query(`insert into public.ibsafe_batchschedule (id, name, frequency, hour, minute, is_active, created_at, updated_at)
      values (31, 'a', 'weekly', 9, 0, true, now(), now()), (250, 'b', 'daily', 9, 0, true, now(), now())`);
    await importSchedules(deps, 'test');
    for (const name of ['c', 'd']) await createScheduleFrom(deps, { input: { ...DAILY, name }, actor: 'test' });
    // As the database was before the migration.
    await pool.query(
      'drop trigger schedule_numbered on batch.schedule_view; drop table batch.schedule_number; drop function batch.number_schedule; drop function batch.refuse_renumbering',
    );
    await pool.query("delete from batch.migration where name like '%schedule-numbers'");
    await migrate(before.url, { ibsafeTables: false });
    await createScheduleFrom(deps, { input: { ...DAILY, name: 'e' }, actor: 'test' });
    const { rows } = await pool.query<{ name: string; number: number }>(
      'select name, number from batch.schedule_number join batch.schedule_view using (schedule_id) order by number',
    );
    expect(rows.map(({ name, number }) => `${name} ${number}`)).toEqual([
      'a 31', 'b 250', '일일 중재 권고사항 생성 1000001', 'c 1000002', 'd 1000003', 'e 1000004',
    ]); // prettier-ignore
  });
});
