import type { Queryable } from '../../eventlog/postgres-log.js';
import type { Mode } from './snapshot.js';

/** The views that are folded from the log. */
export type ViewName =
  'run_view' | 'chunk_view' | 'schedule_view' | 'backfill_view' | 'backfill_date_view' | 'night_view' | 'low_fodmap_days' | 'let_go_month';

/** A value of a view that is not what the log says. A row that only one side has is one difference in the column `(row)`. */
export interface Difference {
  readonly view: ViewName;
  /** Id of the run, schedule, backfill or person; `<run>/<chunk>` for a chunk, `<backfill>/<date>` for a date of a backfill, `<date>/<program>` for a night. */
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
