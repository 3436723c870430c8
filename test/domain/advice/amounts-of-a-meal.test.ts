import { describe, expect, it } from '@jest/globals';
import { eatenFoodsOf } from '../../../src/domain/advice/eaten-food.js';
import { isProteinDish } from '../../../src/domain/advice/catalogue/dish-kinds.js';
import { foodBookOf } from '../../../src/domain/advice/food-book.js';
import { isMealFood } from '../../../src/domain/advice/meal-food.js';
import type { PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import { allergenBit, LACTOSE_INTOLERANCE_BIT } from '../../../src/domain/advice/restrictions.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { advised, book, catalogue, engineIn, idOf, korean, patient, row, vocabulary } from './advice-fixture.js';

type Record = readonly [name: string, meal: number, grams: number];

const BREAKFAST = 0;
const LUNCH = 1;
const DINNER = 2;
const SNACK = -1;

/** A patient who recorded these and nothing else. */
function ate(records: readonly Record[], given: Partial<PatientInputs> = {}): PatientInputs {
  const today = records.map(([name]) => idOf(name));
  const mealsEaten = records.map(([, meal]) => meal);
  return patient({ today, recent: today, mealsEaten, amounts: records.map(([, , grams]) => grams), ...given });
}

/** Everything that a fortnight of such days would say, and by which points. */
function fortnight(records: readonly Record[]): { readonly text: string; readonly points: ReadonlySet<string> } {
  const days = Array.from({ length: 14 }, (_, day) => advised(ate(records, { recordDate: addDays(localDate('2026-03-01'), day) })));
  return {
    text: days.map(({ dietEvaluation, dietTarget }) => `${dietEvaluation}\n${dietTarget.Summary}`).join('\n'),
    points: new Set(days.flatMap(({ points }) => points.map(({ point }) => vocabulary.points[point]?.id ?? ''))),
  };
}

const classesOf = (records: readonly Record[]): unknown => eatenFoodsOf(ate(records), book).map(({ fodmap }) => fodmap);

describe('What was eaten is judged by the meal', () => {
  it('so that a low portion at each of three meals stays low, and three at one meal do not', () => {
    expect(classesOf([['오렌지', BREAKFAST, 130], ['오렌지', LUNCH, 130], ['오렌지', DINNER, 130]])).toEqual(['LOW']); // prettier-ignore
    expect(classesOf([['오렌지', LUNCH, 130], ['오렌지', LUNCH, 130], ['오렌지', LUNCH, 130]])).toEqual(['MODERATE']); // prettier-ignore
  });

  it('with records of no known meal as one meal, and without meals with the day as one: it calls nothing low that may be more', () => {
    expect(
      classesOf([
        ['오렌지', SNACK, 130],
        ['오렌지', SNACK, 130],
      ]),
    ).toEqual(['MODERATE']);
    const { mealsEaten: _, ...unknown } = ate([['오렌지', BREAKFAST, 130], ['오렌지', DINNER, 130]]); // prettier-ignore
    expect(eatenFoodsOf(unknown, book).map(({ fodmap }) => fodmap)).toEqual(['MODERATE']);
  });

  it('also on a day of so many records that they are summed at once', () => {
    const many: Record[] = Array.from({ length: 40 }, (_, at) => ['쌀밥', at % 3, 100]);
    expect(classesOf([...many, ['오렌지', BREAKFAST, 130], ['오렌지', DINNER, 130]])).toEqual(['LOW', 'LOW']);
    expect(classesOf([...many, ['오렌지', LUNCH, 130], ['오렌지', LUNCH, 130]])).toEqual(['LOW', 'MODERATE']);
  });

  it('and told by it: how much it was at one meal, and no word of plenty for a bowl at each', () => {
    expect(fortnight([['오렌지', LUNCH, 260], ['오렌지', DINNER, 90], ['쌀밥', DINNER, 210]]).text).toMatch(/한 끼에 260 g 드셨어요/u); // prettier-ignore
    const bowls = fortnight([['귤', BREAKFAST, 90], ['쌀밥', BREAKFAST, 210], ['쌀밥', DINNER, 210], ['보리밥', LUNCH, 210]]); // prettier-ignore
    expect([bowls.points.has('STILL_LOW_PORTION'), bowls.points.has('PRAISE_LOW_FODMAP')]).toEqual([false, true]);
    expect(
      fortnight([
        ['귤', BREAKFAST, 90],
        ['보리밥', BREAKFAST, 210],
        ['쌀밥', LUNCH, 420],
      ]).points,
    ).toContain('STILL_LOW_PORTION');
  });

  it('of lactose as well, while fibre is that of the day', () => {
    const splashes = ate([['우유', BREAKFAST, 20], ['우유', LUNCH, 20], ['우유', DINNER, 20]], { allergens: LACTOSE_INTOLERANCE_BIT }); // prettier-ignore
    const glass = ate([['우유', DINNER, 60]], { allergens: LACTOSE_INTOLERANCE_BIT });
    expect([splashes, glass].map((inputs) => eatenFoodsOf(inputs, book)[0]?.own !== 0)).toEqual([false, true]);
    expect(eatenFoodsOf(splashes, book)[0]?.grams).toBe(60);
  });
});

describe('An amount that is not believed, or was not recorded', () => {
  it.each([9_000, 0, 3])('(%d g) is not praised, and no sentence says how much it was', (grams) => {
    const { text, points } = fortnight([['딸기', LUNCH, grams], ['쌀밥', DINNER, 210], ['보리밥', BREAKFAST, 210]]); // prettier-ignore
    expect(text).not.toMatch(/‘딸기’[^.]*저FODMAP/u);
    expect([points.has('DAY_NO_HIGH'), text.includes('‘쌀밥’')]).toEqual([true, true]);
  });

  it('is one of a twentieth of a serving as well: a bowl of ramyeon, one piece and 0.3 kg are no gram or three', () => {
    expect(classesOf([['라면', DINNER, 1], ['사과', LUNCH, 1], ['양파장아찌', DINNER, 0.04]])).toEqual(['HIGH', 'HIGH', 'HIGH']); // prettier-ignore
    expect(classesOf([['사과', LUNCH, 8], ['김구이', LUNCH, 0.5]])).toEqual(['MODERATE', 'LOW']); // prettier-ignore
    const names = ['바나나', '고구마', '마늘', '땅콩'];
    const foods = new Map([
      ...book,
      ...foodBookOf(
        names.map((foodName, at) => row(7_100 + at, { foodName })),
        catalogue,
      ),
    ]);
    const inputs = patient({ today: names.map((_, at) => 7_100 + at), amounts: [1, 1, 1, 1], mealsEaten: [0, 0, 0, 0] });
    expect(eatenFoodsOf(inputs, foods).map(({ fodmap, isMeasured }) => [fodmap, isMeasured])).toEqual([['HIGH', false], ['MODERATE', false], ['LOW', true], ['LOW', true]]); // prettier-ignore
  });

  it('is no reason for a smaller portion either, where two records of one meal count as two servings', () => {
    const twice = fortnight([['오렌지', LUNCH, 0], ['오렌지', LUNCH, 0], ['쌀밥', DINNER, 210]]); // prettier-ignore
    expect([twice.points.has('SMALLER_PORTION'), twice.points.has('MODERATE_FRUCTOSE')]).toEqual([false, true]);
  });
});

describe('A meal of fruit or a drink alone', () => {
  it('is told kindly, and three of them are no regular meals to carry on with', () => {
    const fruit = fortnight([['딸기', BREAKFAST, 60], ['귤', LUNCH, 90], ['녹차', DINNER, 200]]); // prettier-ignore
    expect([fruit.points.has('REGULAR_MEALS'), fruit.points.has('LIGHT_MEAL')]).toEqual([false, true]);
    expect(fruit.text).toMatch(/과일이나 음료/u);
  });

  it('is none where rice, or a food that is not known, was there as well', () => {
    const meals = fortnight([['쌀밥', BREAKFAST, 210], ['귤', BREAKFAST, 90], ['두부구이', LUNCH, 115], ['쌀밥', DINNER, 210]]); // prettier-ignore
    expect([meals.points.has('REGULAR_MEALS'), meals.points.has('LIGHT_MEAL')]).toEqual([true, false]);
  });
});

describe('A food that nothing but its name is known of', () => {
  it.each([
    '토스트와 커피',
    '샌드위치+아메리카노',
    '치킨과 맥주',
    '햄버거 콜라',
    '김밥 콜라(355 ml)',
    'Bread and tea',
    'Burger with cola',
    '가자미식혜',
    '명태 식혜',
  ])('is a meal where it is more than drinks: %s', (name) => {
    expect(isMealFood(name, undefined, undefined)).toBe(true);
  });

  it.each([
    '아이스 아메리카노',
    '맥주(500 ml)',
    '사과 주스',
    '커피, 콜라 500ml',
    '수정과 식혜',
    '화이트와인',
    '식혜',
    'Iced latte',
    'tea and coffee',
    '토마토 주스',
    '고구마라떼',
  ])('is none where it is drinks alone: %s', (name) => {
    expect(isMealFood(name, undefined, undefined)).toBe(false);
  });
});

describe('A dish that is high by garlic and the onions alone', () => {
  it('can stay: it is told how to cook it', () => {
    const spinach = fortnight([['시금치나물', LUNCH, 70], ['쌀밥', LUNCH, 210]]); // prettier-ignore
    expect(spinach.text).toMatch(/시금치나물’[^.]* 마늘[^.]* 없이 만/u);
    expect(spinach.text).not.toMatch(/쌀밥’[^.]* 없이 만/u);
  });

  it('is none that has more to change, or whose usual serving is low', () => {
    const pork = fortnight([['제육볶음', DINNER, 180], ['라면', LUNCH, 500], ['쌀밥', DINNER, 210]]); // prettier-ignore
    expect([pork.points.has('HIGH_FRUCTAN'), pork.points.has('SAME_DISH_CHANGED')]).toEqual([true, false]);
  });

  it('is not told to a patient who is allergic to what is in it', () => {
    const records: Record[] = [['시금치나물', LUNCH, 70]];
    const said = (allergens: number): string =>
      Array.from({ length: 4 }, (_, day) => advised(ate(records, { allergens, recordDate: addDays(localDate('2026-03-01'), day) })).dietEvaluation).join('\n'); // prettier-ignore
    expect([said(0), said(allergenBit('NUT'))].map((text) => /없이 만/u.test(text))).toEqual([true, false]);
  });
});

describe('Three coffees, or beer and soju', () => {
  const names = ['아이스 아메리카노', '카페라떼(톨)', '맥주 500ml', '커피빵', '집에서 만든 것', 'Iced coffee', 'Steak'];
  const foods = foodBookOf(names.map((foodName, at) => row(at + 1, { foodName })), catalogue); // prettier-ignore

  const pointsOf = (today: number[]): string[] => {
    const advice = engineIn(korean).advise(patient({ today, mealsEaten: [BREAKFAST, LUNCH, DINNER], amounts: [300, 300, 500] }), foods);
    return 'points' in advice ? advice.points.map(({ point }) => vocabulary.points[point]?.id ?? '') : [];
  };

  it('are no meals, by their names alone', () => {
    expect(names.filter((_, at) => foods.get(at + 1)?.isMeal === false)).toEqual(['아이스 아메리카노', '카페라떼(톨)', '맥주 500ml', 'Iced coffee']); // prettier-ignore
    expect([pointsOf([1, 2, 3]), pointsOf([5, 5, 7])].map((ids) => ids.includes('REGULAR_MEALS'))).toEqual([false, true]);
  });
});

describe('What a dish of vegetables is swapped for', () => {
  it('brings protein where that was in what it takes the place of: an omelette gives way to no spinach', () => {
    const { text, points } = fortnight([['달걀말이', LUNCH, 80], ['청국장찌개', DINNER, 400], ['쌀밥', LUNCH, 210]]); // prettier-ignore
    const dishes = [...text.matchAll(/(?:달걀말이|청국장찌개)’(?:을|를|로| 대신|에는)[^.]*?(?:\. 다음에는 )?‘([^’]+)’/gu)].map(
      ([, name = '']) => name,
    );
    expect(points).toContain('SWAP');
    expect(dishes.length).toBeGreaterThan(2);
    expect(dishes.filter((name) => !isProteinDish(catalogue.offers.find((each) => catalogue.dishes[each.dish]?.nameKo === name) as never))).toEqual([]); // prettier-ignore
  });

  it('brings vegetables as well: spinach gives way to no omelette', () => {
    const { text } = fortnight([['시금치나물', LUNCH, 70], ['양파장아찌', DINNER, 60], ['쌀밥', LUNCH, 210]]); // prettier-ignore
    const dishes = [...text.matchAll(/시금치나물’(?:을| 대신|에는)[^.]*?(?:\. 다음에는 )?‘([^’]+)’/gu)].map(([, name = '']) => name);
    expect(dishes.length).toBeGreaterThan(0);
    const grams = dishes.map((name) => catalogue.dishes[catalogue.indexOfName(name)]?.usual.vegetableGrams ?? 0);
    expect(grams.filter((each) => each < 50)).toEqual([]);
  });
});

describe('A fruit that is high', () => {
  it.each(['복숭아', '수박'])('(%s) is told with another to have in its place', (name) => {
    const { points, text } = fortnight([[name, LUNCH, 200], ['쌀밥', LUNCH, 210]]); // prettier-ignore
    expect(points).toContain('SWAP_FRUIT');
    expect(text).toMatch(new RegExp(`${name}’(?:에는 [^.]*많아요. 다음에는| 대신) ‘`, 'u'));
  });

  it('is counted as people count it in English', () => {
    const servings = ['귤', '딸기', '삶은달걀'].map((name) => catalogue.dishes[catalogue.indexOfName(name)]?.servingEn);
    expect(servings).toEqual(['1', '5', '2']);
  });
});

describe('What is said of an amount', () => {
  it('speaks of what was eaten at a time, not of the day', () => {
    const low = fortnight([['오렌지', BREAKFAST, 130], ['오렌지', LUNCH, 130], ['오렌지', DINNER, 130], ['보리밥', LUNCH, 210]]); // prettier-ignore
    expect([low.points.has('PRAISE_LOW_FODMAP'), /오렌지[^.]*저FODMAP/u.test(low.text)]).toEqual([true, true]);
    expect([...low.text.matchAll(/[^.\n]*오렌지[^.\n]*저FODMAP[^.\n]*/gu)].filter(([said]) => !said.includes('한 번에'))).toEqual([]);
  });
});
