import type { Pool } from 'pg';
import { asTyped } from '../base/as-typed.js';
import type { Said } from '../domain/said.js';
import { findIndexes } from '../records/record-indexes/find-indexes.js';
import { concurrentIndexSql } from '../records/record-indexes/wanted-indexes.js';
import { isKeyAtOnce } from '../records/interventions-table.js';
import { READ, WRITTEN } from '../records/ibsafe-columns.js';
import { narrowOf } from '../records/narrow-columns.js';
import { typesThere, unfitOf } from '../records/unfit-columns.js';
import { ok, problem, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** Whether IBSafe's tables have the columns that are read and written, of the types that are expected. */
export async function judgeTables(pool: Pool): Promise<CheckResult> {
  const needed = [WRITTEN, ...READ];
  const there = await typesThere(pool);
  const missing: (string | Said)[] = [];
  for (const each of needed) {
    const { table, columns } = each;
    if (![...there.keys()].some((name) => name.startsWith(`${table}.`))) missing.push(tell('TABLE_MISSING', { table }));
    else missing.push(...Object.keys(columns).map((name) => `${table}.${name}`).filter((name) => !there.has(name)), ...unfitOf(each, there).map((unfit) => tell('COLUMN_TYPE', { ...unfit }))); // prettier-ignore
  }
  if (missing.length === 0) return (await judgeWrites(pool)) ?? judgeRoom(there) ?? ok(tell('TABLES_FIT', { count: needed.length }));
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
  select 'unique (user_id, record_date, gubun)' where ${isKeyAtOnce(WRITTEN_OID)} is null`;

async function judgeWrites(pool: Pool): Promise<CheckResult | undefined> {
  const { rows } = await pool.query<{ column: string }>(UNFIT, [Object.keys(WRITTEN.columns)]);
  if (rows.length === 0) return undefined;
  const faults = rows.map(({ column }) => {
    if (column.startsWith('unique ')) return tell('KEY_MISSING', { key: column });
    return column.startsWith('generated ') ? tell('COLUMN_GENERATED', { column: column.slice(10) }) : tell('COLUMN_REQUIRED', { column });
  });
  return problem(tell('TABLE_UNWRITABLE', { table: WRITTEN.table, faults }), tell('MEND_TABLE'));
}

/** What is written is as long as it is: a column with less room refuses it for each patient. */
function judgeRoom(there: Awaited<ReturnType<typeof typesThere>>): CheckResult | undefined {
  const columns = narrowOf(there).map((narrow) => tell('COLUMN_NARROW', { ...narrow }));
  const { table } = WRITTEN;
  return columns.length === 0 ? undefined : warning(tell('COLUMNS_NARROW', { table, columns }), tell('WIDEN_COLUMNS', { table }));
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
