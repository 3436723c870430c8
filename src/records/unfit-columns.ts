import type pg from 'pg';
import { READ, WRITTEN, type NeededTable } from './ibsafe-columns.js';
import type { ColumnType } from './intervention-types.js';

/** A column that is there under the name of one that is needed, and of a type that cannot stand for its own. */
export interface UnfitColumn {
  /** With its table before it. */
  readonly column: string;
  readonly found: string;
  readonly expected: ColumnType;
}

/** Types besides the expected one that hold the same where rows are written: each is written from it, and read as it. */
const FITTING: Partial<Record<ColumnType, ReadonlySet<string>>> = {
  text: new Set(['varchar', 'bpchar']),
  int4: new Set(['int2', 'int8']),
};
/** Of tables that are only read a figure may be of any type of numbers, since what is no whole one, or too great, is passed over. */
const NUMBERS: ReadonlySet<string> = new Set(['int2', 'int4', 'int8', 'numeric', 'float4', 'float8']);
/** Categories of types that have a text, and no other value behind it: strings, and words of a list. */
const TEXTS: ReadonlySet<string> = new Set(['S', 'E']);

/** A type as PostgreSQL has it; `base` is what a domain is made of, and of any other its own name. `limit` as `varchar(20)` and `numeric(8,2)` have one, -1 where there is none. */
export interface FoundType {
  readonly type: string;
  readonly base: string;
  readonly category: string;
  readonly limit: number;
}

// Not information_schema, which hides the columns of tables that this role has no rights on: those are another finding.
const TYPES = `with recursive made as (select oid, oid as base, -1 as limit_of from pg_type where typtype <> 'd'
    union all select d.oid, m.base, greatest(d.typtypmod, m.limit_of) from made m join pg_type d on d.typbasetype = m.oid and d.typtype = 'd')
  select c.relname || '.' || a.attname as name, t.typname as type, b.typname as base, b.typcategory::text as category, greatest(a.atttypmod, m.limit_of) as limit
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid join made m on m.oid = t.oid join pg_type b on b.oid = m.base
  where c.relnamespace = to_regnamespace('public') and c.relname = any($1)`;

/** The columns of IBSafe's tables, by table and name. */
export async function typesThere(pool: Pick<pg.ClientBase, 'query'>): Promise<ReadonlyMap<string, FoundType>> {
  const { rows } = await pool.query<FoundType & { name: string }>(TYPES, [[WRITTEN, ...READ].map(({ table }) => table)]);
  return new Map(rows.map(({ name, ...type }) => [name, type]));
}

/** Those of a table's columns that are of another type than is read, or written. What is missing is not among them. */
export function unfitOf(needed: NeededTable, there: ReadonlyMap<string, FoundType>): UnfitColumn[] {
  return Object.entries(needed.columns).flatMap(([name, expected]) => {
    const column = `${needed.table}.${name}`;
    const found = there.get(column);
    return found === undefined || isFit(found, expected, needed === WRITTEN) ? [] : [{ column, found: found.type, expected }];
  });
}

function isFit({ base, category }: FoundType, expected: ColumnType, isWritten: boolean): boolean {
  if (base === expected || FITTING[expected]?.has(base) === true) return true;
  if (isWritten) return false;
  return expected === 'text' ? TEXTS.has(category) : NUMBERS.has(expected) && NUMBERS.has(base);
}

/** What PostgreSQL says of a value that it cannot make another type of, and of a column of a type that nothing of the kind is asked of. */
const OF_TYPES = /^(22...|42804|42846|42883)$/;

/** Tells a fault of IBSafe's tables from one of a row, once a read of them failed for a value or a type: where a column is of a type that is not read, it is the same for every user. @returns what is to be thrown */
export async function orUnfit(pool: Pick<pg.Pool, 'query'>, error: unknown): Promise<unknown> {
  return OF_TYPES.test(String((error as { code?: unknown }).code)) ? requireFit(pool).then(() => error, (unfit: unknown) => unfit) : error; // prettier-ignore
}

/** @throws UnfitColumns where a column of the tables that are read is of a type whose values would be read as others, or not at all */
export async function requireFit(pool: Pick<pg.Pool, 'query'>): Promise<void> {
  const there = await typesThere(pool);
  const unfit = READ.flatMap((table) => unfitOf(table, there));
  if (unfit.length > 0) throw new UnfitColumns(unfit);
}

/** Records of IBSafe's are not of the types that are read: no user's fault, and the same for each. */
class UnfitColumns extends Error {
  override readonly name = 'UnfitColumns';
  readonly code = 'COLUMNS_UNFIT';
  constructor(unfit: readonly UnfitColumn[]) {
    super(
      `columns are of other types than are read: ${unfit.map(({ column, found, expected }) => `${column} (${found}, expected ${expected})`).join(', ')}`,
    );
  }
}
