/** An index by which a run finds a user's records of some days. IBSafe's unique keys serve for most tables; for food records it has none that does. */
export interface WantedIndex {
  /** In schema `public`. */
  readonly table: string;
  /** What it is called where we make it. */
  readonly name: string;
  /** Columns that are read and not searched for: with them a run need not touch the table itself. */
  readonly include: readonly string[];
  /** Bytes of the columns of an entry. */
  readonly entryBytes: number;
}

/** The columns that such an index begins with, in this order. */
const WANTED_COLUMNS = ['user_id', 'record_date'] as const;

const INT4 = 4;
const DATE = 4;
const INT8 = 8;
/** A meal's word and an amount, as IBSafe's records mostly have them. */
const MEAL = 8;
const AMOUNT = 6;

const wanted = (table: string, include: readonly string[], includedBytes: number): WantedIndex => ({
  table,
  name: `${table}_${WANTED_COLUMNS.join('_')}_idx`,
  include,
  entryBytes: INT4 + DATE + includedBytes,
});

/** The index that a run's read of food records wants and IBSafe lacks. */
export const FOOD_RECORD_INDEX = wanted('ibsafe_userfoodrecord', ['food_id', 'meal_type', 'amount'], INT8 + MEAL + AMOUNT);

/** One for each table whose rows are looked up by user and day, for everybody, every night. */
export const WANTED_INDEXES: readonly WantedIndex[] = [
  FOOD_RECORD_INDEX,
  wanted('ibsafe_userexerciserecord', [], 0),
  wanted('ibsafe_usersleeprecord', [], 0),
  wanted('ibsafe_interventionrecord', [], 0),
];

/** The statement that makes an index while reading and writing go on. It cannot stand in a transaction. */
export function concurrentIndexSql({ table, name, include }: WantedIndex): string {
  return `create index concurrently ${name} on public.${table} ${columnsSql(include)};`;
}

/** The columns of an index as CREATE INDEX has them. */
export function columnsSql(include: readonly string[]): string {
  return `(${WANTED_COLUMNS.join(', ')})${include.length === 0 ? '' : ` include (${include.join(', ')})`}`;
}
