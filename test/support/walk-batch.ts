import type pg from 'pg';

/** What is looked for, by what it is. */
export type Needles = Readonly<Record<string, string | number>>;

const COLUMNS = `select c.relname as rel, a.attname as col, a.atttypid = any ('{bytea, bytea[]}'::regtype[]) as bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
  where n.nspname = 'batch' and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition and a.attnum > 0 and not a.attisdropped order by 1, 2`;

/**
 * Where schema batch holds one of the needles as a word of its own: each column of each table and view, as text, so that arrays, JSON and bytes (decoded) are
 * looked through as well. Nothing has to be added here when a table is. @returns `table.column: needle`, in order
 */
export async function placesHolding(client: Pick<pg.Pool, 'query'>, needles: Needles): Promise<string[]> {
  const { rows } = await client.query<{ rel: string; col: string; bytes: boolean }>(COLUMNS);
  const columns = Map.groupBy(rows, ({ rel }) => rel);
  const found: string[] = [];
  for (const [rel, of] of columns) {
    const asked = of.flatMap(({ col, bytes }) =>
      Object.entries(needles).map(([what, needle]) => ({
        place: `${rel}.${col}: ${what}`,
        col,
        pattern: bytes ? asBytes(needle) : asWord(needle),
      })),
    );
    const values = asked.map(({ pattern }) => pattern);
    const list = asked.map(({ col }, at) => `coalesce(bool_or("${col}"::text ~ $${at + 1}), false)`).join(', ');
    const { rows: held } = await client.query<boolean[]>({ text: `select ${list} from batch."${rel}"`, values, rowMode: 'array' } as pg.QueryArrayConfig) as unknown as { rows: boolean[][] }; // prettier-ignore
    found.push(...asked.filter((_, at) => held[0]?.[at] === true).map(({ place }) => place));
  }
  return found;
}

const SAMPLED = `select distinct tablename || '.' || attname as place from pg_stats
  where schemaname = 'batch' and concat_ws(' ', most_common_vals::text, histogram_bounds::text, most_common_elems::text) ~ any ($1) order by 1`;

/** Columns of which the planner's statistics hold one of the needles. */
export async function statisticsHolding(client: Pick<pg.Pool, 'query'>, needles: Needles): Promise<string[]> {
  const { rows } = await client.query<{ place: string }>(SAMPLED, [Object.values(needles).map(asWord)]);
  return rows.map(({ place }) => place);
}

/** The places alone, each once, without what was found there. */
export function tablesOf(places: readonly string[]): string[] {
  return [...new Set(places.map((place) => place.replace(/: .*/u, '')))];
}

function asWord(needle: string | number): string {
  return `(^|[^0-9a-f])${escaped(String(needle))}([^0-9a-f]|$)`;
}

/** As PostgreSQL writes bytes, wherever they stand among others. */
function asBytes(needle: string | number): string {
  return Buffer.from(String(needle)).toString('hex');
}

function escaped(needle: string): string {
  return needle.replaceAll(/[^\p{L}\p{N}]/gu, String.raw`\$&`);
}
