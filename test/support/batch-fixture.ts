import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { ensureFirstSchedule } from '../../src/application/schedules/first-schedule.js';
import { planRun } from '../../src/application/run/plan-run.js';
import type { Deps, Generated, Generator, InterventionRow, Patient, Records } from '../../src/application/ports.js';
import { requestRun } from '../../src/application/run/request-run.js';
import { runLane } from '../../src/application/chunk/run-lane.js';
import { openPool } from '../../src/database/pool.js';
import { databaseDeps } from '../../src/runtime/make-deps.js';
import type { PatientInputs } from '../../src/domain/advice/patient-inputs.js';
import type { Standing } from '../../src/domain/eligibility.js';
import { userId } from '../../src/domain/ids.js';
import { addDays, localDate } from '../../src/domain/local-date.js';
import type { Program } from '../../src/domain/program.js';
import type { RequestRun } from '../../src/domain/run/decide-request.js';
import { PostgresForecasts } from '../../src/store/postgres-forecasts.js';
import { createTestDatabase } from './test-database.js';

/** A database of a test's own with users on it, and the batch's real use cases, claims, log and views; only the records and the advice are made up. */
export interface TestBatch {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly deps: Deps;
  /** Rows of a statement. */
  rows<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>;
  /** Asks for a run over every user and works it off; each run is for the day before the last one's. @returns its id */
  run(order?: Partial<RequestRun>): Promise<string>;
  /** Asks for a run and plans it, and leaves its chunks to the test. */
  request(order?: Partial<RequestRun>): Promise<string>;
  close(): Promise<void>;
}

/** What the foods of a record date were, as the row of an advice counts them; null for a program that counts none. */
type Counts = (userId: number, recordDate: string) => Readonly<Record<string, number>> | null;

/**
 * Of every ten users, by the last digit of the id: 0 has no food record, 1 has no record at all, 2 cannot be advised, the others get advice.
 * `clock` is the one that decides a run's month.
 */
export async function createTestBatch(options: { users: number; clock?: () => Date; counts?: Counts }): Promise<TestBatch> {
  const database = await createTestDatabase();
  const pool = openPool({ url: database.url, max: 8, name: 'test', onError: () => undefined });
  const deps = testDeps(pool, options.clock ?? (() => new Date()), options.counts);
  await addUsers(pool, options.users);
  await ensureFirstSchedule(deps, 'test');
  let day = addDays(localDate(new Date().toISOString().slice(0, 10)), -1);
  const request = (order: Partial<RequestRun> = {}): Promise<string> => {
    day = addDays(day, -1);
    return plan(deps, { trigger: 'MANUAL', recordDate: day, chunkSize: 10, ...order });
  };
  const run = async (order?: Partial<RequestRun>): Promise<string> => {
    const id = await request(order);
    const signal = new AbortController().signal;
    await Promise.all([runLane(deps, id, signal), runLane(deps, id, signal)]);
    return id;
  };
  const close = async (): Promise<void> => {
    await pool.end();
    await database.drop();
  };
  const rows = async <T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> =>
    (await pool.query<T>(text, [...values])).rows;
  return { url: database.url, pool, deps, rows, run, request, close };
}

async function plan(deps: Deps, order: RequestRun): Promise<string> {
  const answer = await requestRun(deps, order, { actor: 'test' });
  if (answer.status !== 'accepted') throw new Error(`the test's run was refused: ${answer.code}`);
  await planRun(deps, answer.run.runId);
  return answer.run.runId;
}

/** The use cases on a pool, with made up records and advice. */
export function testDeps(pool: pg.Pool, clock: () => Date, counts: Counts = () => null): Deps {
  return {
    ...databaseDeps(pool, 3),
    records: new TestRecords(pool),
    forecasts: new PostgresForecasts(pool, undefined),
    queue: { enqueuePlan: () => Promise.resolve(), enqueueLanes: () => Promise.resolve() },
    progress: { notify: () => undefined },
    generators: new Map([['RULES', new TestGenerator(counts)]]),
    clock,
    elapsed: () => performance.now(),
    scheduleJobs: { list: () => Promise.resolve([]), put: () => Promise.resolve(), remove: () => Promise.resolve() },
    ibsafeSchedules: () => Promise.resolve(undefined),
    settings: {
      timeZone: 'Asia/Seoul',
      generator: 'RULES',
      mode: 'CALLS',
      language: 'ko',
      chunkSize: 10,
      leaseMs: 60_000,
      workerId: uuidv7(),
      chunkTakeovers: 3,
      failurePause: { percent: 100, leastUsers: 1 },
    },
  };
}

async function addUsers(pool: pg.Pool, users: number): Promise<void> {
  await pool.query(
    `insert into public.auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
     select n, '!', false, 'user' || n, '', '', '', false, true, now() from generate_series(1, $1) n`,
    [users],
  );
}

class TestRecords implements Records {
  constructor(private readonly pool: pg.Pool) {}

  async roster(among?: readonly number[]): Promise<number[]> {
    const { rows } = await this.pool.query<{ id: number }>('select id from public.auth_user order by id');
    const ids = rows.map(({ id }) => id);
    return among === undefined ? ids : ids.filter((id) => among.includes(id));
  }

  onRoster(userIds: readonly number[]): Promise<number[]> {
    return this.roster(userIds);
  }

  saved(): ReturnType<Records['saved']> {
    return Promise.resolve(new Map());
  }

  patients(userIds: readonly number[], recordDate: PatientInputs['recordDate']): Promise<readonly Patient[]> {
    return Promise.resolve(userIds.map((id) => ({ standing: standingOf(id), inputs: inputsOf(id, recordDate) })));
  }
}

function standingOf(id: number): Standing {
  const [hasFoodRecord, hasExerciseRecord] = [id % 10 > 1, id % 10 !== 1];
  return { accountOpen: true, hasProfile: true, hasFoodRecord, hasExerciseRecord, hasSleepRecord: false, hasIntervention: false };
}

function inputsOf(id: number, recordDate: PatientInputs['recordDate']): PatientInputs {
  return { userId: userId(id), recordDate, allergens: 0, today: [], recent: [], steps: [] };
}

class TestGenerator implements Generator {
  readonly name = 'RULES';
  readonly concurrency = 1;

  constructor(private readonly counts: Counts) {}

  generate(inputs: PatientInputs, program: Program): Generated {
    if (inputs.userId % 10 === 2) return { status: 'failed', code: 'INVALID_INPUT', retryable: false, attempts: 1 };
    return {
      status: 'generated',
      row: { ...rowOf(inputs, program), inputFodmapCount: this.counts(inputs.userId, inputs.recordDate) },
      attempts: 1,
      durationMs: 0,
    };
  }
}

function rowOf({ recordDate }: PatientInputs, program: Program): InterventionRow {
  return {
    gubun: program.gubun,
    recordDate,
    targetDate: program.targetDate(recordDate),
    dietEvaluation: '',
    dietTarget: null,
    inputFodmapCount: null,
    sleepEvaluation: null,
    sleepTarget: null,
    exerciseEvaluation: '',
    exerciseTarget: 6_000,
    processingTime: 0,
    inputAllergies: [],
    inputRestrictions: [],
    inputRecent3days: [],
    inputWeekStep: [],
    inputTodayDiet: [],
    inputTodaySleep: null,
    inputUseRag: false,
    inputOllamaModel: 'RULE',
    outputs: '{"ruleVersion":1}',
  };
}
