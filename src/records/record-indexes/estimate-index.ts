import type pg from 'pg';
import type { WantedIndex } from './wanted-indexes.js';

/** What an index would hold, estimated without reading the whole table. */
export interface IndexEstimate {
  /** Rows of the table, as PostgreSQL's planner guesses them. */
  readonly rows: number;
  /** Size on disk. */
  readonly bytes: number;
  /** What a sample of the table shows; null of an empty table. */
  readonly history: RecordHistory | null;
}

/** The days that have records, `YYYY-MM-DD`. */
export interface RecordHistory {
  readonly days: number;
  readonly from: string;
  readonly to: string;
  /** A day near the end, by which typing errors in dates are passed: 99 of 100 records are no later. */
  readonly lateDay: string;
}

/** Blocks (8 kB) of the table that are read to learn which days it has. */
const SAMPLE_BLOCKS = 2_000;
const PAGE = 8_192;
/** What a page of an index has no room for entries in: its header, and the pointers to its neighbours. */
const PAGE_OVERHEAD = 24 + 16;
/** How full CREATE INDEX leaves the pages of a B-tree. */
const FILL = 0.9;
/** Header of an entry and the pointer to it. Entries begin at multiples of 8 bytes. */
const ENTRY_HEADER = 8;
const ENTRY_POINTER = 4;

/** Estimates an index. @throws when the role may not read the table */
export async function estimateIndex(db: Pick<pg.ClientBase, 'query'>, index: WantedIndex): Promise<IndexEstimate> {
  const rows = await rowsOf(db, index.table);
  return { rows, bytes: indexBytes(rows, index.entryBytes), history: await historyOf(db, index.table) };
}

/** Bytes of a fresh B-tree with so many entries. Its inner pages, a hundredth at most, are left out. */
function indexBytes(rows: number, entryBytes: number): number {
  const entry = Math.ceil((ENTRY_HEADER + entryBytes) / 8) * 8 + ENTRY_POINTER;
  const perPage = Math.floor(((PAGE - PAGE_OVERHEAD) * FILL) / entry);
  return (Math.ceil(rows / perPage) + 1) * PAGE;
}

async function rowsOf(db: Pick<pg.ClientBase, 'query'>, table: string): Promise<number> {
  // The planner also knows how much a table grew since its last ANALYZE, which the catalogue alone does not say.
  const { rows } = await db.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    `explain (format json) select from public.${table}`,
  );
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

async function historyOf(db: Pick<pg.ClientBase, 'query'>, table: string): Promise<IndexEstimate['history']> {
  const size = `select greatest(1, pg_relation_size('public.${table}') / current_setting('block_size')::int)::float8 as blocks`;
  const { rows: sizes } = await db.query<{ blocks: number }>(size);
  const percent = Math.min(100, (100 * SAMPLE_BLOCKS) / (sizes[0]?.blocks ?? 1));
  const text = `select count(distinct record_date)::int as days, min(record_date)::text as "from", max(record_date)::text as "to",
      percentile_disc(0.99) within group (order by record_date)::text as "lateDay"
    from public.${table} tablesample system ($1) repeatable (1)`;
  const { rows } = await db.query<RecordHistory>(text, [percent]);
  const [history] = rows;
  return history === undefined || history.days === 0 ? null : history;
}
