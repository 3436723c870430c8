import type { Pool } from 'pg';
import { asTyped } from '../base/as-typed.js';
import { pendingMigrations } from '../migrations/migrate.js';
import { MIGRATIONS } from '../migrations/migrations.js';
import { outgrown } from '../migrations/program-level.js';
import { OLDEST_POSTGRES } from '../migrations/refuse-unfit.js';
import { ok, problem, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** A difference of clocks (s) from which leases, slots and times in the log disagree noticeably. */
const SKEW_S = 5;

/** Whether the server answers, and is one that the service can work on. */
export async function judgeServer(pool: Pool): Promise<CheckResult> {
  const text = `select current_setting('server_version_num')::int / 10000 as major, current_setting('server_version') as version,
    current_setting('server_encoding') as encoding, current_database() as name, pg_is_in_recovery() as standby,
    current_setting('default_transaction_read_only') = 'on' as "readOnly"`;
  const { rows } = await pool.query<{
    major: number;
    version: string;
    encoding: string;
    name: string;
    standby: boolean;
    readOnly: boolean;
  }>(text);
  const [row] = rows;
  if (row === undefined) return problem(tell('SERVER_SILENT'), tell('LOOK_AT_SERVER_LOG'));
  const { version, name, encoding } = row;
  const found = tell('SERVER_IS', { version, name, encoding });
  if (row.major < OLDEST_POSTGRES) return problem(found, tell('MOVE_TO_NEWER', { oldest: OLDEST_POSTGRES }));
  if (encoding !== 'UTF8') return problem(found, tell('CREATE_IN_UTF8'));
  if (row.standby) return problem(tell('SERVER_IS_STANDBY', { server: found }), tell('NAME_THE_PRIMARY'));
  if (row.readOnly) return problem(tell('SERVER_READ_ONLY', { server: found }), tell('LET_IT_WRITE', { name }));
  return ok(found);
}

/** Compares the database's clock with this machine's, at the middle of a round trip. */
export async function judgeClock(pool: Pool, clock: () => number = Date.now): Promise<CheckResult> {
  await pool.query('select 1'); // the connection is made by now, so that the round trip is short
  const before = clock();
  const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now');
  const middle = (before + clock()) / 2;
  const skewS = ((rows[0]?.now.getTime() ?? Number.NaN) - middle) / 1_000;
  const found = tell(skewS < 0 ? 'CLOCK_BEHIND' : 'CLOCK_AHEAD', { seconds: Math.abs(skewS).toFixed(1) });
  if (Math.abs(skewS) <= SKEW_S) return ok(found);
  return warning(found, tell('SET_CLOCKS'));
}

/** Which migrations are missing. */
export async function judgeMigrations(pool: Pool): Promise<CheckResult> {
  const advice = tell('RUN_MIGRATE', { command: asTyped('migrate') });
  const { rows } = await pool.query<{ made: boolean }>("select to_regclass('batch.migration') is not null as made");
  if (rows[0]?.made !== true) return problem(tell('MIGRATIONS_NONE'), advice);
  const newer = await outgrown(pool);
  if (newer !== undefined) return problem(tell('SCHEMA_OUTGROWN', { ...newer }), tell('START_NEWER_RELEASE'));
  const pending = await pendingMigrations(pool);
  if (pending.length > 0) return problem(tell('MIGRATIONS_MISSING', { names: pending }), advice);
  return ok(tell('MIGRATIONS_MADE', { count: MIGRATIONS.length }));
}
