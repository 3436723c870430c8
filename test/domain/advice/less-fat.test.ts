import { describe, expect, it } from '@jest/globals';
import { fatButOfFish, isFatty, MAX_FAT_GRAMS } from '../../../src/domain/advice/catalogue/fat.js';
import type { DailyAdvice } from '../../../src/domain/advice/daily-advice.js';
import { dayFiguresOf } from '../../../src/domain/advice/day-figures.js';
import { eatenFoodsOf } from '../../../src/domain/advice/eaten-food.js';
import { ALLERGENS, allergenBit, LACTOSE_INTOLERANCE_BIT } from '../../../src/domain/advice/restrictions.js';
import { userId } from '../../../src/domain/ids.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import { advised, book, catalogue, engineIn, english, idOf, korean, patient, vocabulary } from './advice-fixture.js';

const DAY = localDate('2026-03-01');
const ATE = ['맑은무국', '김치찌개', '양파장아찌', '대구찜', '가지밥', '쌀밥'].map((name) => idOf(name));

/** Advice of six weeks to a patient who writes this, with these flags. */
function weeksOf(text: string | null, { flags = 0, tongue = korean, body = null as string | null } = {}): DailyAdvice[] {
  return Array.from({ length: 42 }, (_, day) => {
    const profile = profileOf([0, null, null, text, body], DAY, flags);
    const inputs = patient({ userId: userId(1 + (day % 5)), allergens: flags, profile, recordDate: addDays(DAY, day), today: ATE, recent: [], mealsEaten: [0, 1, 1, 2, 2, 0], amounts: [300, 400, 40, 170, 250, 210] }); // prettier-ignore
    return advised(inputs, engineIn(tongue));
  });
}

const offersOf = (weeks: readonly DailyAdvice[]) => weeks.flatMap(({ offers }) => offers.flatMap((place) => catalogue.offers[place] ?? []));
const idsOf = (weeks: readonly DailyAdvice[]) => new Set(offersOf(weeks).flatMap(({ judged }) => judged.recipe.map(({ ingredient }) => ingredient.id))); // prettier-ignore
const usual = (name: string) => catalogue.dishes[catalogue.indexOfName(name)]?.usual.recipe ?? [];

/** Allergens of what was offered. */
const held = (weeks: readonly DailyAdvice[]): string[] =>
  ALLERGENS.filter((each) => offersOf(weeks).some(({ judged }) => (judged.restrictions & allergenBit(each)) !== 0));

const daysThatSay = (all: readonly DailyAdvice[], said: RegExp): number =>
  all.filter(({ dietTarget }) => said.test(dietTarget.Summary)).length;

const toldOfFamily = (text: string | null, born: number | null): number =>
  Array.from({ length: 42 }, (_, day) =>
    advised(patient({ profile: profileOf([0, null, born, text, null], DAY), recordDate: addDays(DAY, day) })),
  ).filter(({ dietTarget }) => /대장암/u.test(dietTarget.Summary)).length;

describe('A dish that is named in place of one that was eaten', () => {
  it('is no fattier than that one, or has little fat, and is hot only where that one was', () => {
    const swaps = weeksOf(null).flatMap(({ points }) =>
      points.flatMap(({ point, eaten, dish }) => {
        const isSwap = vocabulary.points[point]?.id.startsWith('SWAP') === true;
        const [had, named] = [catalogue.dishes[eaten - 1]?.usual, catalogue.offers[dish]?.judged];
        return isSwap && had !== undefined && named !== undefined ? [{ had, named }] : [];
      }),
    );
    expect(swaps.length).toBeGreaterThan(10);
    for (const { had, named } of swaps) {
      expect(named.fatGrams ?? Infinity).toBeLessThanOrEqual(Math.max(5, had.fatGrams ?? 0));
      expect(Number(named.hot)).toBeLessThanOrEqual(Number(had.hot));
    }
  });
});

describe('Fat of a dish', () => {
  it('is more than may be where a food of it has no figure, a seasoning apart', () => {
    const rice = usual('쌀밥').map((part) => ({ ...part, ingredient: { ...part.ingredient, fatGrams: null } }));
    const seasoned = rice.map((part) => ({ ...part, ingredient: { ...part.ingredient, group: 'SEASONING' as const } }));
    expect([isFatty(usual('쌀밥')), isFatty(rice), isFatty(seasoned)]).toEqual([false, true, false]);
  });

  it('is that of its ingredients, without that of fish', () => {
    expect(Math.round(fatButOfFish(usual('오리소금구이')))).toBe(45);
    expect(fatButOfFish(usual('고등어소금구이'))).toBeCloseTo(3, 1); // the oil
    for (const name of ['갈비탕', '차돌박이구이', '양념치킨', '돈가스', '오리소금구이'])
      expect([name, isFatty(usual(name))]).toEqual([name, true]);
  });
});

describe.each(['고지혈증 있어요', '콜레스테롤이 높아요', '지방간', '역류성 식도염', '만성 위염', 'GERD', 'on statins'])(
  'A patient who writes %s',
  (text) => {
    const weeks = weeksOf(text);

    it('is offered no fatty dish and none of ribs, cured meat and bones, and enough of the others', () => {
      const offers = offersOf(weeks);
      expect(Math.max(...offers.map(({ judged }) => fatButOfFish(judged.recipe)))).toBeLessThanOrEqual(MAX_FAT_GRAMS);
      expect(['beef-rib', 'duck', 'ham', 'sausage', 'butter', 'beef-stock'].filter((id) => idsOf(weeks).has(id))).toEqual([]);
      expect(new Set(offers.map(({ dish }) => dish)).size).toBeGreaterThan(60);
      for (const { dietTarget } of weeks)
        for (const meal of [dietTarget.Breakfast, dietTarget.Lunch, dietTarget.Dinner]) expect(meal.length).toBeGreaterThanOrEqual(4);
    });

    it('is told so on one day of three', () => {
      expect(daysThatSay(weeks, /기름진 음식은 뺐|지방이 적은 음식/u)).toBe(14);
      expect(daysThatSay(weeksOf(text, { tongue: english }), /Fatty dishes are left out|Dishes with little fat/u)).toBe(14);
    });
  },
);

/** The same of a patient whose body mass index is low. */
const light = (text: string): DailyAdvice[] => weeksOf(text, { body: '165 44' });

describe('A patient of a low weight', () => {
  it.each(['만성 위염', '고지혈증', '역류성 식도염'])('is offered what has fat as well, whatever else is left out: %s', (text) => {
    const [offers, others] = [offersOf(light(text)), offersOf(weeksOf(text))];
    const fattest = (some: typeof offers): number => Math.max(...some.map(({ judged }) => fatButOfFish(judged.recipe)));
    expect([fattest(offers) > MAX_FAT_GRAMS, fattest(others) > MAX_FAT_GRAMS]).toEqual([true, false]);
    expect(light(text).some(({ dietTarget }) => /기름진 음식은 뺐|지방이 적은/u.test(dietTarget.Summary))).toBe(false);
  });

  it('is offered nothing hot with a sore stomach, no sugar with a fatty liver, and nothing fat that it does not bear', () => {
    expect(['chilli-powder', 'tomato'].filter((id) => idsOf(light('만성 위염')).has(id))).toEqual([]);
    expect(['sugar', 'honey'].filter((id) => idsOf(light('지방간')).has(id))).toEqual([]);
    const most = Math.max(...offersOf(light('기름진 음식 먹으면 설사해요')).map(({ judged }) => fatButOfFish(judged.recipe)));
    expect([most > 5, most <= MAX_FAT_GRAMS]).toEqual([true, true]);
  });
});

describe('What another condition leaves out', () => {
  it.each([
    ['지방간', ['sugar', 'corn-syrup', 'rice-syrup', 'honey']],
    ['역류성 식도염', ['chilli-powder', 'gochujang', 'kimchi', 'mandarin', 'orange', 'tomato', 'pineapple', 'green-tea', 'vinegar']],
    ['아황산염 알레르기', ['shrimp', 'clam', 'canned-tuna', 'dried-pollock', 'vinegar', 'saeujeot']],
    ['sulfite allergy', ['shrimp', 'clam', 'canned-tuna', 'dried-pollock', 'vinegar']],
    ['갑상선기능항진증', ['laver', 'sea-mustard', 'kelp']],
    ['히스타민 불내증', ['kimchi', 'soy-sauce', 'spinach', 'tomato', 'aubergine', 'mackerel']],
    ['라텍스 알레르기', ['unripe-banana', 'kiwifruit', 'tomato', 'potato']],
    ['구강알레르기증후군', ['strawberry', 'kiwifruit', 'walnut']],
    ['당뇨', ['cooked-glutinous-rice', 'sugar']],
  ])('%s: %j', (text, ids) => {
    const [offered, usually] = [idsOf(weeksOf(text)), idsOf(weeksOf(null))];
    expect(ids.filter((id) => offered.has(id))).toEqual([]);
    expect(ids.some((id) => usually.has(id))).toBe(true);
    expect(offered.size).toBeGreaterThan(40);
  });
});

describe('An allergy to nothing that is named', () => {
  it.each(['알레르기 있음', '음식 알레르기가 있어요', '알러지 있어요 조심해주세요', 'I have allergies', 'food allergy'])(
    'leaves all allergens out of the dishes, and is told as not understood: %s',
    (text) => {
      const weeks = weeksOf(text);
      expect(held(weeks)).toEqual([]);
      expect(offersOf(weeks).length).toBeGreaterThan(300);
      for (const { dietTarget } of weeks) expect(dietTarget.Summary).toMatch(/알아보지 못/u);
    },
  );

  it('is that of the flags where one is ticked, and that of the text where it names one; lactose is no allergy', () => {
    expect(held(weeksOf('알레르기 있음', { flags: allergenBit('EGG') }))).toEqual(ALLERGENS.filter((each) => each !== 'EGG'));
    expect(held(weeksOf('알레르기 있어요. 새우는 못 먹어요', { flags: allergenBit('SEAFOOD') }))).not.toEqual([]);
    expect(held(weeksOf('알레르기 있음', { flags: LACTOSE_INTOLERANCE_BIT }))).toEqual([]);
    expect(held(weeksOf('알레르기 없음'))).toEqual([...ALLERGENS]);
  });
});

describe('Cancer in the family', () => {
  it('is spoken of to adults, and not to children, to patients with cancer or to others in the care of a doctor', () => {
    const child = Date.parse('2014-01-01') / 86_400_000;
    expect(toldOfFamily(null, null)).toBeGreaterThan(0);
    expect([
      toldOfFamily(null, child),
      toldOfFamily('대장암 수술했어요', null),
      toldOfFamily('항암 치료 중', null),
      toldOfFamily('임신 중', null),
    ]).toEqual([0, 0, 0, 0]);
  });
});

describe('A sum of fibre', () => {
  it('is half a gram where it is, in whatever order it was added up', () => {
    const rice = idOf('쌀밥'); // 0.3 g in 100 g
    const parts = [33.3, 166.7, 200, 100.1, 99.9, 233.4];
    const sums = [parts, parts.toReversed()].map((amounts) => {
      const today = amounts.map(() => rice);
      return dayFiguresOf(patient({ today, amounts }), amounts.flatMap((amount) => eatenFoodsOf(patient({ today: [rice], amounts: [amount] }), book)), book).fibreGrams; // prettier-ignore
    });
    expect(sums[0]).toBe(2.5002);
    expect(sums[1]).toBe(sums[0]);
  });
});
