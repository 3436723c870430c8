import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runToEnd } from '../support/batch-client.js';
import { expectedOutcomes } from '../support/eligibility-oracle.js';
import { outcomesOf } from '../support/outcome-list.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';

/** Leaves an error without advice for each user, as the original did where it failed. */
const ERRORS = `insert into ibsafe_interventionrecord (user_id, record_date, target_date, gubun, diet_evaluation, exercise_evaluation, processing_time,
    error_message, created_at, updated_at)
  select id, $2::date, $2::date + 1, 'all', '', '', 0.2, 'list index out of range', '2026-03-02', '2026-03-02' from unnest($1::int[]) as id`;

/** Counts the statements that insert, of which what was taken back is none. */
const COUNTING = `create table statements (at timestamptz);
  create function count_statement() returns trigger language plpgsql as $$ begin insert into statements values (now()); return null; end $$;
  create trigger count_inserts after insert on ibsafe_interventionrecord for each statement execute function count_statement()`;

/** Refuses one user's rows, as a rule of the operators might. */
const refusing = (userId: number, how: string): string =>
  `create or replace function refuse() returns trigger language plpgsql as $$ begin if new.user_id = ${userId} then ${how}; end if; return new; end $$;
   create or replace trigger refuse before insert on ibsafe_interventionrecord for each row execute function refuse()`;

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
/** Users who would get advice. */
let able: number[];

beforeAll(async () => {
  database = resources.use(await createPatients(120));
  service = resources.use(await startTestService(database, { environment: { WORKER_LANES: '1' } }));
  await database.rows('delete from ibsafe_interventionrecord'); // some days of the demo are advised already
  able = (await expectedOutcomes(database, RECORD_DATE)).filter(({ reasons }) => reasons.length === 0).map(({ userId }) => userId);
  await database.pool.query(COUNTING);
});

beforeEach(async () => {
  await database.rows('delete from ibsafe_interventionrecord');
  await database.rows('delete from statements');
});

afterEach(async () => {
  await database.rows('drop trigger if exists refuse on ibsafe_interventionrecord');
});

afterAll(() => resources.end());

const statements = async (): Promise<number | undefined> => (await database.column<number>('select count(*)::int from statements'))[0];
const count = async (condition: string): Promise<number> =>
  (await database.column<number>(`select count(*)::int from ibsafe_interventionrecord where ${condition}`))[0] ?? 0;
const unwritten = async (runId: string): Promise<object[]> =>
  (await outcomesOf(service.url, runId))
    .filter(({ outcome }) => outcome === 'FAILED')
    .map(({ userId, failureCode }) => ({ userId, failureCode }));

describe('rows that take the place of others', () => {
  it('are written in one statement for a chunk, where errors without advice are in the way', async () => {
    await database.rows(ERRORS, [able, RECORD_DATE]);
    await database.rows('delete from statements');
    const { runId, end } = await runToEnd(service.url, { chunkSize: 1_000 });
    expect(end.generated).toBe(able.length);
    expect(await statements()).toBe(1);
    expect(await database.column(`select 1 from ibsafe_interventionrecord where error_message <> ''`)).toEqual([]);
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('are written in one statement for a chunk, where advice is written anew', async () => {
    await runToEnd(service.url, { chunkSize: 1_000 });
    const ids = await database.column('select id from ibsafe_interventionrecord order by user_id');
    await database.rows('delete from statements');
    const { runId, end } = await runToEnd(service.url, { chunkSize: 1_000, onExisting: 'REGENERATE' });
    expect(end.generated).toBe(able.length);
    expect(await statements()).toBe(1);
    expect(await database.column('select id from ibsafe_interventionrecord order by user_id')).toEqual(ids);
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it.each([
    ['breaks a rule of the table', `raise exception 'no' using errcode = '23514'`],
    ['is kept away by a trigger', 'return null'],
    ['overflows', 'perform 1 / 0'],
    ['is refused by a trigger', `raise exception 'no'`],
    ['gets another program from a trigger', `new.gubun := 'ALL'`],
    ['gets another day from a trigger', 'new.record_date := new.record_date - 1'],
    ['gets the user of another from a trigger', `new.user_id := (select min(id) from public.auth_user where id <> new.user_id)`],
  ])('lose nobody but the one whose row %s', async (_what, how) => {
    await database.rows(ERRORS, [able, RECORD_DATE]);
    const [, culprit = 0] = able;
    await database.pool.query(refusing(culprit, how));
    const { runId, end } = await runToEnd(service.url, { chunkSize: 1_000 });
    expect(end).toMatchObject({ generated: able.length - 1, failed: 1 });
    expect(await unwritten(runId)).toEqual([{ userId: culprit, failureCode: 'UNWRITABLE_ADVICE' }]);
    expect(await database.column(`select user_id from ibsafe_interventionrecord where error_message <> ''`)).toEqual([culprit]);
    expect(await faultsOf(database, runId)).toEqual([]);
  });
});

/** Triggers of the app, each of which meets one user's row in a way of its own. */
const TRIGGERS = [
  { met: 'before it is there', kind: 'trigger', when: 'before insert', each: 'for each row', is: 'new.user_id = $', end: 'return new' },
  { met: 'when the transaction ends', kind: 'constraint trigger', when: 'after insert', each: 'deferrable initially deferred for each row', is: 'new.user_id = $', end: 'return null' },
  { met: 'with all rows of its statement', kind: 'trigger', when: 'after insert', each: 'referencing new table as those for each statement', is: 'exists (select from those where user_id = $)', end: 'return null' },
] as const; // prettier-ignore

const adopt = async (rules: string): Promise<void> => void (await database.pool.query(rules));

describe('rows on a table where nothing is yet', () => {
  afterEach(() => adopt('drop trigger if exists meet on ibsafe_interventionrecord; drop function if exists meet()'));

  it.each(TRIGGERS)(
    'cost one user their advice where a trigger refuses theirs $met, and that at once',
    async ({ kind, when, each, is, end }) => {
      const [, culprit = 0] = able;
      await adopt(`create function meet() returns trigger language plpgsql as $$ begin if ${is.replace('$', String(culprit))} then raise exception 'no'; end if; ${end}; end $$;
      create ${kind} meet ${when} on ibsafe_interventionrecord ${each} execute function meet()`); // prettier-ignore
      const { runId, end: told } = await runToEnd(service.url, { chunkSize: 1_000 });
      expect(told).toMatchObject({ generated: able.length - 1, failed: 1 });
      expect(await unwritten(runId)).toEqual([{ userId: culprit, failureCode: 'UNWRITABLE_ADVICE' }]);
      expect(await faultsOf(database, runId)).toEqual([]);
    },
  );

  it.each([
    ['ids of its own', `new.id := new.id + 1000000`],
    ['one of them another program', `if new.user_id % 9 = 0 then new.gubun := 'ALL'; end if`],
  ])('are told as they stand where a trigger gives them %s', async (_, change) => {
    await adopt(`create function meet() returns trigger language plpgsql as $$ begin ${change}; return new; end $$;
      create trigger meet before insert on ibsafe_interventionrecord for each row execute function meet()`);
    const { runId, end } = await runToEnd(service.url, { chunkSize: 1_000 });
    expect(end.generated).toBe(await count(`gubun = 'all'`));
    expect(end.failed).toBe(able.length - end.generated);
    expect(await count(`gubun <> 'all'`)).toBe(0);
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('are written anew where the ids are always the table’s own', async () => {
    await adopt('alter table ibsafe_interventionrecord alter column id set generated always');
    await runToEnd(service.url);
    const { runId, end } = await runToEnd(service.url, { onExisting: 'REGENERATE' });
    await adopt('alter table ibsafe_interventionrecord alter column id set generated by default');
    expect(end).toMatchObject({ generated: able.length, failed: 0 });
    expect(await faultsOf(database, runId)).toEqual([]);
  });
});
