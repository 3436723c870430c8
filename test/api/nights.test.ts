import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, type LocalDate } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { ask, dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { statementsOf } from '../support/sent-statements.js';
import { startTestService, type TestService } from '../support/test-service.js';

const NIGHTS = `query ($from: Date!, $to: Date!, $program: ProgramName) { nights(from: $from, to: $to, program: $program) {
  program recordDate targetDate runs openRuns pausedRuns failedRuns startedAt endedAt seconds generated existed skipped failed cancelled
  eligible coverage readyBy ready readyCoverage tokensIn costUsd usersEstimated } }`;
const REASONS = `query ($from: Date!, $to: Date!) { nights(from: $from, to: $to, program: DAILY) {
  skipReasons { reason users } failures { reason users } fallbacks { reason users } } }`;

interface Night {
  readonly program: string;
  readonly recordDate: string;
  readonly runs: number;
  readonly eligible: number;
  readonly coverage: number;
  readonly generated: number;
  readonly existed: number;
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let runId: string;

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  service = resources.use(await startTestService(database));
  ({ runId } = await runToEnd(service.url));
});

afterAll(async () => {
  await resources.end();
});

async function nightsOf(from: LocalDate, to: LocalDate, program: string | null = 'DAILY'): Promise<Night[]> {
  return (await dataOf<{ nights: Night[] }>(service.url, NIGHTS, { from, to, program })).nights;
}

describe('nights', () => {
  it('tell what a night came to, with everybody in one of its sums', async () => {
    const [night] = await nightsOf(RECORD_DATE, RECORD_DATE);
    const { run } = await dataOf<{ run: { roster: number; progress: Record<string, number> } }>(
      service.url,
      `{ run(id: "${runId}") { roster progress { generated skipped failed reasons { reason users } } } }`,
    );
    expect(night).toMatchObject({
      program: 'DAILY',
      recordDate: RECORD_DATE,
      targetDate: addDays(RECORD_DATE, 1),
      runs: 1,
      openRuns: 0,
      generated: run.progress['generated'],
      readyBy: null,
      ready: null,
      readyCoverage: null,
      costUsd: 0,
    });
    const { generated, existed, skipped, failed, cancelled, eligible, coverage } = night as Night &
      Record<'skipped' | 'failed' | 'cancelled', number>;
    expect(generated + existed + skipped + failed + cancelled).toBe(run.roster);
    expect([eligible, coverage]).toEqual([run.roster - skipped, 1]);
    expect(existed).toBeGreaterThan(0);
  });

  it('tell reasons and failures apart, without advice that was there', async () => {
    const { nights } = await dataOf<{ nights: Record<string, { reason: string }[]>[] }>(service.url, REASONS, {
      from: RECORD_DATE,
      to: RECORD_DATE,
    });
    const told = (nights[0]?.['skipReasons'] ?? []).map(({ reason }) => reason);
    expect(told).toContain('MISSING_FOOD_RECORD');
    expect(told).not.toContain('INTERVENTION_EXISTS');
    expect(nights[0]).toMatchObject({ failures: [], fallbacks: [] });
  });

  it('are none for days without a run, and for another program', async () => {
    expect(await nightsOf(addDays(RECORD_DATE, -9), addDays(RECORD_DATE, -1))).toEqual([]);
    expect(await nightsOf(RECORD_DATE, RECORD_DATE, 'SLEEP')).toEqual([]);
    expect(await nightsOf(RECORD_DATE, RECORD_DATE, null)).toHaveLength(1);
  });

  it.each([
    [addDays(RECORD_DATE, 1), RECORD_DATE, 0],
    [addDays(RECORD_DATE, -1_100), RECORD_DATE, 1_101],
  ])('refuse a span from %s to %s', async (from, to, days) => {
    const { errors } = await ask(service.url, NIGHTS, { from, to, program: 'DAILY' });
    const values = { least: 1, most: expect.any(Number), found: days }; // what a client needs to say it in another language
    expect(errors).toMatchObject([
      { message: expect.stringContaining(`found ${days}`), extensions: { code: 'BAD_USER_INPUT', sentence: 'DAYS', values } },
    ]);
  });
});

describe('nights of three years', () => {
  const [first, last] = [addDays(RECORD_DATE, -1_098), addDays(RECORD_DATE, -1)];

  beforeAll(async () => {
    // A night and a retry for each day, as their ends leave them in the views.
    await database.rows(
      `with days as (select d::date as day, n from generate_series($2::date, $3::date, '1 day') d, generate_series(1, 2) n)
       insert into batch.run_view select (jsonb_populate_record(r, jsonb_build_object('run_id', gen_random_uuid(), 'record_date', day, 'user_ids', null))).*
       from batch.run_view r cross join days where r.run_id = $1`,
      [runId, first, last],
    );
    await database.rows(
      `insert into batch.night_view select (jsonb_populate_record(v, jsonb_build_object('record_date', d::date, 'runs', 2))).*
       from batch.night_view v cross join generate_series($1::date, $2::date, '1 day') d where v.record_date = $3`,
      [first, last, RECORD_DATE],
    );
    await database.rows('analyze batch.run_view, batch.night_view');
  });

  it('are read in one statement, as many rows as there are runs and nights, and none of users or chunks', async () => {
    const all = await statementsOf(async () => expect(await nightsOf(first, last)).toHaveLength(1_098));
    expect(all).toHaveLength(1);
    const day = await statementsOf(() => nightsOf(last, last));
    expect(day).toEqual(all);
    expect(all[0]).not.toMatch(/chunk_view|batch\.event/);
    const month = await rowsRead(addDays(last, -29), last);
    expect(month).toBeLessThanOrEqual(2 * 30 + 30);
    expect(await rowsRead(first, last)).toBeLessThanOrEqual(2 * 1_098 + 1_100);

    /** Rows that the scans of the statement gave, as PostgreSQL counts them. */
    async function rowsRead(from: LocalDate, to: LocalDate): Promise<number> {
      const [plan] = await database.column<unknown>(`explain (analyze, format json, timing off) ${all[0] ?? ''}`, [
        from,
        to,
        'daily',
        'daily',
        from,
        to,
      ]);
      return scanned(plan);
    }
  });
});

function scanned(plan: unknown): number {
  if (typeof plan !== 'object' || plan === null) return 0;
  const node = plan as Readonly<Record<string, unknown>>;
  const isScan = typeof node['Relation Name'] === 'string';
  const own = isScan ? (Number(node['Actual Rows']) + Number(node['Rows Removed by Filter'] ?? 0)) * Number(node['Actual Loops']) : 0;
  return Object.values(node).reduce<number>((sum, value) => sum + scanned(value), own);
}
