import type { Pool } from 'pg';
import { asTyped } from '../base/as-typed.js';
import type { Said } from '../domain/said.js';
import { findIndexes } from '../records/record-indexes/find-indexes.js';
import { concurrentIndexSql } from '../records/record-indexes/wanted-indexes.js';
import type { ColumnType } from '../records/intervention-types.js';
import { READ, WRITTEN } from './ibsafe-columns.js';
import { ok, problem, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** Types besides the expected one that hold the same: each is read as the expected one, and written from it. */
const FITTING: Partial<Record<ColumnType, ReadonlySet<string>>> = {
  text: new Set(['varchar', 'bpchar']),
  int4: new Set(['int8']),
};

/** Whether IBSafe's tables have the columns that are read and written, of the types that are expected. */
export async function judgeTables(pool: Pool): Promise<CheckResult> {
  const needed = [WRITTEN, ...READ];
  const there = await columnsOf(pool, needed.map(({ table }) => table)); // prettier-ignore
  const missing: (string | Said)[] = [];
  for (const { table, columns } of needed) {
    if (![...there.keys()].some((name) => name.startsWith(`${table}.`))) missing.push(tell('TABLE_MISSING', { table }));
    else for (const [column, type] of Object.entries(columns)) missing.push(...faultOf(`${table}.${column}`, type, there));
  }
  if (missing.length === 0) return (await judgeWrites(pool)) ?? ok(tell('TABLES_FIT', { count: needed.length }));
  return problem(tell('TABLES_LACK', { missing }), tell('NAME_IBSAFES_DATABASE'));
}

// Not by name, which would ask for a right on the schema: that is another finding.
const WRITTEN_OID = `(select oid from pg_class where relname = '${WRITTEN.table}' and relnamespace = 'public'::regnamespace)`;

// A column that the app added since and that every row must have, or a key that is gone by which a row finds the one that is there.
const UNFIT = `select a.attname as "column" from pg_attribute a
  where a.attrelid = ${WRITTEN_OID} and a.attnum > 0 and not a.attisdropped and a.attnotnull and not a.atthasdef and a.attidentity = ''
    and a.attgenerated = '' and not a.attname = any($1)
  union all
  select 'generated ' || a.attname from pg_attribute a where a.attrelid = ${WRITTEN_OID} and a.attgenerated <> '' and a.attname = any($1)
  union all
  select 'unique (user_id, record_date, gubun)' where not exists (select from pg_index i
    where i.indrelid = ${WRITTEN_OID} and i.indisunique and i.indisvalid and i.indpred is null and i.indnkeyatts = 3
      and (select array_agg(a.attname::text order by a.attname) from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any(i.indkey::int2[]))
        = '{gubun,record_date,user_id}')`;

async function judgeWrites(pool: Pool): Promise<CheckResult | undefined> {
  const { rows } = await pool.query<{ column: string }>(UNFIT, [Object.keys(WRITTEN.columns)]);
  if (rows.length === 0) return undefined;
  const faults = rows.map(({ column }) => {
    if (column.startsWith('unique ')) return tell('KEY_MISSING', { key: column });
    return column.startsWith('generated ') ? tell('COLUMN_GENERATED', { column: column.slice(10) }) : tell('COLUMN_REQUIRED', { column });
  });
  return problem(tell('TABLE_UNWRITABLE', { table: WRITTEN.table, faults }), tell('MEND_TABLE'));
}

function faultOf(name: string, expected: ColumnType, there: ReadonlyMap<string, string>): (string | Said)[] {
  const found = there.get(name);
  if (found === undefined) return [name];
  return found === expected || FITTING[expected]?.has(found) === true ? [] : [tell('COLUMN_TYPE', { column: name, found, expected })];
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
export async function judgeIndexes(pool: Pool): Promise<CheckResult> {
  const lacking = (await findIndexes(pool)).filter(({ status }) => status !== 'SERVED');
  if (lacking.length === 0) return ok(tell('INDEXES_FOUND'));
  const tables = lacking.map(({ index: { table }, status }) => (status === 'INVALID' ? tell('INDEX_INVALID', { table }) : table));
  const statements = lacking.map(({ index }) => concurrentIndexSql(index)).join(' ');
  return warning(
    tell('INDEXES_LACKING', { tables }),
    tell('MAKE_INDEXES', { check: asTyped('index check'), create: asTyped('index create'), statements }),
  );
}
