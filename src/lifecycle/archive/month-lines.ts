import type pg from 'pg';
import { linkLines } from '../../eventlog/log-heads.js';
import type { EventLine, LinkLine } from './content.js';

/** Events that are read at once. */
const PAGE = 2_000;

// Whole rows, so that a column of a later release is archived as well. Sessions are in UTC (database/session.ts): a line is the same whenever it is made.
const NEXT = `select row_to_json(e)::text as line, e.xid::text as xid, e.position::text as position from batch.event_log e
  where e.run_month = $1::date and (e.xid, e.position) > ($2::xid8, $3::bigint) order by e.xid, e.position limit ${PAGE}`;

/** The events of a month in the order of the log, each as one line of JSON. */
async function* monthLines(db: Pick<pg.ClientBase, 'query'>, month: string): AsyncGenerator<EventLine> {
  for (let [xid, position] = ['0', '0']; ;) {
    const { rows } = await db.query<{ line: string; xid: string; position: string }>(NEXT, [month, xid, position]);
    for (const row of rows) yield { line: row.line, position: Number(row.position) };
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    ({ xid, position } = last);
  }
}

/** All that an archive of a month holds: its links, then its events. */
export async function* linesOfMonth(db: Pick<pg.ClientBase, 'query'>, month: string): AsyncGenerator<EventLine | LinkLine> {
  for (const line of await linkLines(db, month)) yield { line, position: null };
  yield* monthLines(db, month);
}
