import type { Client } from 'pg';
import { DatabaseRefused, unusable, type Unusable } from '../database/refused.js';
import { IBSAFE } from '../records/ibsafe-names.js';
import { statementForIds } from '../records/sequence-for-ids.js';

/** The oldest PostgreSQL that is worked on: the log orders itself by 64-bit transaction ids. */
export const OLDEST_POSTGRES = 14;

interface Fitness {
  readonly major: number;
  readonly version: string;
  readonly encoding: string;
  readonly isStandby: boolean;
  readonly replicationRole: string;
  readonly hasSchema: boolean;
  readonly mayCreate: boolean;
  readonly role: string;
  readonly database: string;
  /** IBSafe's tables of which a policy may hide rows from this role. */
  readonly hidden: readonly string[] | null;
  /** Whether the table of interventions is there and takes its ids from no sequence. */
  readonly lacksIds: boolean;
}

// Not to_regclass, which is an error for a role that may not use schema public: that is another finding.
const FITNESS = `with ibsafe as (
    select c.oid, 'public.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and 'public.' || c.relname = any($1::text[]))
  select current_setting('server_version_num')::int / 10000 as major, current_setting('server_version') as version,
    current_setting('server_encoding') as encoding, pg_is_in_recovery() as "isStandby", current_setting('session_replication_role') as "replicationRole",
    exists (select from pg_namespace where nspname = 'batch') as "hasSchema", has_database_privilege(current_database(), 'create') as "mayCreate",
    quote_ident(current_user) as role, quote_ident(current_database()) as database,
    (select array_agg(name order by name) from ibsafe where row_security_active(oid)) as hidden,
    exists (select from ibsafe i where i.name = $2 and not exists (
      select from pg_depend d join pg_class s on d.classid = 'pg_class'::regclass and s.oid = d.objid and s.relkind = 'S'
        join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid and a.attname = 'id'
      where d.refobjid = i.oid)) as "lacksIds"`;

/**
 * Looks whether a database of yours can be worked on at all, before anything is made or written there: what cannot is told in a sentence now, instead of
 * a night later. @throws DatabaseRefused
 */
export async function refuseUnfit(client: Pick<Client, 'query'>): Promise<void> {
  const { rows } = await client.query<Fitness>(FITNESS, [Object.values(IBSAFE), IBSAFE.interventions]);
  const found = rows[0] && (unfit(rows[0]) ?? (rows[0].lacksIds ? await withoutIds(client) : undefined));
  if (found !== undefined) throw new DatabaseRefused(unusable('UNTOUCHED', { sentence: found.said }));
}

/** What keeps the service from working there, and what to do about it; undefined when nothing does. */
function unfit(found: Fitness): Unusable | undefined {
  const { major, version, encoding, isStandby, replicationRole, hasSchema, mayCreate, role, database, hidden } = found;
  if (major < OLDEST_POSTGRES) return unusable('SERVER_TOO_OLD', { version, oldest: OLDEST_POSTGRES });
  if (encoding !== 'UTF8') return unusable('NOT_UTF8', { database, encoding });
  if (isStandby) return unusable('STANDBY');
  if (replicationRole !== 'origin') return unusable('REPLICATION_ROLE', { role, found: replicationRole });
  if (!hasSchema && !mayCreate) return unusable('MAY_NOT_CREATE', { role, database });
  if (hidden !== null) return unusable('ROWS_HIDDEN', { tables: hidden, role });
  return undefined;
}

async function withoutIds(client: Pick<Client, 'query'>): Promise<Unusable> {
  return unusable('NO_SEQUENCE', { table: IBSAFE.interventions, statement: await statementForIds(client) });
}
