import { describe, expect, it } from '@jest/globals';
import { dailyScene } from '../../../src/domain/advice/daily-scene.js';
import { isTrue } from '../../../src/domain/advice/points/truth.js';
import { isBowlSoup } from '../../../src/domain/advice/catalogue/dish-kinds.js';
import { userId } from '../../../src/domain/ids.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { advised, book, catalogue, idOf, patient, vocabulary } from './advice-fixture.js';

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

/** Names of dishes at breakfast that a food may be said to be swapped for, whatever else is said. */
function likesOf(name: string): string[] {
  const food = idOf(name);
  const inputs = patient({ today: [food], recent: [food], mealsEaten: [0] });
  const beside = catalogue.offers.flatMap(({ dish }, place) => (/SNACK|DRINK|FRUIT/u.test(catalogue.dishes[dish]?.category ?? '') ? [place] : [])); // prettier-ignore
  const scene = dailyScene(inputs, book, { meals: [beside, [], []], composed: [0, 0, 0], shortSlots: 0 }, catalogue);
  const swaps = ['SWAP', 'SWAP_STATED', 'SWAP_ALTERNATIVE', 'SWAP_FRUIT'].map((id) => vocabulary.placeOf(id));
  const found = beside.filter((dish) => swaps.some((point) => isTrue({ point, eaten: food, dish }, scene, vocabulary)));
  return [...new Set(found.map((place) => catalogue.dishes[catalogue.offers[place]?.dish ?? -1]?.nameKo ?? ''))];
}

describe('A snack or a drink that was high', () => {
  it.each([
    ['식빵', ['가래떡', '쌀뻥튀기']],
    ['아이스크림', ['락토프리요구르트']],
    ['요구르트', ['락토프리요구르트']],
    ['우유', ['락토프리우유']],
    ['떡볶이', []],
    ['군고구마', []],
  ])('is swapped for its like alone, or for nothing: %s', (name, likes) => {
    expect(likesOf(name)).toEqual(likes);
  });

  it('is swapped for fruit where it was fruit', () => {
    expect(likesOf('사과')).toEqual(expect.arrayContaining(['딸기', '귤', '키위']));
    expect(likesOf('사과')).not.toEqual(expect.arrayContaining(['가래떡']));
  });
});
