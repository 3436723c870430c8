import type pg from 'pg';
import { keptFrom } from '../../domain/retention/retention.js';
import type { LocalDate } from '../../domain/local-date.js';
import { heldBy, logMonths, type Held, type LogMonth } from './month-facts.js';

/** What is to become of a month. */
export interface PlannedMonth extends LogMonth {
  /** Whether it is older than what is kept. */
  readonly due: boolean;
  /** Why it stays all the same, as far as it can be told without reading all of it. */
  readonly held: Held | undefined;
}

/** What retention would do now. */
export interface RetentionPlan {
  /** Undefined where every month is kept. */
  readonly keep: number | undefined;
  /** First day of the oldest month that is kept; undefined where all are. */
  readonly keptFrom: LocalDate | undefined;
  /** Oldest first. */
  readonly months: readonly PlannedMonth[];
}

/** Looks which months are older than the month that goes on and `keep` before it, by the earlier of this machine's and the database's clock. */
export async function planRetention(db: Pick<pg.Pool, 'query'>, keep: number | undefined): Promise<RetentionPlan> {
  const { rows } = await db.query<{ now: Date }>('select clock_timestamp() as now');
  const from = keep === undefined ? undefined : keptFrom(keep, [new Date(), ...rows.map(({ now }) => now)]);
  const months: PlannedMonth[] = [];
  for (const month of await logMonths(db)) {
    const due = from !== undefined && month.month < from;
    months.push({ ...month, due, held: due ? await heldBy(db, month.month) : undefined });
  }
  return { keep, keptFrom: from, months };
}
