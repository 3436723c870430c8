import type { Pool } from 'pg';
import { READ, WRITTEN } from './ibsafe-columns.js';
import { ok, problem, type Verdict } from './finding.js';

// A table that is not there is another finding: no right on it is asked for.
const LACKING = `with wanted (name, privilege) as (
    select 'public.' || name, 'select' from unnest($1::text[]) name union all select 'public.' || $2::text, unnest('{select,insert,update}'::text[])),
  sequence as (select pg_get_serial_sequence('public.' || $2::text, 'id') as name where to_regclass('public.' || $2::text) is not null)
  select privilege || ' on ' || name as lacking, quote_ident(current_user) as role from wanted
  where to_regclass(name) is not null and not has_table_privilege(to_regclass(name)::oid, privilege)
  union all
  select 'usage on sequence ' || name, quote_ident(current_user) from sequence where name is not null and not has_sequence_privilege(name, 'usage')`;

/** Whether the role may read what it reads of IBSafe's tables, and write the one that it writes. */
export async function judgeIbsafeRights(pool: Pool): Promise<Verdict> {
  const { rows } = await pool.query<{ lacking: string; role: string }>(LACKING, [READ.map(({ table }) => table), WRITTEN.table]);
  if (rows.length === 0) return ok("IBSafe's tables can be read, and its interventions written");
  const grants = rows.map(({ lacking, role }) => `grant ${lacking} to ${role};`);
  return problem(`lacking: ${rows.map(({ lacking }) => lacking).join(', ')}`, `As the owner of IBSafe's tables: ${grants.join(' ')}`);
}

interface OwnRights {
  readonly role: string;
  readonly database: string;
  readonly schema: boolean;
  readonly mayMakeSchema: boolean;
  readonly maySchema: boolean | null;
  readonly ownsLog: boolean | null;
  readonly logOwner: string | null;
}

const OWN = `select quote_ident(current_user) as role, quote_ident(current_database()) as database, n.oid is not null as schema,
    has_database_privilege(current_database(), 'create') as "mayMakeSchema", has_schema_privilege(n.oid, 'usage') and has_schema_privilege(n.oid, 'create') as "maySchema",
    pg_has_role(c.relowner, 'usage') as "ownsLog", quote_ident(pg_get_userbyid(c.relowner)) as "logOwner"
  from (select 1) one left join pg_namespace n on n.nspname = 'batch' left join pg_class c on c.relnamespace = n.oid and c.relname = 'event'`;

/** Whether the role may make schema \`batch\`, or use the one that is there. It must own the log: each month's first run makes that month's partition. */
export async function judgeOwnRights(pool: Pool): Promise<Verdict> {
  const { rows } = await pool.query<OwnRights>(OWN);
  const rights = rows[0] as OwnRights;
  const { role, database, logOwner } = rights;
  if (!rights.schema) {
    if (rights.mayMakeSchema) return ok(`${role} may make schema batch`);
    return problem(`${role} may not make schema batch`, `As the owner of the database: grant create on database ${database} to ${role};`);
  }
  if (rights.maySchema !== true)
    return problem(`${role} may not use schema batch`, `As its owner: grant usage, create on schema batch to ${role};`);
  if (rights.ownsLog === false) {
    // The first run of a month makes that month's partition, which only the owner may.
    const advice = `Connect as the role that made the migrations, or let this one act as it: grant ${String(logOwner)} to ${role};`;
    return problem(`batch.event belongs to ${String(logOwner)}, and ${role} is no member of it`, advice);
  }
  return ok(`${role} may use schema batch`);
}
