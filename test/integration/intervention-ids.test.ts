import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { runToEnd } from '../support/batch-client.js';
import { outcomesOf } from '../support/outcome-list.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';

const SEQUENCE = `pg_get_serial_sequence('public.ibsafe_interventionrecord', 'id')`;
const COLUMNS = 'record_date, target_date, gubun, diet_evaluation, exercise_evaluation, processing_time, created_at, updated_at';

describe('ids of interventions that are taken', () => {
  let database: PatientsDatabase;
  let service: TestService;
  beforeAll(async () => {
    database = await createPatients(120);
  });
  beforeEach(async () => {
    // Where a key of the app refuses most rows, nothing is to be concluded from that here.
    service = await startTestService(database, { environment: { BATCH_FAILURE_PAUSE_PERCENT: '100' } });
    await database.rows('truncate ibsafe_interventionrecord');
  });
  afterEach(async () => service[Symbol.asyncDispose]());
  afterAll(async () => database[Symbol.asyncDispose]());

  /** Rows of another day that have so many ids after the sequence's next ones, `step` apart. */
  const occupy = (count: number, step: number): Promise<unknown> =>
    database
      .rows(
        `insert into ibsafe_interventionrecord (id, user_id, ${COLUMNS}) overriding system value
       select (select coalesce(min(id), 1) - 1 from ibsafe_interventionrecord) + n * $2::int, 1, date '1990-01-01' + n, '1990-01-01', 'all', 'old', '', 0, '1990-01-01', '1990-01-01' from generate_series(1, $1) n on conflict do nothing`,
        [count, step],
      )
      .then(() =>
        database.rows(`select setval(${SEQUENCE}, (select min(id) from ibsafe_interventionrecord where diet_evaluation = 'old'), false)`),
      );

  it.each([
    ['as many as the whole table', 5_000, 1],
    ['every third', 2_000, 3],
    ['one', 1, 1],
  ])('(%s) cost nobody their advice, and the log says so', async (_, count, step) => {
    await occupy(count, step);
    const { runId, end } = await runToEnd(service.url, { chunkSize: 10 });
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    expect(end.generated).toBeGreaterThan(60);
    expect(await faultsOf(database, runId)).toEqual([]);
    expect(await database.column('select count(*)::int from ibsafe_interventionrecord where diet_evaluation = $1', ['old'])).toEqual([
      count,
    ]);
    expect(service.logged.filter((line) => line.includes('the sequence of the table was behind')).length).toBeGreaterThan(0);
    // The app's own next row finds a free id as well.
    await database.rows(
      `insert into ibsafe_interventionrecord (user_id, ${COLUMNS}) values (1, '1980-01-01', '1980-01-02', 'all', '', '', 0, now(), now())`,
    );
  });

  it('are passed by where advice is written anew, row by row', async () => {
    await runToEnd(service.url, { chunkSize: 20 });
    const before = await database.rows('select id, user_id from ibsafe_interventionrecord order by id');
    await database.rows('delete from ibsafe_interventionrecord where user_id % 2 = 0');
    await occupy(300, 1); // some of them under ids that the deleted rows had
    const { end } = await runToEnd(service.url, { chunkSize: 20, onExisting: 'REGENERATE' });
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0, generated: before.length });
    expect((await checkInvariants(service.core.maintenance)).filter(({ ok }) => !ok)).toEqual([]);
  });

  it('stay a row’s own fault where it is another key of the table', async () => {
    await database.rows(`create unique index one_goal on ibsafe_interventionrecord (exercise_target) where record_date = '${RECORD_DATE}'`);
    const { runId, end } = await runToEnd(service.url, { chunkSize: 20 });
    await database.rows('drop index one_goal');
    expect(end.generated).toBeGreaterThan(0);
    const failed = (await outcomesOf(service.url, runId)).filter(({ outcome }) => outcome === 'FAILED');
    expect(failed.length).toBe(end.failed);
    expect(new Set(failed.map(({ failureCode }) => failureCode))).toEqual(new Set(['UNWRITABLE_ADVICE']));
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('and rows that a trigger of the app keeps away are told as they are: nobody has advice that is not there', async () => {
    // Counts on the search path of its app.
    await database.rows(`create table kept_away (user_id int)`);
    await database.rows(`create function keep_away() returns trigger language plpgsql as $$ begin
      if new.user_id % 3 = 0 then insert into kept_away values (new.user_id); return null; end if; return new; end $$`);
    await database.rows('create trigger keep_away before insert on ibsafe_interventionrecord for each row execute function keep_away()');
    const { runId, end } = await runToEnd(service.url, { chunkSize: 20 });
    await database.rows('drop trigger keep_away on ibsafe_interventionrecord');
    const kept = new Set(await database.column<number>('select user_id from kept_away'));
    expect(end.generated).toBeGreaterThan(0);
    for (const { userId, outcome, failureCode } of await outcomesOf(service.url, runId))
      if (kept.has(userId)) expect([userId, outcome, failureCode]).toEqual([userId, 'FAILED', 'UNWRITABLE_ADVICE']);
    expect(await faultsOf(database, runId)).toEqual([]);
  });
});
