import type { Pool } from 'pg';
import { ok, problem, type Verdict } from './finding.js';
import { NEEDED_RIGHTS, NEEDED_SEQUENCE } from './needed-rights.js';
import { WRITTEN } from './ibsafe-columns.js';

const ROLE = 'select quote_ident(current_user) as role';
const SCHEMA = "select has_schema_privilege('public', 'usage') as usable, quote_ident(current_user) as role";

// A table that is not there is another finding: no right on it is asked for. Rights on every column that is used are as good as one on the table.
const LACKING = `select w.privilege || ' on public.' || w."table" as lacking
  from jsonb_to_recordset($1) as w ("table" text, privilege text, columns text[])
    join pg_class c on c.relname = w."table" and c.relnamespace = 'public'::regnamespace
  where not has_table_privilege(c.oid, w.privilege) and (w.columns = '{}' or exists (
    select from pg_attribute a where a.attrelid = c.oid and a.attname = any(w.columns) and not a.attisdropped
      and not has_column_privilege(c.oid, a.attnum, w.privilege)))
  union all
  select 'usage on sequence ' || s.name from (
    select pg_get_serial_sequence('public.${WRITTEN.table}', 'id') as name from pg_class where relname = '${WRITTEN.table}' and relnamespace = 'public'::regnamespace
  ) s where s.name is not null and not has_sequence_privilege(s.name, '${NEEDED_SEQUENCE}')`;

const HIDING = `select c.relname as "table" from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relname = any($1) and row_security_active(c.oid)`;

/** Whether the role may read what it reads of IBSafe's tables, sees all of it, and may write the one that it writes. */
export async function judgeIbsafeRights(pool: Pool): Promise<Verdict> {
  const { rows: schema } = await pool.query<{ usable: boolean; role: string }>(SCHEMA);
  const { usable = false, role = '' } = schema[0] ?? {};
  if (!usable) return problem('lacking: usage on schema public', `As its owner: grant usage on schema public to ${role};`);
  const { rows } = await pool.query<{ lacking: string }>(LACKING, [JSON.stringify(NEEDED_RIGHTS)]);
  if (rows.length > 0) {
    const grants = rows.map(({ lacking }) => `grant ${lacking} to ${role};`);
    return problem(`lacking: ${rows.map(({ lacking }) => lacking).join(', ')}`, `As the owner of IBSafe's tables: ${grants.join(' ')}`);
  }
  const hiding = await pool.query<{ table: string }>(HIDING, [[...new Set(NEEDED_RIGHTS.map(({ table }) => table))]]);
  if (hiding.rows.length === 0) return ok("IBSafe's tables can be read, and its interventions written");
  const tables = hiding.rows.map(({ table }) => table).join(', ');
  const found = `row security applies to this role on ${tables}: a run would pass by users without a word, and COPY is refused`;
  return problem(found, `As a superuser: alter role ${role} bypassrls; or as the owner a policy for it that lets every row through.`);
}

interface OwnRights {
  readonly database: string;
  readonly schema: boolean;
  readonly mayMakeSchema: boolean;
  readonly maySchema: boolean | null;
  readonly ownsLog: boolean | null;
  readonly logOwner: string | null;
  readonly lacking: string | null;
  readonly mayKnowCluster: boolean;
}

const OWN = `select quote_ident(current_database()) as database, n.oid is not null as schema,
    has_database_privilege(current_database(), 'create') as "mayMakeSchema", has_schema_privilege(n.oid, 'usage') and has_schema_privilege(n.oid, 'create') as "maySchema",
    pg_has_role(c.relowner, 'usage') as "ownsLog", quote_ident(pg_get_userbyid(c.relowner)) as "logOwner",
    (select min(t.relname) from pg_class t where t.relnamespace = n.oid and t.relkind in ('r', 'p', 'v')
      and not (has_table_privilege(t.oid, 'select') and (t.relkind = 'v' or (has_table_privilege(t.oid, 'insert') and has_table_privilege(t.oid, 'update'))))) as lacking,
    has_function_privilege('pg_catalog.pg_control_system()', 'execute') and has_function_privilege('pg_catalog.pg_walfile_name(pg_lsn)', 'execute') as "mayKnowCluster"
  from (select) one left join pg_namespace n on n.nspname = 'batch' left join pg_class c on c.relnamespace = n.oid and c.relname = 'event'`;

/** Whether the role may make schema `batch`, or use the one that is there. It must own the log: each month's first run makes that month's partition. */
export async function judgeOwnRights(pool: Pool): Promise<Verdict> {
  const role = (await pool.query<{ role: string }>(ROLE)).rows[0]?.role ?? '';
  const rights = (await pool.query<OwnRights>(OWN)).rows[0] as OwnRights;
  const { database, logOwner } = rights;
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
  if (rights.lacking !== null) {
    const advice = `As their owner: grant select, insert, update, delete on all tables in schema batch to ${role};`;
    return problem(`${role} may not use batch.${rights.lacking}`, advice);
  }
  if (!rights.mayKnowCluster) {
    const advice = `As a superuser: grant execute on function pg_control_system(), pg_walfile_name(pg_lsn), pg_current_wal_insert_lsn() to ${role};`;
    return problem(`${role} may not ask which cluster this is, and the log cannot tell whether it was moved`, advice);
  }
  return ok(`${role} may use schema batch`);
}
