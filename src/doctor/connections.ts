import type { Pool } from 'pg';
import type { Config } from '../config/config.js';
import { mostConnections } from '../database/pool-sizes.js';
import { ok, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

interface Limit {
  /** What sets it. */
  readonly by: 'ROLE' | 'DATABASE' | 'SERVER';
  /** Of the role or database, quoted where it must be. */
  readonly name: string;
  readonly most: number;
}

// Of the role that logged in: one that was taken on afterwards counts nowhere. A superuser is bound by the server's limit alone.
const LIMITS = `select "by", name, most from (
    select 'ROLE' as "by", quote_ident(rolname) as name, rolconnlimit as most from pg_roles where rolname = session_user and not rolsuper
    union all
    select 'DATABASE', quote_ident(datname), datconnlimit from pg_database, pg_roles where datname = current_database() and rolname = session_user and not rolsuper
    union all
    select 'SERVER', '', current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
      - coalesce(current_setting('reserved_connections', true), '0')::int
  ) limits where most >= 0 order by most limit 1`;

/** Whether as many connections are let in as one process of the service holds at most. How many others hold is looked at by the server alone, at each one. */
export async function judgeConnections(config: Config, pool: Pool): Promise<CheckResult> {
  const lanes = config.WORKER_LANES;
  const needed = mostConnections(lanes, config.MONGODB_URL === undefined);
  const { rows } = await pool.query<Limit>(LIMITS);
  const least = rows[0];
  if (least === undefined || least.most >= needed) return ok(tell('CONNECTIONS_FIT', { needed, lanes }));
  const { by, name, most } = least;
  const found = tell('CONNECTIONS_FEW', {
    holder: by === 'SERVER' ? tell('LIMIT_OF_SERVER') : tell(by === 'ROLE' ? 'LIMIT_OF_ROLE' : 'LIMIT_OF_DATABASE', { name }),
    most,
    needed,
    lanes,
  });
  return warning(found, tell('RAISE_LIMIT', { statement: raised(least, most + needed) }));
}

function raised({ by, name }: Limit, to: number): string {
  return by === 'SERVER' ? `alter system set max_connections = ${to};` : `alter ${by.toLowerCase()} ${name} connection limit ${to};`;
}
