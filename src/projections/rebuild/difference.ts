import { DatabaseError, type Pool, type PoolClient } from 'pg';
import type { Queryable } from '../../eventlog/postgres-log.js';
import { inTransaction } from '../../database/in-transaction.js';

/** What a rebuild may do. `compare` only reads and locks nothing; `replace` keeps writers of the views waiting. */
export type Mode = 'compare' | 'replace';

// The log is locked against a month's being let go before the snapshot is taken: what is in neither, or in both, would be a difference.
const KEEP_MONTHS = 'lock table batch.event_log in access share mode';

// Read only: such a transaction has no id of its own, so followers of the log do not wait for it, however long it takes.
const READ_ONLY: Readonly<Record<Mode, string>> = { compare: ' read only', replace: '' };

const LOCKS: Readonly<Record<Mode, readonly string[]>> = {
  compare: [KEEP_MONTHS],
  // The snapshot is taken after the lock: all that was appended is in the views by then, and nothing is added to either. EXCLUSIVE, because
  // writers hold rows by SELECT … FOR UPDATE, which the weaker modes let pass; and in the order in which writers take the views.
  replace: [
    'lock table batch.schedule_view, batch.backfill_view, batch.backfill_date_view, batch.recall_view, batch.rollout_view, batch.mark_view, batch.point_view, batch.signature_view, batch.run_view, batch.night_view, batch.chunk_view, batch.rollout_figures, batch.low_fodmap_days, batch.let_go_month in exclusive mode',
    KEEP_MONTHS,
  ],
};

const DEADLOCK = '40P01';
const TRIES = 3;

/** Runs `work` on one snapshot of log and views, which agree in it: an append changes the views in the same transaction. */
export async function onSnapshot<T>(pool: Pool, mode: Mode, work: (client: PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(pool, mode, work);
    } catch (error) {
      if (attempt === TRIES || !(error instanceof DatabaseError && error.code === DEADLOCK)) throw error;
    }
  }
}

function once<T>(pool: Pool, mode: Mode, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(pool, `isolation level repeatable read${READ_ONLY[mode]}`, async (client) => {
    for (const statement of LOCKS[mode]) await client.query(statement);
    await client.query("set local timezone = 'UTC'"); // differences show times as text
    await client.query("set local work_mem = '64MB'"); // outcomes are grouped in memory: sorting them on disk takes twice as long
    return work(client);
  });
}

/** The views that are folded from the log. */
export type ViewName =
  | 'run_view'
  | 'chunk_view'
  | 'schedule_view'
  | 'backfill_view'
  | 'backfill_date_view'
  | 'recall_view'
  | 'rollout_view'
  | 'rollout_figures'
  | 'mark_view'
  | 'point_view'
  | 'signature_view'
  | 'night_view'
  | 'low_fodmap_days'
  | 'let_go_month';

/** A value of a view that is not what the log says. A row that only one side has is one difference in the column `(row)`. */
export interface Difference {
  readonly view: ViewName;
  /** Id of the run, schedule, backfill, recall, rollout, mark, point, signed row or person; `<run>/<chunk>` for a chunk, `<rollout>/<run>/<chunk>/<arm>` for its sums, `<backfill>/<date>` for a date of a backfill, `<date>/<program>` for a night. */
  readonly key: string;
  readonly column: string;
  readonly live: string;
  readonly rebuilt: string;
}

/** A view as the comparison sees it. */
export interface ViewShape {
  readonly view: ViewName;
  /** The first ones of `columns` that make its primary key. */
  readonly keys: number;
  readonly columns: readonly string[];
  /** Its values are not to be read: a difference shows a hash of each. */
  readonly isPersonal?: true;
}

/** Two queries with the view's columns, sharing `values`. */
export interface Sides {
  readonly live: string;
  readonly rebuilt: string;
  readonly values: readonly unknown[];
}

/**
 * Compares row for row and column by column in the database, and in the mode `replace` puts the rebuilt rows in the place of the live ones. One
 * statement does both, so that the log is folded once. @returns at most `limit` differences, of the live rows as they were before
 */
export async function reconcile(
  db: Queryable,
  shape: ViewShape,
  sides: Sides,
  { mode, limit }: { mode: Mode; limit: number },
): Promise<Difference[]> {
  const steps = [
    `live as (${sides.live})`,
    `rebuilt as materialized (${sides.rebuilt})`,
    ...(mode === 'replace' ? replacement(shape) : []),
  ];
  const text = `with ${steps.join(',\n')}\n${comparison(shape)} limit ${Math.max(0, limit)}`;
  const { rows } = await db.query<Omit<Difference, 'view'>>(text, [...sides.values]);
  return rows.map((row) => ({ view: shape.view, ...row }));
}

// Every rebuilt row is written, equal or not: what the views hold afterwards rests on no comparison. The two touch different rows, as they must
// in one statement, and both are run to their end whatever the limit.
function replacement({ view, keys, columns }: ViewShape): string[] {
  const key = columns.slice(0, keys);
  const names = columns.join(', ');
  const changes = columns.slice(keys).map((column) => `${column} = excluded.${column}`);
  const same = (one: string, other: string): string => key.map((column) => `${one}.${column} = ${other}.${column}`).join(' and ');
  return [
    `written as (insert into batch.${view} (${names}) select ${names} from rebuilt on conflict (${key.join(', ')}) do update set ${changes.join(', ')})`,
    `removed as (delete from batch.${view} v using live l
      where ${same('v', 'l')} and not exists (select from rebuilt r where ${same('r', 'l')}))`,
  ];
}

function comparison({ keys, columns, isPersonal }: ViewShape): string {
  const key = columns.slice(0, keys);
  const side = (name: string): string => `row(${columns.map((column) => `${name}.${column}`).join(', ')})`;
  const shown = (value: string): string => (isPersonal ? `left(md5(${value}::text), 8)` : `${value}::text`);
  const pairs = columns.map((column) => `('${column}', ${shown(`l.${column}`)}, ${shown(`r.${column}`)})`);
  // The cheap comparison of whole rows comes first: texts are made of rows that differ only.
  return `select concat_ws('/', ${key.map((column) => `coalesce(l.${column}, r.${column})`).join(', ')}) as key, d.name as column,
      coalesce(d.live, 'null') as live, coalesce(d.rebuilt, 'null') as rebuilt
    from live l full join rebuilt r on ${key.map((column) => `l.${column} = r.${column}`).join(' and ')}
    cross join lateral (
      select '(row)', case when l.${key[0]} is null then 'missing' else 'there' end, case when r.${key[0]} is null then 'missing' else 'there' end
      where l.${key[0]} is null or r.${key[0]} is null
      union all
      select pair.* from (values ${pairs.join(', ')}) pair (name, live, rebuilt)
      where l.${key[0]} is not null and r.${key[0]} is not null and pair.live is distinct from pair.rebuilt) d (name, live, rebuilt)
    where ${side('l')} is distinct from ${side('r')}`;
}
