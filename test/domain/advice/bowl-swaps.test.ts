import { describe, expect, it } from '@jest/globals';
import { isBowlSoup } from '../../../src/domain/advice/catalogue/dish-kinds.js';
import { userId } from '../../../src/domain/ids.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { advised, catalogue, idOf, patient, vocabulary } from './advice-fixture.js';

/** Dishes that a soup was swapped for, over a month of ten patients who had it. */
function swapsOf(name: string) {
  const food = idOf(name);
  return Array.from({ length: 300 }, (_, at) =>
    advised(
      patient({
        userId: userId(1 + (at % 10)),
        recordDate: addDays(localDate('2026-03-01'), at),
        today: [food],
        recent: [food],
        mealsEaten: [1],
        amounts: [900],
      }),
    ),
  ).flatMap(({ points }) =>
    points.flatMap(({ point, eaten, dish }) => {
      const isSwap = vocabulary.points[point]?.id.startsWith('SWAP') === true && eaten === food;
      const found = catalogue.dishes[catalogue.offers[dish]?.dish ?? -1];
      return isSwap && found !== undefined ? [found] : [];
    }),
  );
}

describe('A soup that was high', () => {
  it('is swapped for a soup of its kind: rice cake soup is a meal by itself, and a clear soup is none', () => {
    const [plain, bowls] = [swapsOf('김치찌개'), [...swapsOf('소고기떡국'), ...swapsOf('사골떡국')]];
    expect(plain.length).toBeGreaterThan(20);
    expect(plain.filter(isBowlSoup).map(({ nameKo }) => nameKo)).toEqual([]);
    expect(bowls.filter((dish) => !isBowlSoup(dish)).map(({ nameKo }) => nameKo)).toEqual([]);
  });
});
