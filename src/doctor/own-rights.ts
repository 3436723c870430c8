import type { Pool } from 'pg';
import { asTyped } from '../base/as-typed.js';
import { OWNERS_FUNCTIONS, ownTables, rightsOn } from '../migrations/service-rights.js';
import { ok, problem, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

interface OwnRights {
  readonly role: string;
  readonly database: string;
  readonly schema: boolean;
  readonly mayMakeSchema: boolean;
  readonly mayUse: boolean | null;
  readonly mayMake: boolean | null;
  readonly ownsLog: boolean | null;
  readonly logOwner: string | null;
  /** Functions by which a role that does not own the log writes there, and that it may not call so. */
  readonly closed: readonly string[] | null;
  readonly mayKnowCluster: boolean;
}

const OWN = `select quote_ident(current_user) as role, quote_ident(current_database()) as database, n.oid is not null as schema,
    has_database_privilege(current_database(), 'create') as "mayMakeSchema", has_schema_privilege(n.oid, 'usage') as "mayUse", has_schema_privilege(n.oid, 'create') as "mayMake",
    pg_has_role(c.relowner, 'usage') as "ownsLog", quote_ident(pg_get_userbyid(c.relowner)) as "logOwner",
    (select array_agg(distinct p.proname::text) from pg_proc p
      where p.pronamespace = n.oid and p.proname = any($1) and not (p.prosecdef and has_function_privilege(p.oid, 'execute'))) as closed,
    has_function_privilege('pg_catalog.pg_control_system()', 'execute') and has_function_privilege('pg_catalog.pg_walfile_name(pg_lsn)', 'execute') as "mayKnowCluster"
  from (select) one left join pg_namespace n on n.nspname = 'batch' left join pg_class c on c.relnamespace = n.oid and c.relname = 'event'`;

/**
 * Whether the role may make schema `batch`, or use the one that is there: as its owner, or as a role of the service that was given the documented rights. Which of these it
 * lacks is told one by one.
 */
export async function judgeOwnRights(pool: Pool): Promise<CheckResult> {
  const rights = (await pool.query<OwnRights>(OWN, [OWNERS_FUNCTIONS])).rows[0] as OwnRights;
  const { role, database, ownsLog, logOwner, mayUse, mayMake } = rights;
  if (!rights.schema) {
    if (rights.mayMakeSchema) return ok(tell('MAY_MAKE_SCHEMA', { role }));
    return problem(
      tell('MAY_NOT_MAKE_SCHEMA', { role }),
      tell('GRANT_AS_OWNER_OF_DATABASE', { statement: `grant create on database ${database} to ${role};` }),
    );
  }
  if (mayUse !== true || (ownsLog !== false && mayMake !== true))
    return problem(
      tell('MAY_NOT_USE_SCHEMA', { role }),
      tell('GRANT_AS_OWNER', { statement: `grant usage, create on schema batch to ${role};` }),
    );
  const hidden = await judgeOwnRows(pool);
  if (hidden !== undefined) return hidden;
  const lacking = ownsLog === false ? await judgeServiceRole(pool, rights) : undefined;
  if (lacking !== undefined) return lacking;
  if (!rights.mayKnowCluster) {
    const statement = `grant execute on function pg_control_system(), pg_walfile_name(pg_lsn), pg_current_wal_insert_lsn() to ${role};`;
    return problem(tell('MAY_NOT_KNOW_CLUSTER', { role }), tell('GRANT_AS_SUPERUSER', { statement }));
  }
  return ok(ownsLog === false ? tell('WORKS_ON_SCHEMA', { role, owner: String(logOwner) }) : tell('MAY_USE_SCHEMA', { role }));
}

/** Tables of schema batch on which row security was turned on: every statement there is refused, whatever a policy lets through, because a session of ours wants all rows or none. */
async function judgeOwnRows(pool: Pool): Promise<CheckResult | undefined> {
  const { rows } = await pool.query<{ name: string }>(
    `select 'batch.' || quote_ident(relname) as name from pg_class
      where relnamespace = to_regnamespace('batch') and relkind in ('r', 'p') and row_security_active(oid) order by relname`,
  );
  if (rows.length === 0) return undefined;
  const statement = rows.map(({ name }) => `alter table ${name} disable row level security;`).join(' ');
  return problem(tell('OWN_ROW_SECURITY', { tables: rows.map(({ name }) => name) }), tell('END_OWN_ROW_SECURITY', { statement }));
}

/** What a role that does not own the log lacks. */
async function judgeServiceRole(pool: Pool, { role, logOwner, closed }: OwnRights): Promise<CheckResult | undefined> {
  const owner = String(logOwner);
  const command = asTyped(`migrate --service-role ${role}`);
  if (closed !== null) {
    const functions = closed.map((name) => `batch.${name}`);
    return problem(
      tell('MAY_NOT_CALL', { owner, role, functions }),
      tell('ACT_AS_OWNER', { owner, command, statement: `grant ${owner} to ${role};` }),
    );
  }
  const wanted = (await ownTables(pool)).flatMap((table) => rightsOn(table).map((right) => ({ name: table.name, right })));
  const text = `select w."right" || ' on batch.' || w.name as lacking from jsonb_to_recordset($1) as w (name text, "right" text)
    where not has_table_privilege('batch.' || quote_ident(w.name), w."right")`;
  const { rows } = await pool.query<{ lacking: string }>(text, [JSON.stringify(wanted)]);
  if (rows.length === 0) return undefined;
  const grants = rows.map(({ lacking }) => `grant ${lacking} to ${role};`).join(' ');
  return problem(
    tell('RIGHTS_LACKING', { rights: rows.map((row) => row.lacking) }),
    tell('GRANT_FOR_SERVICE', { owner, command, statement: grants }),
  );
}
