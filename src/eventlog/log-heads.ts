import type { Queryable } from './postgres-log.js';

/** What the log amounted to when a day was over. */
export interface LogHead {
  readonly number: number;
  /** The day that was over, `2026-05-01`. */
  readonly day: string;
  /** Links, and events, that it covers beyond the head before it. */
  readonly links: number;
  readonly events: number;
  /** SHA-256 in hexadecimal of the head before it and of these links. */
  readonly hash: string;
  readonly writtenAt: Date;
}

const COLUMNS = `number, day::text as day, links::float8 as links, events::float8 as events, encode(hash, 'hex') as hash, written_at as "writtenAt"`;

/** A link as a line, in the order of heads and archives. Of a link `l`. */
export const LINK_LINE = `jsonb_build_array(l.run_month, l.stream, l.version_from, l.version_to, encode(l.hash, 'hex'))::text`;

/** Writes the head of the day that is over, unless that was done. @returns the head that was written */
export async function writeHead(db: Queryable): Promise<LogHead | undefined> {
  return (await db.query<LogHead>(`select ${COLUMNS} from batch.write_head()`)).rows[0];
}

/** The last head; undefined before the first one. */
export async function lastHead(db: Queryable): Promise<LogHead | undefined> {
  return (await db.query<LogHead>(`select ${COLUMNS} from batch.log_head order by number desc limit 1`)).rows[0];
}

/** The heads of days of a month, given by its first day, or all of them; oldest first. */
export async function logHeads(db: Queryable, month?: string): Promise<readonly LogHead[]> {
  const text = `select ${COLUMNS} from batch.log_head h where $1::date is null or date_trunc('month', h.day) = $1::date order by number`;
  return (await db.query<LogHead>(text, [month ?? null])).rows;
}

/** A head as it is told outside, in one line: day, number, links and hash. */
export function headLine({ day, number, links, hash }: LogHead): string {
  return `${day} ${number} ${links} ${hash}`;
}

/** The links of a month, each as a line, in their order. */
export async function linkLines(db: Queryable, month: string): Promise<readonly string[]> {
  const text = `select ${LINK_LINE} as line from batch.event_link l where l.run_month = $1::date order by l.stream, l.version_to`;
  return (await db.query<{ line: string }>(text, [month])).rows.map(({ line }) => line);
}
