import type { Pool } from 'pg';
import { ok, problem, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';
import { WRITTEN, READ, type NeededTable } from '../records/ibsafe-columns.js';

/** A right on a table of IBSafe's. */
interface NeededRight {
  readonly table: string;
  readonly privilege: 'select' | 'insert' | 'update';
  /** Columns that suffice; empty where it is the whole table. */
  readonly columns: readonly string[];
}

const columnsOf = ({ columns, readIfThere = [] }: NeededTable): string[] => [...Object.keys(columns), ...readIfThere];

/** Rights on IBSafe's tables, each needed where its table is there. docs/deploy/connecting.md has them as grants, and tests work with an account that has those alone. */
const NEEDED_RIGHTS: readonly NeededRight[] = [
  ...READ.map((needed) => ({ table: needed.table, privilege: 'select' as const, columns: columnsOf(needed) })),
  { table: 'ibsafe_batchschedule', privilege: 'select', columns: [] },
  ...(['select', 'insert', 'update'] as const).map((privilege) => ({ table: WRITTEN.table, privilege, columns: columnsOf(WRITTEN) })),
];

/** The right on the sequence of the interventions' ids. */
const NEEDED_SEQUENCE = 'usage';

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
export async function judgeIbsafeRights(pool: Pool): Promise<CheckResult> {
  const { rows: schema } = await pool.query<{ usable: boolean; role: string }>(SCHEMA);
  const { usable = false, role = '' } = schema[0] ?? {};
  if (!usable)
    return problem(
      tell('RIGHTS_LACKING', { rights: 'usage on schema public' }),
      tell('GRANT_AS_OWNER', { statement: `grant usage on schema public to ${role};` }),
    );
  const { rows } = await pool.query<{ lacking: string }>(LACKING, [JSON.stringify(NEEDED_RIGHTS)]);
  if (rows.length > 0) {
    const statement = rows.map(({ lacking }) => `grant ${lacking} to ${role};`).join(' ');
    const rights = rows.map(({ lacking }) => lacking);
    return problem(tell('RIGHTS_LACKING', { rights }), tell('GRANT_AS_OWNER_OF_IBSAFE', { statement }));
  }
  const hiding = await pool.query<{ table: string }>(HIDING, [[...new Set(NEEDED_RIGHTS.map(({ table }) => table))]]);
  if (hiding.rows.length === 0) return ok(tell('RIGHTS_FIT'));
  const tables = hiding.rows.map(({ table }) => table);
  return problem(tell('ROW_SECURITY', { tables }), tell('BYPASS_ROW_SECURITY', { role }));
}
