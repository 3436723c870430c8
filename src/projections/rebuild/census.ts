import { OUTCOME_OF_TYPE } from '../../domain/outcome.js';
import { decodeWhole, isKnownType } from '../../eventlog/codec.js';
import { InvalidEvent } from '../../eventlog/log-errors.js';
import type { Queryable } from '../../eventlog/postgres-log.js';

/** How many events each month of the log holds; months ascending as `YYYY-MM-DD`. */
export interface Census {
  readonly events: number;
  readonly months: readonly { readonly month: string; readonly events: number }[];
}

const count = (which: string): string => `select run_month::text as month, type, subject is not null as "isOutcome",
    case type when 'UserSkipped' then data->'reasons' when 'UserFailed' then data->'code' end as reason,
    count(*)::float8 as events, min(position)::text as first
  from batch.event_log ${which} group by 1, 2, 3, 4`;

interface Kind {
  readonly month: string;
  readonly type: string;
  readonly isOutcome: boolean;
  readonly reason: unknown;
  readonly events: number;
  readonly first: string;
}

/**
 * Counts the log by month, and refuses what no fold could count: an event of an unknown type, an outcome without a user or the reverse, an
 * unknown reason. Followers pass by what they do not know; views that left it out would be wrong without a sign of it.
 *
 * @param only the month that alone is counted, by its first day: what lies in another has no say about it
 * @throws InvalidEvent naming type and position
 */
export async function takeCensus(db: Queryable, only?: string): Promise<Census> {
  const { rows } = only === undefined ? await db.query<Kind>(count('')) : await db.query<Kind>(count('where run_month = $1::date'), [only]);
  const months = new Map<string, number>();
  for (const kind of rows) {
    refuseUnknown(kind);
    months.set(kind.month, (months.get(kind.month) ?? 0) + kind.events);
  }
  const ascending = [...months].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([month, events]) => ({ month, events }));
  return { events: ascending.reduce((sum, { events }) => sum + events, 0), months: ascending };
}

function refuseUnknown({ type, isOutcome, reason, first }: Kind): void {
  const isOutcomeType = Object.hasOwn(OUTCOME_OF_TYPE, type);
  if (isOutcome !== isOutcomeType && (isOutcome || isOutcomeType)) {
    const what = isOutcomeType ? 'is an outcome and names no user' : 'is no outcome of this release and names a user';
    throw new InvalidEvent(`${type.slice(0, 60)} at position ${first} ${what}: run a release that knows it`);
  }
  if (type === 'UserSkipped') decodeAt(first, type, { reasons: reason });
  else if (type === 'UserFailed') decodeAt(first, type, { code: reason, retryable: false, attempts: 0 });
  else if (!isOutcomeType) assertKnown(first, type);
}

/** Decodes an event of the log. @throws InvalidEvent that also says where the event stands */
export function decodeAt(position: string, type: string, data: unknown): object {
  try {
    return decodeWhole(type, data);
  } catch (error) {
    if (!(error instanceof InvalidEvent)) throw error;
    throw new InvalidEvent(`the event at position ${position} cannot be read: ${error.message}`, { cause: error });
  }
}

function assertKnown(position: string, type: string): void {
  if (!isKnownType(type)) decodeAt(position, type, {});
}
