import type { Queryable } from '../../eventlog/postgres-log.js';

/** The views that are folded from the log. */
export type ViewName = 'run_view' | 'chunk_view' | 'schedule_view';

/** A value of a view that is not what the log says. A row that only one side has is one difference in the column `(row)`. */
export interface Difference {
  readonly view: ViewName;
  /** Id of the run or schedule; `<run>/<chunk>` for a chunk. */
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
}

/** Two queries with the view's columns, sharing `values`. */
export interface Sides {
  readonly live: string;
  readonly rebuilt: string;
  readonly values: readonly unknown[];
}

/** Compares row for row and column by column in the database. @returns at most `limit` differences */
export async function findDifferences(db: Queryable, shape: ViewShape, sides: Sides, limit: number): Promise<Difference[]> {
  if (limit <= 0) return [];
  const { rows } = await db.query<Omit<Difference, 'view'>>(`${comparison(shape, sides)} limit ${limit}`, [...sides.values]);
  return rows.map((row) => ({ view: shape.view, ...row }));
}

function comparison({ keys, columns }: ViewShape, { live, rebuilt }: Sides): string {
  const key = columns.slice(0, keys);
  const side = (name: string): string => `row(${columns.map((column) => `${name}.${column}`).join(', ')})`;
  const pairs = columns.map((column) => `('${column}', l.${column}::text, r.${column}::text)`);
  // The cheap comparison of whole rows comes first: texts are made of rows that differ only.
  return `with live as (${live}), rebuilt as (${rebuilt})
    select concat_ws('/', ${key.map((column) => `coalesce(l.${column}, r.${column})`).join(', ')}) as key, d.name as column,
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
