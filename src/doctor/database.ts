import type { Pool } from 'pg';
import { asTyped } from '../as-typed.js';
import { MIGRATIONS, pendingMigrations } from '../migrations/migrate.js';
import { OLDEST_POSTGRES } from '../migrations/refuse-unfit.js';
import { ok, problem, warning, type Verdict } from './finding.js';

/** A difference of clocks (s) from which leases, slots and times in the log disagree noticeably. */
const SKEW_S = 5;

/** Whether the server answers, and is one that the service can work on. */
export async function judgeServer(pool: Pool): Promise<Verdict> {
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
  if (row === undefined) return problem('the server gave no answer', 'Look at its log.');
  const found = `PostgreSQL ${row.version}, database ${row.name}, ${row.encoding}`;
  if (row.major < OLDEST_POSTGRES)
    return problem(found, `Move to PostgreSQL ${OLDEST_POSTGRES} or newer: the log orders itself by 64-bit transaction ids.`);
  if (row.encoding !== 'UTF8')
    return problem(found, 'Create the database anew with ENCODING UTF8: Korean advice cannot be kept in another.');
  if (row.standby) return problem(`${found}, a standby that takes no writes`, 'Name the primary server in DATABASE_URL.');
  if (row.readOnly)
    return problem(
      `${found}, which takes no writes (default_transaction_read_only)`,
      `Set it off: alter database ${row.name} reset default_transaction_read_only; or for the role, or for the server.`,
    );
  return ok(found);
}

/** Compares the database's clock with this machine's, at the middle of a round trip. */
export async function judgeClock(pool: Pool, clock: () => number = Date.now): Promise<Verdict> {
  await pool.query('select 1'); // the connection is made by now, so that the round trip is short
  const before = clock();
  const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now');
  const middle = (before + clock()) / 2;
  const skewS = ((rows[0]?.now.getTime() ?? Number.NaN) - middle) / 1_000;
  const found = `the database's clock is ${Math.abs(skewS).toFixed(1)} s ${skewS < 0 ? 'behind' : 'ahead of'} this machine's`;
  if (Math.abs(skewS) <= SKEW_S) return ok(found);
  return warning(found, 'Let both set their clocks by NTP (timedatectl set-ntp true).');
}

/** Which migrations are missing. Changes nothing, where the migrator by itself would make its own table. */
export async function judgeMigrations(pool: Pool, url: string): Promise<Verdict> {
  const advice = `Run "${asTyped('migrate')}" (or start the service, which does it first).`;
  const { rows } = await pool.query<{ made: boolean }>("select to_regclass('batch.migration') is not null as made");
  if (rows[0]?.made !== true) return problem('none of the migrations was made here', advice);
  const pending = await pendingMigrations(url);
  if (pending.length > 0) return problem(`missing: ${pending.join(', ')}`, advice);
  return ok(`all ${MIGRATIONS.length} made`);
}
