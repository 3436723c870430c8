import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type pg from 'pg';
import { AlertFollower } from '../../src/alerts/follower.js';
import { runLane } from '../../src/application/chunk/run-lane.js';
import type { Deps } from '../../src/application/ports.js';
import { planRun } from '../../src/application/run/plan-run.js';
import { requestRun } from '../../src/application/run/request-run.js';
import { ensureFirstSchedule } from '../../src/application/schedules/first-schedule.js';
import { withClient } from '../../src/database/connect.js';
import { openPool } from '../../src/database/pool.js';
import { poolWithin } from '../../src/database/pool-within.js';
import { HistoryClock } from '../../src/demo/history/tell-history.js';
import { runId } from '../../src/domain/ids.js';
import { localDate, type LocalDate } from '../../src/domain/local-date.js';
import type { RequestRun } from '../../src/domain/run/decide-request.js';
import { tellTime } from '../../src/eventlog/told-time.js';
import type { Ground } from '../../src/lifecycle/retention/let-month-go.js';
import { InterventionRows } from '../../src/records/intervention-rows.js';
import { transactionOn } from '../../src/runtime/transaction.js';
import { logIsSettled } from './log-settled.js';
import { testDeps } from './batch-fixture.js';
import { createFilledDatabase, type TestDatabase } from './test-database.js';

/** Months of history before the one that goes on. */
export const MONTHS = 26;
const USERS = 12;

/** A database with years of invented nights, made by the service's own use cases, at times that were told (decision 032). */
export interface Years extends AsyncDisposable {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly deps: Deps;
  readonly archiveDir: string;
  readonly ground: Ground;
  rows<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>;
  /** Months of runs, oldest first, as days. */
  months(): Promise<string[]>;
  /** Waits until every event can be seen, and has the alerts read them. */
  settle(): Promise<void>;
}

/** Two nights in each of the months, of which the second repeats failed users of the first; the first night is asked for with a key. */
export async function createYears(months = MONTHS): Promise<Years> {
  return openYears(
    await createFilledDatabase(`years_${months}`, (url) => withClient({ url, name: 'years' }, (client) => tell(client, months))),
  );
}

/** The key of a month's first run. */
export const keyOf = (month: string): string => `night-of-${month.slice(0, 7)}`;

/** What a month's first run was asked for with. */
export const orderOf = (month: string): RequestRun => ({ trigger: 'MANUAL', recordDate: dateOf(month), chunkSize: 5 });

const dateOf = (month: string): LocalDate => localDate(`${month.slice(0, 7)}-09`);

async function openYears(database: TestDatabase): Promise<Years> {
  const pool = openPool({ url: database.url, max: 6, name: 'test', onError: () => undefined });
  const archiveDir = await mkdtemp(join(tmpdir(), 'archive-'));
  const rows = async <T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> =>
    (await pool.query<T>(text, [...values])).rows;
  const follower = new AlertFollower(pool, { channels: [], failuresPercent: 100, readyPercent: 1, settleMs: 0 });
  return {
    url: database.url,
    pool,
    deps: testDeps(pool, () => new Date()),
    archiveDir,
    ground: { pool, archiveDir, actor: 'test' },
    rows,
    months: async () =>
      (await rows<{ month: string }>('select distinct run_month::text as month from batch.run_view order by 1')).map(({ month }) => month),
    async settle() {
      await logIsSettled({ rows });
      while (await follower.step());
    },
    async [Symbol.asyncDispose]() {
      await pool.end();
      await database.drop();
      await rm(archiveDir, { recursive: true, force: true });
    },
  };
}

async function tell(client: pg.ClientBase, months: number): Promise<void> {
  await client.query(`comment on table public.auth_user is 'IBSafe Batch demo patients {}'`);
  await client.query(
    `insert into public.auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
     select n, '!', false, 'demo-' || lpad(n::text, 6, '0'), '', '', '', false, true, now() from generate_series(1, $1) n`,
    [USERS],
  );
  await tellMonths(client, months);
}

/** Has the service's own use cases live through months, over demo accounts that are there and an empty log. */
export async function tellMonths(client: pg.ClientBase, months: number): Promise<void> {
  const now = new Date();
  const start = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
  await client.query('begin');
  await client.query('select batch.begin_demo_history(1, 60, current_date)');
  const clock = new HistoryClock(start.getTime(), 1);
  const deps = depsWithin(client, clock);
  await ensureFirstSchedule(deps, 'first start');
  for (let month = start; month < now; month = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1))) {
    const name = month.toISOString().slice(0, 10);
    if (Date.parse(`${name.slice(0, 7)}-11T03:00:00Z`) > now.getTime()) break;
    clock.moveTo(new Date(`${name.slice(0, 7)}-10T01:00:00Z`));
    const first = await work(deps, orderOf(name), keyOf(name));
    clock.moveTo(new Date(`${name.slice(0, 7)}-11T01:00:00Z`));
    await work(
      deps,
      { trigger: 'RETRY', parentRunId: first, recordDate: dateOf(name), retry: { outcomes: ['FAILED'] } },
      `retry-${keyOf(name)}`,
    );
  }
  await client.query("select set_config('batch.event_time', '', true), batch.end_demo_history()");
  await client.query('commit');
}

async function work(deps: Deps, order: RequestRun, idempotencyKey: string): Promise<string> {
  const answer = await requestRun(deps, order, { actor: 'test', idempotencyKey });
  if (answer.status !== 'accepted') throw new Error(`the test's history was refused: ${answer.code}`);
  const id = answer.run.runId;
  await planRun(deps, id);
  await runLane(deps, id, new AbortController().signal);
  return id;
}

function depsWithin(client: pg.ClientBase, clock: HistoryClock): Deps {
  const pool = poolWithin(client, () => tellTime(client, clock.nextTransaction()));
  return {
    ...testDeps(pool, () => clock.now),
    transaction: transactionOn(pool, () => Promise.resolve(clock.now)),
    newBatch: () => new InterventionRows(clock.now.getTime()),
    newId: () => runId(uuidv7({ msecs: clock.now.getTime() })),
  };
}
