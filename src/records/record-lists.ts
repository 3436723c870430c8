/**
 * What `patientsQuery` gathers of a user's records: integers of one array, each of which holds a day and a value. One aggregate a table and no order
 * cost PostgreSQL an eighth less than a list for each day in the order of days. The texts of the arrays are read by hand: splitting and parsing
 * them took as long as the rules do.
 */

/** Days of steps or sleep before the record date that are read. */
export const HISTORY_DAYS = 6;

/** Days of food before the record date that are read. */
export const FOOD_DAYS = 2;

const DAYS_A_FOOD = 4;
const TWO_31 = 2 ** 31;
const TWO_32 = 2 ** 32;

/** SQL of a food and how many days before the record date (`$2`) it was eaten, in one bigint. */
export const FOOD_ENTRY = `r.food_id * ${DAYS_A_FOOD} + ($2::date - r.record_date)`;

/** SQL of an int column and its day, in one bigint: higher for later days, and never negative. */
export function historyEntry(column: string): string {
  return `(r.record_date - $2::date + ${HISTORY_DAYS}) * ${TWO_32} + (${column} + ${TWO_31})`;
}

/** Food ids in rising order: the array has them as the plan found them, and what the advice says must not hang on a plan. */
export interface EatenFoods {
  readonly today: readonly number[];
  /** Those of today and then those of the days before. */
  readonly recent: readonly number[];
}

/** @param text an array of `FOOD_ENTRY`; null when nothing was recorded */
export function eatenFoods(text: string | null): EatenFoods {
  if (text === null) return NOTHING_EATEN;
  const today: number[] = [];
  const earlier: number[] = [];
  for (const entry of ascending(text)) {
    const id = Math.floor(entry / DAYS_A_FOOD);
    (entry === id * DAYS_A_FOOD ? today : earlier).push(id);
  }
  return { today, recent: earlier.length === 0 ? today : today.concat(earlier) };
}

const NOTHING_EATEN: EatenFoods = { today: [], recent: [] };

/** Values of a week, the oldest first. */
export interface History {
  readonly hasToday: boolean;
  readonly values: readonly number[];
}

/** @param text an array of `historyEntry`; null when nothing was recorded */
export function historyOf(text: string | null): History {
  if (text === null) return NO_HISTORY;
  const entries = ascending(text);
  const hasToday = Math.floor((entries.at(-1) ?? 0) / TWO_32) === HISTORY_DAYS;
  return { hasToday, values: entries.map((entry) => (entry % TWO_32) - TWO_31) };
}

const NO_HISTORY: History = { hasToday: false, values: [] };

const [ZERO, NINE, MINUS] = [0x30, 0x39, 0x2d];

/** The whole numbers of an array's text in rising order. A null is left out. */
function ascending(text: string): number[] {
  const list: number[] = [];
  let value = -1;
  let sign = 1;
  for (let at = 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) value = Math.max(value, 0) * 10 + (code - ZERO);
    else if (value >= 0) {
      if (list.length < FEW) insert(list, sign * value);
      else list.push(sign * value);
      value = -1;
      sign = 1;
    } else if (code === MINUS) sign = -1;
  }
  return list.length <= FEW ? list : Array.from(Float64Array.from(list).toSorted());
}

/** Up to so many numbers are put in order as they come. A user has a dozen; one with thousands must cost no more than thousands of users. */
const FEW = 64;

/** Few and nearly sorted: by insertion, without a callback for each comparison. */
function insert(list: number[], value: number): void {
  let place = list.length - 1;
  for (; place >= 0 && (list[place] as number) > value; place -= 1) list[place + 1] = list[place] as number;
  list[place + 1] = value;
}
