import { escapeIdentifier, type Client } from 'pg';

/**
 * Functions that act with the rights of the schema's owner, whatever role calls them: they append to the log, write its heads, note the cluster it is in, make its partitions, give persons their subjects and erase them, seal orders under keys and compare with them, and drop a month that the log says is archived. No other role can.
 * Their search path is fixed, so that a caller cannot lend a name of theirs another meaning.
 */
export const OWNERS_FUNCTIONS = [
  'append',
  'ensure_partition',
  'enter_era',
  'drop_month',
  'let_month_go',
  'write_head',
  'know_subjects',
  'erase_person',
  'seal_order',
  'is_order',
] as const;

const SEARCH_PATH = 'pg_catalog, pg_temp';

/** A right on a table of schema `batch`. */
export type TableRight = 'select' | 'insert' | 'update' | 'delete';

/** A table or view of schema `batch`, but for the months of the log. */
export interface OwnTable {
  readonly name: string;
  readonly isView: boolean;
  /** Whether triggers of its own refuse every change of a row. */
  readonly isAppendOnly: boolean;
}

/** Tables that only the owner writes, by itself or through its functions. */
const READ_ONLY = new Set([
  'event_log',
  'subject',
  'operator_text',
  'log_rewrite',
  'event_link',
  'log_head',
  'log_era',
  'migration',
  'program_level',
  'service_role',
  'demo_history',
]);

/** Tables that only functions of the owner's read. */
const UNREAD = new Set(['idempotency_secret']);

/** What the service may do with a table of schema `batch`, and no more. */
export function rightsOn({ name, isView, isAppendOnly }: OwnTable): readonly TableRight[] {
  if (UNREAD.has(name)) return [];
  if (isView || READ_ONLY.has(name)) return ['select'];
  return isAppendOnly ? ['select', 'insert'] : ['select', 'insert', 'update', 'delete'];
}

// By the triggers: a table that takes no change needs no right to one, and a new table of that kind is known without being listed.
const TABLES = `select c.relname as name, c.relkind in ('v', 'm') as "isView", exists (
    select from pg_trigger t join pg_proc p on p.oid = t.tgfoid where t.tgrelid = c.oid and not t.tgisinternal and p.proname like 'refuse\\_%') as "isAppendOnly"
  from pg_class c where c.relnamespace = to_regnamespace('batch') and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition order by 1`;

/** The tables of schema `batch`. */
export async function ownTables(client: Pick<Client, 'query'>): Promise<readonly OwnTable[]> {
  return (await client.query<OwnTable>(TABLES)).rows;
}

const FUNCTIONS = `select p.oid::regprocedure::text as signature,
    p.prosecdef and p.proconfig = array['search_path=${SEARCH_PATH}'] and not exists (select from aclexplode(p.proacl) a where a.grantee = 0) and p.proacl is not null as "isGuarded"
  from pg_proc p where p.pronamespace = to_regnamespace('batch') and p.proname = any($1) order by 1`;

/** A migration that replaces one of these functions takes its guard off: so it is looked at after each. */
export async function guardOwnersFunctions(client: Pick<Client, 'query'>): Promise<boolean> {
  const { rows } = await client.query<{ signature: string; isGuarded: boolean }>(FUNCTIONS, [OWNERS_FUNCTIONS]);
  const open = rows.filter(({ isGuarded }) => !isGuarded).map(({ signature }) => signature);
  for (const signature of open) {
    await client.query(`alter function ${signature} security definer set search_path = ${SEARCH_PATH}`);
    await client.query(`revoke execute on function ${signature} from public`);
  }
  return open.length > 0;
}

// Roles that came with a dump, and are not here.
const ROLES = 'select s.name from batch.service_role s join pg_roles r on r.rolname = s.name order by 1';
// An identity takes its numbers without a right on its sequence; what a library made as "serial" does not.
const SEQUENCES = `select s.oid::regclass::text as name from pg_class s join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass and d.deptype = 'a'
  where s.relnamespace = to_regnamespace('batch') and s.relkind = 'S'`;

const LACKING = `select exists (select from (${ROLES}) r where not has_schema_privilege(r.name, 'batch', 'usage')
    or exists (select from jsonb_to_recordset($1) as w (name text, "right" text) where not has_table_privilege(r.name, 'batch.' || quote_ident(w.name), w."right"))
    or exists (select from (${SEQUENCES}) s where not has_sequence_privilege(r.name, s.name, 'usage'))
    or exists (select from pg_proc p where p.pronamespace = to_regnamespace('batch') and p.proname = any($2) and not has_function_privilege(r.name, p.oid, 'execute'))) as lacks`;

/** Whether a role of the service lacks one of the documented rights on schema `batch`. */
export async function lackServiceRights(client: Pick<Client, 'query'>): Promise<boolean> {
  const wanted = (await ownTables(client)).flatMap((table) => rightsOn(table).map((right) => ({ name: table.name, right })));
  return (await client.query<{ lacks: boolean }>(LACKING, [JSON.stringify(wanted), OWNERS_FUNCTIONS])).rows[0]?.lacks === true;
}

/** Gives each role of the service the documented rights on schema `batch`, and takes all others away. To be called as the owner. */
export async function grantServiceRights(client: Pick<Client, 'query'>): Promise<void> {
  const roles = (await client.query<{ name: string }>(ROLES)).rows.map(({ name }) => escapeIdentifier(name));
  if (roles.length === 0) return;
  const tables = await ownTables(client);
  const functions = (await client.query<{ signature: string }>(FUNCTIONS, [OWNERS_FUNCTIONS])).rows.map(({ signature }) => signature);
  const sequences = (await client.query<{ name: string }>(SEQUENCES)).rows.map(({ name }) => name);
  const statements = roles.flatMap((role) => [
    `revoke all on schema batch from ${role}`,
    `revoke all on all tables in schema batch from ${role}`,
    `grant usage on schema batch to ${role}`,
    ...tables
      .filter((table) => rightsOn(table).length > 0)
      .map((table) => `grant ${rightsOn(table).join(', ')} on batch.${escapeIdentifier(table.name)} to ${role}`),
    ...sequences.map((name) => `grant usage on sequence ${name} to ${role}`),
    ...functions.map((signature) => `grant execute on function ${signature} to ${role}`),
  ]);
  await client.query(['begin', ...statements, 'commit'].join('; '));
}
