import type { Pool } from 'pg';
import { asTyped } from '../base/as-typed.js';
import type { Config } from '../config/config.js';
import { IBSAFE } from '../records/ibsafe-names.js';
import { findingOf, look, ok, problem, warning, type Finding, type CheckResult } from './finding.js';
import { vocabularyOf } from '../domain/said.js';

/** What the doctor says of a database that was restored. The words are in `data/codes`, group `Restored`. */
export const RESTORED = vocabularyOf('Restored', {
  EARLIER_RELEASE: [],
  MIGRATE_FIRST: ['command'],
  ROLES: [],
  ROLES_ABSENT: ['roles'],
  MAKE_ROLES: ['command'],
  NEW_ERA: ['era'],
  IN_ERA: ['era'],
  HIDDEN: [],
  WAIT_FOR_READERS: [],
  MONTHS: [],
  MONTHS_LACKING: ['months'],
  FIND_MONTHS: [],
  LOG_ENDS_AT: ['time'],
  LOG_EMPTY: [],
  ONE_MOMENT: ['log'],
  ROWS_LOST: ['log', 'count'],
  WRITE_ROWS_ANEW: ['command'],
  ROWS_LATER: ['log', 'count'],
  ROWS_STAY: [],
  NO_LEASE: ['processes'],
  LEASES: ['chunks', 'seconds'],
  SLOTS_AHEAD: ['count'],
  NO_SCHEDULE: [],
  SLOTS: ['schedules', 'hours'],
  RUNS: ['runs'],
  RUNS_PAUSED: ['runs', 'paused', 'run'],
  RESUME_OR_CANCEL: ['resume', 'cancel'],
  JOBS_MONGODB: [],
  SYNC_JOBS: ['command'],
  NO_JOB_LOCKED: [],
  JOBS_LOCKED: ['jobs'],
  NO_MESSAGE: [],
  MESSAGES: ['count'],
  MESSAGES_GO_OUT: ['command'],
  SET_CLOCK: [],
  NOBODY_KNOWN: [],
  ERASED_LATER: ['log'],
  ERASE_AGAIN: ['command'],
});

const { tell } = RESTORED;

/** What a restore brings along that was true elsewhere or earlier: what becomes of it by itself, and what must be done. To be asked before the first start. */
const QUESTIONS: readonly { readonly check: string; readonly judge: (pool: Pool, config: Config) => Promise<CheckResult> }[] = [
  { check: 'after restore: roles', judge: judgeRoles },
  { check: 'after restore: order of the log', judge: judgeOrder },
  { check: 'after restore: months of the log', judge: judgeMonths },
  { check: 'after restore: IBSafe and log', judge: judgeOneMoment },
  { check: 'after restore: erasures', judge: judgeErasures },
  { check: 'after restore: leases', judge: judgeLeases },
  { check: 'after restore: slots', judge: judgeSlots },
  { check: 'after restore: runs', judge: judgeRuns },
  { check: 'after restore: jobs', judge: judgeJobs },
  { check: 'after restore: alerts', judge: judgeAlerts },
];

/** What these findings are called. */
export const RESTORE_CHECKS: readonly string[] = ['after restore', ...QUESTIONS.map(({ check }) => check)];

/** Says what is to be done about a database that was restored. Changes nothing. @throws nothing: what cannot be looked at is a finding */
export async function afterRestore(pool: Pool, config: Config): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { check, judge } of QUESTIONS) findings.push(await look(check, () => judge(pool, config)));
  return findings;
}

async function one<T extends object>(pool: Pool, text: string, values: readonly unknown[] = []): Promise<T> {
  return (await pool.query<T>(text, [...values])).rows[0] as T;
}

/** A dump of one database has no roles in it. */
async function judgeRoles(pool: Pool): Promise<CheckResult> {
  const { absent } = await one<{ absent: string[] | null }>(
    pool,
    'select array_agg(s.name order by s.name) as absent from batch.service_role s where not exists (select from pg_roles r where r.rolname = s.name)',
  );
  if (absent === null) return ok(tell('ROLES'));
  return warning(tell('ROLES_ABSENT', { roles: absent }), tell('MAKE_ROLES', { command: asTyped('migrate --service-role batch_service') }));
}

async function judgeOrder(pool: Pool): Promise<CheckResult> {
  const text = `select e.era, e.cluster = batch.this_cluster() as "isHere",
      (select xid >= batch.log_horizon() from batch.event_log order by xid desc, position desc limit 1) as hidden
    from batch.log_era e order by e.era desc limit 1`;
  const { era, isHere, hidden } = await one<{ era: number; isHere: boolean; hidden: boolean | null }>(pool, text);
  if (!isHere) return ok(tell('NEW_ERA', { era: era + 1 }));
  return hidden === true ? warning(tell('HIDDEN'), tell('WAIT_FOR_READERS')) : ok(tell('IN_ERA', { era }));
}

async function judgeMonths(pool: Pool): Promise<CheckResult> {
  const text = `select array_agg(distinct to_char(r.run_month, 'YYYY-MM')) as months from batch.run_view r
    where to_regclass('batch.event_' || to_char(r.run_month, 'YYYY_MM')) is null and r.run_month not in (select month from batch.let_go_month)`;
  const { months } = await one<{ months: string[] | null }>(pool, text);
  if (months === null) return ok(tell('MONTHS'));
  return warning(tell('MONTHS_LACKING', { months }), tell('FIND_MONTHS'));
}

/** IBSafe's tables and the log belong to one backup. */
async function judgeOneMoment(pool: Pool): Promise<CheckResult> {
  const text = `with log as (select recorded_at as until from batch.event_log order by xid desc, position desc limit 1)
    select (select until from log) as until,
      (select count(*)::int from ${IBSAFE.interventions} i where i.created_at > (select until from log)) as later,
      (select count(*)::int from batch.event o where o.type = 'InterventionGenerated' and o.recorded_at > (select until from log) - interval '2 days'
        and o.data->>'interventionId' is not null and not exists (select from ${IBSAFE.interventions} i where i.id = (o.data->>'interventionId')::bigint)) as lost`;
  const { until, later, lost } = await one<{ until: Date | null; later: number; lost: number }>(pool, text);
  const log = until === null ? tell('LOG_EMPTY') : tell('LOG_ENDS_AT', { time: until.toISOString() });
  const command = asTyped('run --date <day> --on-existing regenerate');
  if (lost > 0) return warning(tell('ROWS_LOST', { log, count: lost }), tell('WRITE_ROWS_ANEW', { command }));
  if (later > 0) return warning(tell('ROWS_LATER', { log, count: later }), tell('ROWS_STAY'));
  return ok(tell('ONE_MOMENT', { log }));
}

/** A backup holds the persons that were erased since, and nothing in it can say which they are. */
async function judgeErasures(pool: Pool): Promise<CheckResult> {
  const { until } = await one<{ until: Date | null }>(
    pool,
    `select max(e.recorded_at) as until from (select recorded_at from batch.event_log order by xid desc, position desc limit 1) e where exists (select from batch.subject)`,
  );
  if (until === null) return ok(tell('NOBODY_KNOWN'));
  const log = tell('LOG_ENDS_AT', { time: until.toISOString() });
  return warning(tell('ERASED_LATER', { log }), tell('ERASE_AGAIN', { command: asTyped('erase --user <id>') }));
}

async function judgeLeases(pool: Pool): Promise<CheckResult> {
  const text = `select count(*) filter (where lease_until > now())::int as chunks, coalesce(ceil(extract(epoch from max(lease_until) - now())), 0)::int as seconds,
    (select count(*)::int from batch.worker where stopped_at is null) as processes from batch.chunk_work where owner is not null and not done`;
  const { chunks, processes, seconds } = await one<{ chunks: number; processes: number; seconds: number }>(pool, text);
  return ok(chunks === 0 ? tell('NO_LEASE', { processes }) : tell('LEASES', { chunks, seconds }));
}

async function judgeSlots(pool: Pool): Promise<CheckResult> {
  const text = `select (select count(*)::int from batch.slot where coalesce(through, slot) > clock_timestamp()) as ahead,
    (select count(*)::int from batch.schedule_view where status = 'ACTIVE') as schedules,
    (select round(extract(epoch from clock_timestamp() - recorded_at) / 3600)::int from batch.event_log order by xid desc, position desc limit 1) as hours`;
  const { ahead, schedules, hours } = await one<{ ahead: number; schedules: number; hours: number | null }>(pool, text);
  if (ahead > 0) return warning(tell('SLOTS_AHEAD', { count: ahead }), tell('SET_CLOCK'));
  return ok(schedules === 0 ? tell('NO_SCHEDULE') : tell('SLOTS', { schedules, hours: hours ?? 0 }));
}

async function judgeRuns(pool: Pool): Promise<CheckResult> {
  const text = `select count(*) filter (where status = 'PAUSED')::int as paused, count(*) filter (where status <> 'PAUSED')::int as runs,
    (array_agg(run_id order by requested_at) filter (where status = 'PAUSED'))[1] as run from batch.run_view where ended_at is null`;
  const { paused, runs, run } = await one<{ paused: number; runs: number; run: string | null }>(pool, text);
  if (run === null) return ok(tell('RUNS', { runs }));
  const [resume, cancel] = [`${asTyped('resume')} ${run}`, `${asTyped('cancel')} ${run}`];
  return warning(tell('RUNS_PAUSED', { runs, paused, run }), tell('RESUME_OR_CANCEL', { resume, cancel }));
}

async function judgeJobs(pool: Pool, { MONGODB_URL: mongo }: Config): Promise<CheckResult> {
  if (mongo !== undefined) return warning(tell('JOBS_MONGODB'), tell('SYNC_JOBS', { command: asTyped('schedule sync') }));
  const { jobs } = await one<{ jobs: number }>(pool, 'select count(*)::int as jobs from batch.agenda_jobs where locked_at is not null');
  return ok(jobs === 0 ? tell('NO_JOB_LOCKED') : tell('JOBS_LOCKED', { jobs }));
}

async function judgeAlerts(pool: Pool): Promise<CheckResult> {
  const { count } = await one<{ count: number }>(pool, "select count(*)::int as count from batch.alert_delivery where state = 'WAITING'");
  if (count === 0) return ok(tell('NO_MESSAGE'));
  return warning(tell('MESSAGES', { count }), tell('MESSAGES_GO_OUT', { command: asTyped('alert list') }));
}

/** What stands in place of all questions where the schema is of another release. */
export function notMigrated(): Finding {
  return findingOf('after restore', problem(tell('EARLIER_RELEASE'), tell('MIGRATE_FIRST', { command: asTyped('migrate') })));
}
