import { requestRun, type RunAccepted } from '../application/run/request-run.js';
import { fireDueSlots } from '../application/schedules/fire-due-slots.js';
import type { Config } from '../config/config.js';
import { withClient } from '../database/connect.js';
import { addDays, dateInZone, localDate } from '../domain/local-date.js';
import type { Rejection } from '../domain/rejection.js';
import { loadCatalogue } from '../generators/catalogue/catalogue-file.js';
import { demoFoodsOf } from '../demo/demo-foods.js';
import { readDemoMark, type DemoMark } from '../demo/demo-mark.js';
import { loadDemo } from '../demo/load-demo.js';
import type { Core } from './core.js';
import { makeHistory, nightsOf, type HistoryOptions, type HistorySummary } from './make-history.js';
import type { OpenDatabase } from '../migrations/open-database.js';
import { OWN_ACTORS } from '../domain/own-actors.js';

/** Whose records a database holds. */
export type Patients =
  | { readonly kind: 'none' }
  | { readonly kind: 'demo'; readonly demo: DemoMark; /** Whether they were loaded just now. */ readonly isNew: boolean }
  /** Users that no demo made: the app's, or of unknown origin. */
  | { readonly kind: 'users'; readonly users: number };

/** The caller of the first run, and the key under which it is asked for however often the first start is interrupted. */
const FIRST_RUN = { actor: OWN_ACTORS.firstStart, idempotencyKey: 'first-start' } as const;

/**
 * Fills an embedded database that has no users with the demo that the configuration names, up to yesterday in its time zone. Does nothing to
 * one that has users, or with DEMO_USERS=0. @param onProgress patients so far and in all; an error it throws leaves the database as it was
 */
export async function ensurePatients(
  { url }: OpenDatabase,
  config: Config,
  onProgress: (done: number, total: number) => void,
): Promise<Patients> {
  const found = await patientsOf(url);
  if (found.kind !== 'none' || config.DEMO_USERS === 0) return found;
  const { DEMO_USERS: users, DEMO_DAYS: days, DEMO_SEED: seed } = config;
  const until = addDays(dateInZone(new Date(), config.BATCH_TIME_ZONE), -1);
  await loadDemo(url, { users, days, seed, until, foods: demoFoodsOf(loadCatalogue()), onProgress });
  const loaded = await patientsOf(url);
  return loaded.kind === 'demo' ? { ...loaded, isNew: true } : loaded;
}

/**
 * Asks for the demo's first run, over the last day that its patients have records of, unless runs were asked for already. Derived from what
 * is in the database, so that a first start which died between the patients and their run, or during the run, is made up for by the next.
 * @returns the run to follow; undefined when there is nothing to do
 */
export async function ensureFirstRun(core: Core, { until }: Pick<DemoMark, 'until'>): Promise<RunAccepted | Rejection | undefined> {
  const text = `select count(*)::int as runs, count(*) filter (where actor = $1 and ended_at is null)::int as unfinished from batch.run_view where ${SINCE_HISTORY}`;
  const { rows } = await core.pool.query<{ runs: number; unfinished: number }>(text, [FIRST_RUN.actor]);
  const { runs = 0, unfinished = 0 } = rows[0] ?? {};
  if (runs > 0 && unfinished === 0) return undefined;
  return requestRun(core.deps, { trigger: 'MANUAL', recordDate: localDate(until) }, FIRST_RUN);
}

/**
 * Invents the nights before the demo's last one, where its records reach back far enough and nothing has happened in the database yet. Does nothing for a demo of so
 * many patients that the start would wait for it: `demo history` makes them. @returns what was made
 */
export async function ensureHistory({ url }: OpenDatabase, demo: DemoMark, options: HistoryOptions): Promise<HistorySummary | undefined> {
  if (demo.users > MAX_USERS_AT_START || nightsOf(demo.days) === 0 || !(await isLogEmpty(url))) return undefined;
  return makeHistory(url, options);
}

/** Has the slots that are due by now fired, and names the run that one of them asked for over the demo's last day. Undefined where none is due yet. */
export async function runOfLastSlot({ deps, pool }: Core, { until }: Pick<DemoMark, 'until'>): Promise<string | undefined> {
  const schedules = await deps.transaction((tx) => tx.schedules.all());
  for (const { scheduleId } of schedules) await fireDueSlots(deps, scheduleId);
  const text = `select run_id as "runId" from batch.run_view where record_date = $1 and slot is not null and ${SINCE_HISTORY} order by requested_at limit 1`;
  return (await pool.query<{ runId: string }>(text, [until])).rows[0]?.runId;
}

/** The most patients whose nights a first start invents by itself: some seconds. */
const MAX_USERS_AT_START = 2_000;

/** What was asked for since the history of the demo was made, or ever where there is none. */
const SINCE_HISTORY = `requested_at >= coalesce((select made_at from batch.demo_history), '-infinity')`;

/** Whether the nights before the demo's last one were invented and nothing was asked for since, at this start or by `demo history` before it. */
export function isAfterHistory({ url }: Pick<OpenDatabase, 'url'>): Promise<boolean> {
  return withClient({ url, name: 'start' }, async (client) => {
    const text = `select exists (select from batch.demo_history) and not exists (select from batch.run_view where ${SINCE_HISTORY}) as after`;
    return (await client.query<{ after: boolean }>(text)).rows[0]?.after === true;
  });
}

function isLogEmpty(url: string): Promise<boolean> {
  return withClient({ url, name: 'start' }, async (client) => {
    const { rows } = await client.query<{ some: boolean }>('select exists (select from batch.event_log) as some');
    return rows[0]?.some === false;
  });
}

async function patientsOf(url: string): Promise<Patients> {
  return withClient({ url, name: 'start' }, async (client): Promise<Patients> => {
    const { rows } = await client.query<{ users: number }>('select count(*)::int as users from public.auth_user');
    const users = rows[0]?.users ?? 0;
    if (users === 0) return { kind: 'none' };
    const demo = await readDemoMark(client);
    return demo === null ? { kind: 'users', users } : { kind: 'demo', demo, isNew: false };
  });
}
