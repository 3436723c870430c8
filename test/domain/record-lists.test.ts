import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, integer, property, tuple, uniqueArray } from 'fast-check';
import { eatenFoods, goalsOf, historyOf } from '../../src/records/record-lists.js';

/** Of a record: whether it is of the record date, its amount in hundredths of a gram, and its meal (3 for another word). */
type FoodRecord = readonly [id: number, isToday: boolean, hundredths: number, meal: number];

const food = ([id, isToday, hundredths, meal]: FoodRecord): bigint => isToday ? BigInt(id) * 1_200_004n + BigInt(hundredths) * 4n + BigInt(meal) : -BigInt(id); // prettier-ignore
const day = ([at, value]: readonly [number, number]): bigint => BigInt(at) * 4_294_967_296n + BigInt(value) + 2_147_483_648n;
const textOf = (entries: readonly bigint[]): string => `{${entries.join(',')}}`;
const rising = (a: number, b: number): number => a - b;

describe('the foods of a user, out of the text of an array', () => {
  it('are those of the record date with amounts and meals, and those of all days, in rising order, however the plan found them', () => {
    const records = array(
      tuple(integer({ min: 1, max: 2 ** 32 }), constantFrom(true, false), integer({ min: 0, max: 300_000 }), integer({ min: 0, max: 3 })),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    assert(
      property(records, (list) => {
        const today = list.filter(([, isToday]) => isToday).toSorted(([a, , x, m], [b, , y, n]) => a - b || x - y || m - n); // prettier-ignore
        const earlier = list.filter(([, isToday]) => !isToday).map(([id]) => id).toSorted(rising); // prettier-ignore
        const ids = today.map(([id]) => id);
        expect(eatenFoods(textOf(list.map(food)))).toEqual({
          today: ids,
          amounts: today.map(([, , hundredths]) => hundredths / 100),
          mealsEaten: today.map(([, , , meal]) => (meal === 3 ? -1 : meal)),
          recent: [...ids, ...earlier],
        });
      }),
    );
  });

  it('are none where there is no array', () => {
    expect(eatenFoods(null)).toEqual({ today: [], amounts: [], mealsEaten: [], recent: [] });
  });
});

describe('a week of a user, out of the text of an array', () => {
  it('comes with the oldest day first and says which day each was, for any int', () => {
    const days = uniqueArray(tuple(integer({ min: 0, max: 6 }), integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), {
      selector: ([at]) => at,
      minLength: 1,
    });
    assert(
      property(days, (list) => {
        const sorted = list.toSorted(([a], [b]) => a - b);
        expect(historyOf(textOf(list.map(day)))).toEqual({
          hasToday: list.some(([at]) => at === 6),
          values: sorted.map(([, value]) => value),
          daysAgo: sorted.map(([at]) => 6 - at),
        });
      }),
    );
  });

  it('leaves out a day without a value, and is empty where there is no array', () => {
    expect(historyOf(`{NULL,${day([6, -5])},NULL}`)).toEqual({ hasToday: true, values: [-5], daysAgo: [0] });
    expect(historyOf(null)).toEqual({ hasToday: false, values: [], daysAgo: [] });
  });
});

const goal = (daysAgo: number, steps: number): bigint => BigInt(7 - daysAgo) * 4_294_967_296n + BigInt(steps);

describe('the step goals of a week, out of the text of an array', () => {
  it('come with the oldest first, and are none where there is no array', () => {
    expect(goalsOf(textOf([goal(1, 5_500), goal(7, 1_000), goal(3, 2 ** 31 - 1)]))).toEqual([
      { daysAgo: 7, goal: 1_000 },
      { daysAgo: 3, goal: 2 ** 31 - 1 },
      { daysAgo: 1, goal: 5_500 },
    ]);
    expect(goalsOf(null)).toEqual([]);
  });
});
