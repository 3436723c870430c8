import type { Pool } from 'pg';
import { asTyped } from '../as-typed.js';
import { findIndexes } from '../records/record-indexes/find-indexes.js';
import { concurrentIndexSql } from '../records/record-indexes/wanted-indexes.js';
import { READ, WRITTEN, type ColumnType } from './ibsafe-columns.js';
import { ok, problem, warning, type Verdict } from './finding.js';

const TEXTS = new Set(['varchar', 'bpchar', 'text']);

/** Whether IBSafe's tables have the columns that are read and written, of the types that are expected. */
export async function judgeTables(pool: Pool): Promise<Verdict> {
  const needed = [WRITTEN, ...READ];
  const there = await columnsOf(pool, needed.map(({ table }) => table)); // prettier-ignore
  const missing: string[] = [];
  for (const { table, columns } of needed) {
    if (![...there.keys()].some((name) => name.startsWith(`${table}.`))) missing.push(`table ${table}`);
    else for (const [column, type] of Object.entries(columns)) missing.push(...faultOf(`${table}.${column}`, type, there));
  }
  if (missing.length === 0) return (await judgeWrites(pool)) ?? ok(`${needed.length} tables with every column that is read or written`);
  const advice = "Let DATABASE_URL name IBSafe's own database, and bring its migrations up to date (python manage.py migrate).";
  return problem(`missing or of another type: ${missing.join(', ')}`, advice);
}

// Not by name, which would ask for a right on the schema: that is another finding.
const WRITTEN_OID = `(select oid from pg_class where relname = '${WRITTEN.table}' and relnamespace = 'public'::regnamespace)`;

// A column that the app added since and that every row must have, or a key that is gone by which a row finds the one that is there.
const UNFIT = `select a.attname as "column" from pg_attribute a
  where a.attrelid = ${WRITTEN_OID} and a.attnum > 0 and not a.attisdropped and a.attnotnull and not a.atthasdef and a.attidentity = ''
    and a.attgenerated = '' and not a.attname = any($1)
  union all
  select 'unique (user_id, record_date, gubun)' where not exists (select from pg_index i
    where i.indrelid = ${WRITTEN_OID} and i.indisunique and i.indisvalid and i.indpred is null and i.indnkeyatts = 3
      and (select array_agg(a.attname::text order by a.attname) from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any(i.indkey::int2[]))
        = '{gubun,record_date,user_id}')`;

async function judgeWrites(pool: Pool): Promise<Verdict | undefined> {
  const { rows } = await pool.query<{ column: string }>(UNFIT, [Object.keys(WRITTEN.columns)]);
  if (rows.length === 0) return undefined;
  const found = rows
    .map(({ column }) => (column.startsWith('unique') ? `no key ${column}` : `column ${column} must have a value`))
    .join(', ');
  return problem(
    `${WRITTEN.table} cannot be written as it is: ${found}`,
    `Give the column a default, or the table its key, in IBSafe's migrations; or take a release of this service that knows them.`,
  );
}

function faultOf(name: string, expected: ColumnType, there: ReadonlyMap<string, string>): string[] {
  const found = there.get(name);
  if (found === undefined) return [name];
  return (TEXTS.has(found) ? 'text' : found) === expected ? [] : [`${name} (${found}, expected ${expected})`];
}

async function columnsOf(pool: Pool, tables: readonly string[]): Promise<ReadonlyMap<string, string>> {
  // Not information_schema, which hides the columns of tables that this role has no rights on: those are another finding.
  const text = `select c.relname || '.' || a.attname as name, t.typname as type
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
    where c.relnamespace = to_regnamespace('public') and c.relname = any($1)`;
  const { rows } = await pool.query<{ name: string; type: string }>(text, [tables]);
  return new Map(rows.map(({ name, type }) => [name, type]));
}

/** Whether rows of one user and day are found by an index; without one a run reads every day there ever was. */
export async function judgeIndexes(pool: Pool): Promise<Verdict> {
  const lacking = (await findIndexes(pool)).filter(({ status }) => status !== 'SERVED');
  if (lacking.length === 0) return ok('records are found by user and day');
  const tables = lacking.map(
    ({ index, status }) => index.table + (status === 'INVALID' ? ' (an interrupted build left an invalid one)' : ''),
  );
  const statements = lacking.map(({ index }) => concurrentIndexSql(index));
  return warning(
    `no index begins with (user_id, record_date) on ${tables.join(', ')}`,
    `A run slows down with every day of history. "${asTyped('index check')}" tells what an index would cost and gain here, and "${asTyped('index create')}" makes ` +
      `it. It is IBSafe's table, so this is yours to decide: ${statements.join(' ')}`,
  );
}
