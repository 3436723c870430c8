/**
 * A second opinion on slots, with nothing in common with the first: no croner, no wall time turned into an instant. It walks through every
 * minute of real time, reads the clock of the zone, and notes when a due time is shown for the first time or has been jumped over.
 */

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const HOUR_MINUTES = 60;
/** Under jest a global's name is looked up outside of the test's context each time: ten times the cost of the rounding itself. */
const { floor } = Math;

/** A cadence in the oracle's words: on which calendar days it is due, and at which times of such a day. */
export interface DuePredicate {
  readonly day: (date: { year: number; month: number; day: number; weekday: number; lastDay: number }) => boolean;
  readonly time: (hour: number, minute: number) => boolean;
}

/** The due instants with `after < instant <= until` (epoch milliseconds, whole minutes), in order. */
export function oracleSlots(timeZone: string, due: DuePredicate, after: number, until: number): number[] {
  const isDue = dueMinutes(due);
  const offsetAt = offsetsOf(timeZone, after, until);
  const slots: number[] = [];
  // Starting two days early, so that the first pass of an hour repeated around `after` is known.
  const start = after / MINUTE_MS - 2 * DAY_MINUTES;
  let shown = start - 1 + offsetAt(start - 1);
  for (let minute = start; minute <= until / MINUTE_MS; minute += 1) {
    const clock = minute + offsetAt(minute);
    if (clock <= shown) continue;
    const isSlot = isDue(clock) || (clock > shown + 1 && jumpedOver(shown, clock).some(isDue));
    if (isSlot && minute * MINUTE_MS > after) slots.push(minute * MINUTE_MS);
    shown = clock;
  }
  return slots;
}

/** The minutes between two readings that were never shown, on days of which some other minute was. */
function jumpedOver(shown: number, clock: number): number[] {
  const minutes: number[] = [];
  const days = [dayOf(shown), dayOf(clock)];
  for (let minute = shown + 1; minute < clock; minute += 1) if (days.includes(dayOf(minute))) minutes.push(minute);
  return minutes;
}

function dayOf(clock: number): number {
  return floor(clock / DAY_MINUTES);
}

function dueMinutes(due: DuePredicate): (clock: number) => boolean {
  const times = Array.from({ length: DAY_MINUTES }, (_, minute) => due.time(Math.floor(minute / 60), minute % 60));
  let known = { number: -1e9, isDue: false };
  return (clock) => {
    const number = dayOf(clock);
    if (times[clock - number * DAY_MINUTES] !== true) return false;
    if (known.number !== number) known = { number, isDue: due.day(calendarDay(number)) };
    return known.isDue;
  };
}

function calendarDay(number: number) {
  const date = new Date(number * DAY_MINUTES * MINUTE_MS);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay(), lastDay };
}

const tables = new Map<string, Int16Array>();

/** The zone's offset at each minute, in minutes: read at every hour, and minute by minute within an hour whose ends differ. Made once per zone. */
function offsetsOf(timeZone: string, after: number, until: number): (minute: number) => number {
  const first = Math.floor(after / MINUTE_MS) - 3 * DAY_MINUTES;
  const key = `${timeZone} ${after} ${until}`;
  const table = tables.get(key) ?? measure(timeZone, first, Math.ceil(until / MINUTE_MS) - first + DAY_MINUTES);
  tables.set(key, table);
  return (minute) => table[minute - first] ?? 0;
}

function measure(timeZone: string, first: number, length: number): Int16Array {
  const read = offsetReader(timeZone);
  const table = new Int16Array(length);
  for (let hour = 0; hour < length; hour += HOUR_MINUTES) {
    const isSteady = read(first + hour) === read(first + hour + HOUR_MINUTES);
    const offset = read(first + hour);
    for (let minute = hour; minute < Math.min(hour + HOUR_MINUTES, length); minute += 1)
      table[minute] = isSteady ? offset : read(first + minute);
  }
  return table;
}

/** Reads the offset as Intl names it (`GMT+05:45`), another way than by comparing calendar fields. */
function offsetReader(timeZone: string): (minute: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const known = new Map<number, number>();
  return (minute) => {
    const cached = known.get(minute);
    if (cached !== undefined) return cached;
    const name = format.formatToParts(minute * MINUTE_MS).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name) ?? [];
    const offset = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
    known.set(minute, offset);
    return offset;
  };
}
