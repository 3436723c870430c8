import { type Cadence, cronTextOf, DAYS_IN_EVERY_MONTH } from '../schedule/cadence.js';
import { readCron } from './cron.js';
import { firstInstantShowing, type Reading, type WallTime, wallTimeAt } from './wall-clock.js';

/** A slot with the wall time it stands for. Times in milliseconds. */
export interface NominalSlot {
  /** The instant at which it is due. */
  readonly at: number;
  readonly wall: WallTime;
  readonly reading: Exclude<Reading, 'NO_SUCH_DAY'>;
}

/**
 * The slots of a cadence after an instant, without end, in strictly rising order. Every frequency follows the same rules:
 * a due wall time comes due once, at the first instant that shows it; one in a daylight-saving gap at the first instant after the gap,
 * where several fall together into one slot (it stands for the latest of them); one on a day that the zone left out is not due.
 */
export function* slotsAfter(cadence: Cadence, after: number): Generator<NominalSlot, void, undefined> {
  let held: NominalSlot | undefined;
  for (const wall of wallTimesAfter(cadence, wallTimeAt(after, cadence.timeZone))) {
    const { at, reading } = firstInstantShowing(wall, cadence.timeZone);
    // In the second pass of a repeated hour the clock shows less than it did: its times were due in the first pass.
    if (at <= after || reading === 'NO_SUCH_DAY') continue;
    if (held !== undefined && held.at !== at) yield held;
    held = { at, wall, reading };
    // Only the end of a gap can be shared, so that only there the next time has to be looked at first.
    if (reading !== 'GAP') {
      yield held;
      held = undefined;
    }
  }
  if (held !== undefined) yield held;
}

function* wallTimesAfter(cadence: Cadence, after: WallTime): Generator<WallTime, void, undefined> {
  const pattern = readCron(cronTextOf(cadence));
  const isDue = dayRule(cadence);
  for (let wall = pattern.next(after); wall !== undefined; wall = pattern.next(wall)) if (isDue(wall)) yield wall;
}

/** MONTHLY on the 29th or 30th: of the days that its cron text names, the wanted one or the month's last, whichever comes first. */
function dayRule({ frequency, dayOfMonth }: Cadence): (wall: WallTime) => boolean {
  if (frequency !== 'MONTHLY' || dayOfMonth <= DAYS_IN_EVERY_MONTH) return () => true;
  return (wall) => {
    const date = new Date(wall);
    const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    return date.getUTCDate() === Math.min(dayOfMonth, lastDay);
  };
}
