import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, dateInZone } from '../../src/domain/local-date.js';
import { ask, dataOf } from '../support/graphql-client.js';
import { runBatch, runToEnd, watch, type SeenProgress } from '../support/batch-client.js';
import { retryRun } from '../support/control-client.js';
import { outcomesOf } from '../support/outcome-list.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';

const ROSTER = 'select id from auth_user where is_active and not is_staff';
const SLEPT = `select s.user_id as "userId", s.sleep_minutes as minutes from ibsafe_usersleeprecord s
  where s.record_date = $1 and s.user_id in (${ROSTER}) order by s.user_id`;

const today = (): string => dateInZone(new Date(), 'Asia/Seoul');

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let slept: { userId: number; minutes: number }[];
let diet: string[];
let runId: string;
let end: SeenProgress;

/** Interventions of a kind, each whole, as text. */
const rowsOf = (gubun: string): Promise<string[]> =>
  database.column<string>('select i::text from ibsafe_interventionrecord i where gubun = $1 order by id', [gubun]);

beforeAll(async () => {
  database = resources.use(await createPatients(200));
  service = resources.use(await startTestService(database));
  slept = await database.rows(SLEPT, [RECORD_DATE]);
  await runToEnd(service.url);
  diet = await rowsOf('all');
  ({ runId, end } = await runToEnd(service.url, { program: 'SLEEP' }));
});

afterAll(async () => {
  await resources.end();
});

describe('a run of program sleep', () => {
  it('advises a user who has a sleep record of the record date, whatever else is missing, and names that for the others', async () => {
    const roster = await database.column<number>(`${ROSTER} order by id`);
    expect(end).toMatchObject({ status: 'COMPLETED', roster: roster.length, generated: slept.length, failed: 0 });
    const sleepers = new Set(slept.map(({ userId }) => userId));
    for (const { userId, skipReasons } of await outcomesOf(service.url, runId))
      expect([userId, skipReasons]).toEqual([userId, sleepers.has(userId) ? [] : ['MISSING_SLEEP_RECORD']]);
    expect(slept.length).toBeGreaterThan(100);
    expect(slept.length).toBeLessThan(roster.length);
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('writes rows for the record date itself, made of that night', async () => {
    const rows = await database.rows<Record<string, unknown>>(
      `select user_id as "userId", target_date::text as target, diet_evaluation || exercise_evaluation as others, diet_target, exercise_target,
        input_allergies, input_today_diet, input_week_step, round(input_today_sleep * 60)::int as minutes, sleep_evaluation as text, sleep_target as goal
       from ibsafe_interventionrecord where gubun = 'sleep' order by user_id`,
    );
    expect(rows.map(({ userId, minutes }) => ({ userId, minutes }))).toEqual(slept);
    const nothing = {
      others: '',
      diet_target: null,
      exercise_target: null,
      input_allergies: null,
      input_today_diet: null,
      input_week_step: null,
    };
    for (const row of rows) {
      expect(row).toMatchObject({
        target: RECORD_DATE,
        ...nothing,
        text: expect.stringMatching(/^(기록된 수면은|기록된 밤의 수면은) .*\.$/u),
      });
      expect(row['goal']).toBeGreaterThanOrEqual(6);
      expect(row['goal']).toBeLessThanOrEqual(9);
    }
    expect(new Set(rows.map(({ goal }) => goal)).size).toBeGreaterThan(2);
  });

  it('leaves the rows of diet and exercise of the same users and date as they were, also when it regenerates', async () => {
    expect(await rowsOf('all')).toEqual(diet);
    await database.rows(`update ibsafe_interventionrecord set sleep_evaluation = 'outdated' where gubun = 'sleep'`);
    const again = await runToEnd(service.url, { program: 'SLEEP', onExisting: 'REGENERATE' });
    expect(again.end).toMatchObject({ generated: slept.length });
    expect(await database.column(`select 1 from ibsafe_interventionrecord where sleep_evaluation = 'outdated'`)).toEqual([]);
    expect(await rowsOf('all')).toEqual(diet);
    expect(await faultsOf(database, again.runId)).toEqual([]);
    const sleep = await rowsOf('sleep');
    await runToEnd(service.url, { onExisting: 'REGENERATE' });
    expect(await rowsOf('sleep')).toEqual(sleep);
  });

  it('is repeated for users whose sleep came late, and only for them; diet rows stay as they were', async () => {
    const late = (await outcomesOf(service.url, runId)).filter(({ skipReasons }) => skipReasons.length > 0).slice(0, 3).map(({ userId }) => userId); // prettier-ignore
    await database.rows(`insert into ibsafe_usersleeprecord (user_id, sleep_minutes, record_date, created_at, updated_at) select unnest($1::int[]), 430, $2, now(), now()`, [late, RECORD_DATE]); // prettier-ignore
    const [before, sleep] = [await rowsOf('all'), await rowsOf('sleep')];
    const { run } = await retryRun(service.url, { runId, reasons: ['MISSING_SLEEP_RECORD'] });
    expect((await watch(service.url, run?.id ?? '')).at(-1)).toMatchObject({ status: 'COMPLETED', generated: late.length });
    expect(await rowsOf('all')).toEqual(before);
    expect((await rowsOf('sleep')).slice(0, sleep.length)).toEqual(sleep);
    expect(await database.column(`select user_id from ibsafe_interventionrecord where gubun = 'sleep' order by id offset $1`, [sleep.length])).toEqual(late); // prettier-ignore
    expect(await faultsOf(database, run?.id ?? '')).toEqual([]);
  });

  it('reads records of today unless it is told a date', async () => {
    const before = today();
    const { run } = await runBatch(service.url, { program: 'SLEEP', recordDate: null, dryRun: true });
    expect([before, today()]).toContain(run?.recordDate); // the day may end while we ask
    expect(run?.targetDate).toBe(run?.recordDate);
  });

  it('finds the night that ended on the morning after the demo’s last day', async () => {
    const morning = addDays(RECORD_DATE, 1);
    const { end: next } = await runToEnd(service.url, { program: 'SLEEP', recordDate: morning });
    expect(next.generated).toBe((await database.rows(SLEPT, [morning])).length);
    expect(next.generated).toBeGreaterThan(100);
  });

  it('fails a user whose record cannot be, and that user alone', async () => {
    const [first] = slept;
    const recordDate = addDays(RECORD_DATE, -1);
    await database.rows('update ibsafe_usersleeprecord set sleep_minutes = 1441 where user_id = $1', [first?.userId]);
    const bad = await runToEnd(service.url, { program: 'SLEEP', recordDate });
    const failed = (await outcomesOf(service.url, bad.runId)).filter(({ outcome }) => outcome === 'FAILED');
    expect(failed).toMatchObject([{ userId: first?.userId, failureCode: 'INVALID_INPUT' }]);
    expect(bad.end).toMatchObject({ status: 'COMPLETED_WITH_FAILURES', failed: 1 });
  });
});

describe('userTimeline', () => {
  const TIMELINE = `query ($userId: Int!, $day: Date!, $program: ProgramName) {
    userTimeline(userId: $userId, from: $day, to: $day, program: $program) {
      program days { verdict explanation interventions { gubun } entries { run { program targetDate } } }
    }
  }`;
  const day = async (userId: number | undefined, program: string): Promise<unknown> => {
    const variables = { userId, day: RECORD_DATE, program };
    return (await dataOf<{ userTimeline: { days: unknown[] } }>(service.url, TIMELINE, variables)).userTimeline.days[0];
  };

  it('tells of one program at a time', async () => {
    const sleepers = new Set(slept.map(({ userId }) => userId));
    const [advised] = await database.column<number>(`select user_id from ibsafe_interventionrecord where record_date = $1 and gubun = 'all'
      and outputs is not null and user_id not in (select user_id from ibsafe_usersleeprecord where record_date = $1)`, [RECORD_DATE]); // prettier-ignore
    expect(sleepers.has(advised ?? 0)).toBe(false);
    expect(await day(advised, 'DAILY')).toMatchObject({ verdict: 'GENERATED', interventions: [{ gubun: 'all' }] });
    expect(await day(advised, 'SLEEP')).toMatchObject({
      verdict: 'SKIPPED',
      explanation: 'Skipped: no sleep was recorded.',
      interventions: [],
    });
    const runs = (await day(slept[0]?.userId, 'SLEEP')) as { entries: { run: object }[] };
    for (const { run } of runs.entries) expect(run).toEqual({ program: 'SLEEP', targetDate: RECORD_DATE });
    const made = await database.column(`select 1 from batch.run_view where program = 'sleep' and record_date = $1`, [RECORD_DATE]);
    expect(runs.entries.length).toBe(made.length);
  });

  it('is of the daily program unless told otherwise', async () => {
    const { data } = await ask<{ userTimeline: { program: string } }>(service.url, '{ userTimeline(userId: 1) { program } }');
    expect(data?.userTimeline.program).toBe('DAILY');
  });
});
