/**
 * What `patientsQuery` gathers of a user's records: integers of one array, each of which holds a day and a value. One aggregate a table and no order
 * cost PostgreSQL an eighth less than a list for each day in the order of days. The texts of the arrays are read by hand: splitting and parsing
 * them took as long as the rules do.
 */

/** Days of steps or sleep before the record date that are read. */
export const HISTORY_DAYS = 6;

/** Days of food before the record date that are read. */
export const FOOD_DAYS = 2;

/** Days of advice before the record date whose step goals are read. */
export const GOAL_DAYS = 7;

const TWO_31 = 2 ** 31;
const TWO_32 = 2 ** 32;

/** IBSafe's words for meals, in the order of `MEALS`; another one is none of them. */
const MEAL_WORDS = ['breakfast', 'lunch', 'dinner'] as const;
/** Meals that a record can be of, another word among them. */
const MEALS_A_FOOD = MEAL_WORDS.length + 1;
/** Grams that are believed of one record, ends included. What is beyond counts as not told: it is a typing error. */
const MAX_GRAMS = 3_000;
/** Amounts and meals that one record can have: amounts in hundredths of a gram. */
const WAYS_A_FOOD = (MAX_GRAMS * 100 + 1) * MEALS_A_FOOD;

const MEAL_PLACE = `case r.meal_type::text ${MEAL_WORDS.map((meal, place) => `when '${meal}' then ${place}`).join(' ')} else ${MEAL_WORDS.length} end`;
// NaN is above all figures, so that it is not believed either. What is not is not multiplied: it may be beyond every type.
const HUNDREDTHS = `case when r.amount between 0 and ${MAX_GRAMS} then (r.amount * 100)::int else 0 end`;

/** The greatest id of a food that is read; one above stands for all others: a food that the book does not have. Below, an entry is a whole number of a double. */
export const MAX_FOOD_ID = 7_000_000_000;
const FOOD = `case when r.food_id between 0 and ${MAX_FOOD_ID} then r.food_id::int8 else ${MAX_FOOD_ID + 1} end`;

/**
 * SQL of a food with its amount in hundredths of a gram (0 for none that is believed) and its meal, if it was eaten on the record date (`$2`); of a food of the days before, of which nothing
 * else is wanted, its id below zero: two thirds of what is read, and short. Both are a bigint that a double holds exactly up to food ids of seven thousand million.
 */
export const FOOD_ENTRY = `case when r.record_date - $2::date = 0 then (${FOOD}) * ${WAYS_A_FOOD}::bigint + ${HUNDREDTHS} * ${MEALS_A_FOOD} + ${MEAL_PLACE} else -(${FOOD}) end`;

/** A figure of a column that may be of any type of numbers, as a whole one that an int holds: a fraction or a greater one would be read as other days. */
export function wholeFigure(column: string): string {
  return `case when ${column} between ${-TWO_31} and ${TWO_31 - 1} then ${column}::int4 end`;
}

/** SQL of a step goal and the day that the advice with it was made for, in one bigint: higher for later days. */
export const GOAL_ENTRY = `(i.record_date - $2::date + ${GOAL_DAYS}) * ${TWO_32} + ${wholeFigure('i.exercise_target')}`;

/** SQL of an int column and its day, in one bigint: higher for later days, and never negative. */
export function historyEntry(column: string): string {
  return `(r.record_date - $2::date + ${HISTORY_DAYS}) * ${TWO_32} + (${wholeFigure(column)} + ${TWO_31})`;
}

/** Food ids in rising order: the array has them as the plan found them, and what the advice says must not hang on a plan. */
export interface EatenFoods {
  readonly today: readonly number[];
  /** Grams by place in `today`, to the hundredth; 0 where none are believed. */
  readonly amounts: readonly number[];
  /** Places in `MEALS` by place in `today`; -1 for another word. */
  readonly mealsEaten: readonly number[];
  /** Those of today and then those of the days before. */
  readonly recent: readonly number[];
}

/** @param text an array of `FOOD_ENTRY`; null when nothing was recorded */
export function eatenFoods(text: string | null): EatenFoods {
  if (text === null) return NOTHING_EATEN;
  const [today, amounts, mealsEaten, earlier]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (const entry of ascending(text)) {
    if (entry < 0) {
      earlier.push(-entry);
      continue;
    }
    const id = Math.floor(entry / WAYS_A_FOOD);
    const rest = entry - id * WAYS_A_FOOD;
    const hundredths = Math.floor(rest / MEALS_A_FOOD);
    const meal = rest - hundredths * MEALS_A_FOOD;
    today.push(id);
    amounts.push(hundredths / 100);
    mealsEaten.push(meal < MEAL_WORDS.length ? meal : -1);
  }
  earlier.reverse(); // below zero the last come first
  return { today, amounts, mealsEaten, recent: earlier.length === 0 ? today : today.concat(earlier) };
}

const NOTHING_EATEN: EatenFoods = { today: [], amounts: [], mealsEaten: [], recent: [] };

/** Values of a week, the oldest first. */
export interface History {
  readonly hasToday: boolean;
  readonly values: readonly number[];
  /** Days before the record date by place in `values`, 6 to 0. */
  readonly daysAgo: readonly number[];
}

/** @param text an array of `historyEntry`; null when nothing was recorded */
export function historyOf(text: string | null): History {
  if (text === null) return NO_HISTORY;
  const entries = ascending(text);
  const hasToday = Math.floor((entries.at(-1) ?? 0) / TWO_32) === HISTORY_DAYS;
  return {
    hasToday,
    values: entries.map((entry) => (entry % TWO_32) - TWO_31),
    daysAgo: entries.map((entry) => HISTORY_DAYS - Math.floor(entry / TWO_32)),
  };
}

const NO_HISTORY: History = { hasToday: false, values: [], daysAgo: [] };

/** A goal of earlier advice, by how many days before the record date its own record date lies: it was for the day after that. */
export interface EarlierGoal {
  readonly daysAgo: number;
  readonly goal: number;
}

/** Goals of the week's advice, the oldest first. @param text an array of `GOAL_ENTRY`; null when there was none */
export function goalsOf(text: string | null): readonly EarlierGoal[] {
  if (text === null) return NO_GOALS;
  return ascending(text).map((entry) => ({ daysAgo: GOAL_DAYS - Math.floor(entry / TWO_32), goal: entry % TWO_32 }));
}

const NO_GOALS: readonly EarlierGoal[] = [];

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
