import { describe, expect, it } from '@jest/globals';
import { IN_NO_DISH, refusedOffers } from '../../../src/domain/advice/catalogue/refused-offers.js';
import { menuViolations } from '../../../src/domain/advice/menu-violations.js';
import type { PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import { refusedFoodsOf } from '../../../src/domain/advice/refused-foods.js';
import { advised, book, catalogue, engineIn, patient, vocabulary } from './advice-fixture.js';

/** Offers that a text bars, and whether it holds something that is not understood. */
function refusedBy(text: string): { bars: string[]; isUnread: boolean } {
  const said = refusedFoodsOf(text);
  if (said === undefined) return { bars: [], isUnread: false };
  const { barred, isUnread } = refusedOffers(catalogue, said);
  const holding = catalogue.offers.flatMap(({ dish }, at) => (barred[at] === 1 ? [catalogue.dishes[dish]?.nameKo ?? ''] : []));
  return { bars: [...new Set(holding)], isUnread };
}

describe('what follows a meal', () => {
  it('is no word against rice, which stands for any meal there; rice by its own name is', () => {
    for (const text of ['밥 먹고 토해요', '밥 먹으면 배가 아파요', '밥을 먹은 후 설사해요'])
      expect(refusedBy(text)).toEqual({ bars: [], isUnread: false });
    expect(refusedBy('밥 먹고 우유 마시면 설사해요').bars.includes('쌀밥')).toBe(false);
    expect(refusedBy('쌀밥 먹으면 배 아파요').bars).toContain('쌀밥');
    expect(refusedBy('밥 안 먹어요').bars).toContain('쌀밥');
  });
});

describe('a food that no flag and no preference stands for', () => {
  it.each<[string, string]>([
    ['오리고기 안 먹어요', '오리소금구이'],
    ['메밀 알레르기', '순메밀국수'],
    ['토마토 먹으면 두드러기 나요', '달걀토마토볶음'],
    ['새우 키위 알레르기', '키위'],
    ['알레르기: 새우, 키위', '키위'],
    ['allergic to peaches and kiwi', '키위'],
    ['가지 싫어해요', '가지밥'],
    ['우유 싫어해요', '락토프리우유'],
    ['버터, 유제품 싫어해요', '락토프리요구르트'],
    ['밀가루 음식 싫어요', '오트밀죽'],
    ['계란 싫어해요', '감자샐러드'],
    ['갑각류 싫어요', '새우죽'],
    ['hates milk', '락토프리우유'],
    ['버섯 알레르기', '표고버섯'],
    ['쌀 알레르기', '가래떡'],
    ['메밀 먹으면 죽어요', '순메밀국수'],
    ['키위x, 메밀x', '순메밀국수'],
    ['키위 알러쥐', '키위'],
    ['오이 극혐', '오이볶음'],
    ['떡 못 먹어요', '사골떡국'],
    ['죽 싫어요', '닭죽'],
    ['국물 싫어요', '맑은무국'],
    ['면 싫어함', '소고기쌀국수'],
    ['no soup, hates porridge', '흰죽'],
  ])('%s: no %s is offered, and all of it is understood', (text, dish) => {
    const { bars, isUnread } = refusedBy(text);
    const offered = new Set(catalogue.candidates(0, 0, refusedFoodsOf(text)).flatMap((list) => [...list]));
    const names = [...offered].map((place) => catalogue.dishes[catalogue.offers[place]?.dish ?? -1]?.nameKo);
    expect(isUnread).toBe(false);
    expect(names).not.toContain(dish);
    expect(bars.length).toBeGreaterThan(0);
    expect(names.length).toBeGreaterThan(0);
  });

  it.each([
    '알레르기 있음',
    '음식 알레르기가 있어요',
    '아황산염 알러지',
    '새우, 복숭아, 니켈 알레르기',
    '새우 니켈 알레르기',
    '알레르기: 새우, 니켈',
    '찬 음식을 못 먹어요',
    'allergic to sulfites',
    'shrimp allergy, nickel allergy',
  ])('is told of where it must be avoided and is not understood: %j', (text) => {
    expect(refusedBy(text).isUnread).toBe(true);
    const profile = { skips: [false, false, false], waterMl: null, age: null, preferences: 0, refuses: refusedFoodsOf(text) } as const;
    for (const [language, told] of [
      ['ko', /확인/u],
      ['en', /ingredients/u],
    ] as const) {
      const { dietTarget, points } = advised(patient({ profile }), engineIn({ vocabulary, language }));
      expect(points.map(({ point }) => vocabulary.points[point]?.id)).toContain('UNREAD_ALLERGY');
      expect(dietTarget.Summary).toMatch(told);
      expect(dietTarget.Summary).not.toMatch(/니켈|nickel/u);
    }
  });

  it.each([
    '새우 알레르기가 있어요',
    '돼지고기알레르기',
    '매운 음식은 못 먹어요',
    '오리고기는 안 먹어요',
    '술은 못 마셔요',
    '복숭아 알레르기',
    '알레르기 없음',
    '한식을 좋아해요',
    'no pork, beef or chicken',
    'lactose intolerant',
    '고등어 구이 못 먹음',
    '가지 싫어요',
  ])('is not said to be unread where it is understood, or is only not liked: %j', (text) => {
    expect(refusedBy(text).isUnread).toBe(false);
  });

  it('may stand behind what is read of a long text', () => {
    expect(refusedFoodsOf('한식 좋아요', { isCut: true })).toMatchObject({ isUnnamed: true });
    expect(refusedFoodsOf('한식 좋아요')).toBeUndefined();
  });

  it('is in no dish where the list says so', () => {
    const names = catalogue.ingredients.flatMap(({ nameKo, nameEn, aliases }) => [
      nameKo,
      ...aliases,
      ...nameEn.toLowerCase().split(/\W+/u),
    ]);
    expect(names.filter((name) => IN_NO_DISH.test(name))).toEqual([]);
    expect(IN_NO_DISH.test('양고기')).toBe(true);
  });

  it('is turned down by the gate whatever a generator chose', () => {
    const duck = catalogue.dishes.findIndex(({ nameKo }) => nameKo === '오리소금구이');
    const place = catalogue.dishes[duck]?.offers[0] ?? -1;
    const refuses = refusedFoodsOf('오리고기는 안 먹어요');
    const profile = { skips: [false, false, false], waterMl: null, age: null, preferences: 0, refuses } as const;
    const found = (inputs: PatientInputs): readonly string[] => menuViolations([[], [place], []], inputs, { book, catalogue }).toSorted();
    expect(found(patient({ profile }))).toEqual([...found(patient()), 'NOT_WANTED'].toSorted());
  });
});
