import { describe, expect, it } from '@jest/globals';
import { array, assert, integer, property, tuple, uniqueArray } from 'fast-check';
import { eatenFoods, historyOf } from '../../src/records/record-lists.js';

const food = ([id, daysAgo]: readonly [number, number]): bigint => BigInt(id) * 4n + BigInt(daysAgo);
const day = ([at, value]: readonly [number, number]): bigint => BigInt(at) * 4_294_967_296n + BigInt(value) + 2_147_483_648n;
const textOf = (entries: readonly bigint[]): string => `{${entries.join(',')}}`;
const rising = (a: number, b: number): number => a - b;

describe('the foods of a user, out of the text of an array', () => {
  it('are those of the record date and those of all days, each in rising order, however the plan found them', () => {
    const eaten = array(tuple(integer({ min: 1, max: 2 ** 40 }), integer({ min: 0, max: 2 })), { minLength: 1, maxLength: 40 });
    assert(
      property(eaten, (list) => {
        const of = (wanted: (daysAgo: number) => boolean): number[] => list.filter(([, daysAgo]) => wanted(daysAgo)).map(([id]) => id).toSorted(rising); // prettier-ignore
        const today = of((daysAgo) => daysAgo === 0);
        expect(eatenFoods(textOf(list.map(food)))).toEqual({ today, recent: [...today, ...of((daysAgo) => daysAgo > 0)] });
      }),
    );
  });

  it('are none where there is no array', () => {
    expect(eatenFoods(null)).toEqual({ today: [], recent: [] });
  });
});

describe('a week of a user, out of the text of an array', () => {
  it('comes with the oldest day first and says whether the record date is in it, for any int', () => {
    const days = uniqueArray(tuple(integer({ min: 0, max: 6 }), integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), {
      selector: ([at]) => at,
      minLength: 1,
    });
    assert(
      property(days, (list) => {
        const values = list.toSorted(([a], [b]) => a - b).map(([, value]) => value);
        expect(historyOf(textOf(list.map(day)))).toEqual({ hasToday: list.some(([at]) => at === 6), values });
      }),
    );
  });

  it('leaves out a day without a value, and is empty where there is no array', () => {
    expect(historyOf(`{NULL,${day([6, -5])},NULL}`)).toEqual({ hasToday: true, values: [-5] });
    expect(historyOf(null)).toEqual({ hasToday: false, values: [] });
  });
});
