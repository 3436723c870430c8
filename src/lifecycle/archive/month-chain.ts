import type pg from 'pg';
import { ChainCheck, linkOf, type ChainFault, type Link } from '../../eventlog/chain-check.js';
import { chainedEvent, type ChainColumns } from '../../eventlog/chain-line.js';
import { linkLines } from '../../eventlog/log-heads.js';

/** Events that are read at once. */
const PAGE = 5_000;

const NEXT = `select e.xid::text as xid, e.position::text as position, e.stream, e.version, e.type, e.run_id, e.run_month::text as run_month, e.subject, e.data::text as data,
    e.actor, e.correlation_id, e.causation_id, (extract(epoch from e.recorded_at) * 1000000)::bigint::text as at
  from batch.event_log e where e.run_month = $1::date and (e.xid, e.position) > ($2::xid8, $3::bigint) order by e.xid, e.position limit ${PAGE}`;

interface Row extends ChainColumns {
  readonly xid: string;
  readonly position: string;
  readonly data: string;
  readonly at: string;
}

/** What of a month's events does not fit its chain. To be asked within one snapshot. */
export async function monthChain(db: Pick<pg.ClientBase, 'query'>, month: string): Promise<readonly ChainFault[]> {
  const check = new ChainCheck();
  for (const line of await linkLines(db, month)) check.link(readLink(line));
  for (let [xid, position] = ['0', '0']; ;) {
    const { rows } = await db.query<Row>(NEXT, [month, xid, position]);
    for (const row of rows) check.event(chainedEvent(row, row.data, row.at));
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return check.end();
    ({ xid, position } = last);
  }
}

function readLink(line: string): Link {
  const link = linkOf(line);
  if (link === undefined) throw new Error('a row of batch.event_link is no link');
  return link;
}
