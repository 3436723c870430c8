import type { PoolClient } from 'pg';
import { decodeAt } from '../../projections/rebuild/census.js';

const PAGE = 1_000;

const LIFECYCLE = `select xid::text, position::text, type, data from batch.event
  where (xid, position) > ($1::xid8, $2::bigint) and user_id is null order by event.xid, event.position limit ${PAGE}`;

// Outcomes that differ only in figures have the same shape: one of each is decoded, and it may be any.
const SHAPES = `select min(position)::text as position, count(*)::int as events from batch.event where user_id is not null
  group by run_month, type, data - '{interventionId,durationMs,attempts,tokens}'::text[], jsonb_typeof(data->'interventionId'),
    jsonb_typeof(data->'durationMs'), jsonb_typeof(data->'attempts'), jsonb_typeof(data->'tokens')`;

const EXAMPLES = `select position::text, type, data from batch.event where position = any($1::bigint[]) and user_id is not null`;

/** Decodes every event that is no outcome, and an outcome of every shape there is. @returns how many it stands for @throws InvalidEvent naming the first that the codec refuses */
export async function decodeEvents(client: PoolClient): Promise<number> {
  const lifecycle = await decodeLifecycle(client);
  const { rows: shapes } = await client.query<{ position: string; events: number }>(SHAPES);
  const { rows } = await client.query<EventRow>(EXAMPLES, [shapes.map(({ position }) => position)]);
  for (const { position, type, data } of rows) decodeAt(position, type, data);
  return shapes.reduce((sum, { events }) => sum + events, lifecycle);
}

async function decodeLifecycle(client: PoolClient): Promise<number> {
  let after = ['0', '0'];
  for (let count = 0; ;) {
    const { rows } = await client.query<EventRow & { xid: string }>(LIFECYCLE, after);
    for (const { position, type, data } of rows) decodeAt(position, type, data);
    count += rows.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return count;
    after = [last.xid, last.position];
  }
}

interface EventRow {
  position: string;
  type: string;
  data: unknown;
}
