import type { PoolClient } from 'pg';
import { decodeAt } from '../projections/rebuild/census.js';

const PAGE = 1_000;

const LIFECYCLE = `select xid::text, position::text, type, data from batch.event
  where (xid, position) > ($1::xid8, $2::bigint) and subject is null order by event.xid, event.position limit ${PAGE}`;

/** What differs from outcome to outcome: figures from 1 on, written in digits, and hashes. */
const ORDINARY = {
  '^[1-9][0-9]{0,14}$': {
    fields: ['interventionId', 'durationMs', 'attempts', 'tokens', 'tokensIn', 'tokensOut', 'tokensCached', 'costMicros', 'estimatedCalls'],
    type: 'number',
  },
  '^[0-9a-f]{64}$': { fields: ['inputsHash', 'responseHash'], type: 'string' },
};

// An ordinary value counts as a word that is no JSON, so that nothing else can be taken for it; whatever is no ordinary one stays as it is. So outcomes
// that differ only in ordinary values have the same shape, of which any one stands for all, and a value that the codec may refuse has a shape of its own.
const FIGURES = Object.entries(ORDINARY).flatMap(([pattern, { fields, type }]) =>
  fields.map(
    (field) =>
      `case when data->>'${field}' ~ '${pattern}' and jsonb_typeof(data->'${field}') = '${type}' then 'ordinary' else (data->'${field}')::text end`,
  ),
);
const NAMES = Object.values(ORDINARY).flatMap(({ fields }) => fields);

// What is sealed in the log is opened once for each event, and not for each field: without `offset 0` PostgreSQL puts the opening wherever "data" stands.
const SHAPES = `select min(position)::text as position, count(*)::int as events
  from (select run_month, position, type, data from batch.event where subject is not null offset 0) e
  group by run_month, type, data - '{${NAMES.join()}}'::text[], ${FIGURES.join(', ')}`;

const EXAMPLES = `select position::text, type, data from batch.event where position = any($1::bigint[]) and subject is not null`;

/** What was found readable. */
export interface ReadableEvents {
  /** How many events there are. */
  readonly events: number;
  /** How many of them were decoded, for themselves and for those of the same shape. */
  readonly decoded: number;
}

/**
 * Decodes every event that is no outcome, and one outcome of every shape there is: of a million there are some hundreds, because shapes do not tell
 * figures and hashes apart. @throws InvalidEvent naming the first that the codec refuses
 */
export async function decodeEvents(client: PoolClient): Promise<ReadableEvents> {
  const lifecycle = await decodeLifecycle(client);
  const { rows: shapes } = await client.query<{ position: string; events: number }>(SHAPES);
  const { rows } = await client.query<EventRow>(EXAMPLES, [shapes.map(({ position }) => position)]);
  for (const { position, type, data } of rows) decodeAt(position, type, data);
  return { events: shapes.reduce((sum, { events }) => sum + events, lifecycle), decoded: lifecycle + rows.length };
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
