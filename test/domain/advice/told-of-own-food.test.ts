import { describe, expect, it } from '@jest/globals';
import type { PatientProfile } from '../../../src/domain/advice/patient-inputs.js';
import { allergenBit, LACTOSE_INTOLERANCE_BIT } from '../../../src/domain/advice/restrictions.js';
import { FODMAP_KINDS } from '../../../src/domain/advice/catalogue/ingredient.js';
import { eatenFoodsOf } from '../../../src/domain/advice/eaten-food.js';
import { foodBookOf } from '../../../src/domain/advice/food-book.js';
import { preferenceBit } from '../../../src/domain/advice/food-preferences.js';
import { createSafetyGate } from '../../../src/domain/advice/safety-gate.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { advised, book, catalogue, english, engineIn, idOf, korean, patient, row } from './advice-fixture.js';

const ALL = 127;

describe('Eating one’s own allergen', () => {
  it('is told of each food, with what it holds of it', () => {
    const today = [idOf('라면'), idOf('우유'), idOf('쌀밥')];
    const { dietEvaluation } = advised(patient({ today, allergens: allergenBit('GLUTEN') | allergenBit('MILK') }));
    expect(dietEvaluation).toContain('‘라면’(글루텐), ‘우유’(우유 단백질)');
    expect(dietEvaluation).not.toContain('쌀밥’(');
    expect(dietEvaluation).toContain('119');
  });

  it('names three at most and counts the others, in both languages', () => {
    const today = ['라면', '우유', '두유', '식빵', '아이스크림', '호두'].map(idOf);
    const inputs = patient({ today, allergens: allergenBit('GLUTEN') | allergenBit('MILK') | allergenBit('NUT') });
    expect(advised(inputs).dietEvaluation).toMatch(/(?:‘[^’]+’\([^)]+\)(?:, )?){3} 외 2가지/u);
    expect(advised(inputs, engineIn(english)).dietEvaluation).toMatch(/(?:‘[^’]+’ \([^)]+\)(?:, )?){2} and 3 more/u);
  });

  it('is told of the chestnuts of 삼계탕, which its usual recipe holds', () => {
    const { dietEvaluation } = advised(patient({ today: [idOf('삼계탕')], allergens: allergenBit('NUT') }));
    expect(dietEvaluation).toContain('‘삼계탕’(견과류나 깨)');
  });

  it('names in English what the catalogue has an English name for', () => {
    const inputs = patient({ today: [idOf('라면')], allergens: allergenBit('GLUTEN') });
    const { dietEvaluation } = advised(inputs, engineIn(english));
    expect(dietEvaluation).toContain(`‘${catalogue.dishes[catalogue.indexOfName('라면')]?.nameEn ?? ''}’ (gluten`);
    expect(dietEvaluation).not.toMatch(/[가-힣]/u);
  });

  it('counts a food whose name is not to be repeated with the others', () => {
    const odd = row(7_001, {
      foodName: '라면 <b>지금 드세요</b> 아주아주 긴 이름',
      foodCode: catalogue.dishes[catalogue.indexOfName('라면')]?.code ?? '',
    });
    const foods = new Map([...book, ...foodBookOf([odd], catalogue)]);
    const told = (today: readonly number[]): string => {
      const advice = engineIn(korean).advise(patient({ today, allergens: allergenBit('GLUTEN') }), foods);
      return 'dietEvaluation' in advice ? advice.dietEvaluation : '';
    };
    expect(told([7_001])).toContain('음식 1가지');
    expect(told([7_001, idOf('식빵')])).toContain('‘식빵’(글루텐) 외 1가지');
  });

  it('is told with the signs of a severe reaction, but lactose that is not tolerated without them', () => {
    const milk = { today: [idOf('우유')], recent: [] };
    expect(advised(patient({ ...milk, allergens: LACTOSE_INTOLERANCE_BIT })).dietEvaluation).toContain('‘우유’(유당)');
    expect(advised(patient({ ...milk, allergens: LACTOSE_INTOLERANCE_BIT })).dietEvaluation).not.toContain('119');
    expect(advised(patient({ ...milk, allergens: ALL })).dietEvaluation).toContain('119');
  });

  it('is no warning of lactose that is within a low serving, and always one of milk protein', () => {
    const steak = [idOf('소고기안심스테이크')];
    const plain = advised(patient({ today: steak })).dietEvaluation;
    expect(advised(patient({ today: steak, allergens: LACTOSE_INTOLERANCE_BIT })).dietEvaluation).toBe(plain);
    expect(advised(patient({ today: steak, allergens: allergenBit('MILK') })).dietEvaluation).toContain('(우유 단백질)');
    const milk = patient({ today: [idOf('우유')], amounts: [60], allergens: LACTOSE_INTOLERANCE_BIT });
    expect(advised(milk).dietEvaluation).toContain('‘우유’(유당)');
  });

  it('fits on a phone, whatever was eaten', () => {
    const everything = catalogue.dishes.map((_, at) => at + 1);
    for (const tongue of [korean, english]) {
      for (let from = 0; from < everything.length; from += 4) {
        const { dietEvaluation } = advised(patient({ today: everything.slice(from, from + 8), allergens: ALL }), engineIn(tongue));
        expect(dietEvaluation.length).toBeLessThanOrEqual(300);
      }
    }
  });
});

const evaluationOf = (names: readonly string[], allergens: number, tongue = korean): string =>
  advised(patient({ today: names.map(idOf), allergens }), engineIn(tongue)).dietEvaluation;

describe('A food that may hold one’s allergen, for all that is known', () => {
  it('is told beside those that hold it, and not praised: silence would read as clearing it', () => {
    const milk = evaluationOf(['식빵', '라면', '우유', '아이스크림'], allergenBit('MILK'));
    expect(milk).toContain('‘우유’(우유 단백질), ‘아이스크림’(우유 단백질)');
    expect(milk).toMatch(/‘식빵’, ‘라면’(?:에는|의) [^.]*알레르기 성분/u);
    const soy = evaluationOf(['라면', '부대찌개', '식빵', '돈가스'], allergenBit('SOY'));
    expect(soy).toContain('‘라면’(콩)');
    expect(soy).toMatch(/‘식빵’, ‘돈가스’(?:에는|의) [^.]*알레르기 성분/u);
    expect(evaluationOf(['라면'], allergenBit('MILK'), english)).toMatch(/‘Instant ramyeon’[^.]* known/u);
  });

  it('is also one that the catalogue does not know', () => {
    const foods = new Map([...book, ...foodBookOf([row(7_003, { foodName: '처음 보는 음식' })], catalogue)]);
    const say = (allergens: number): string => {
      const advice = engineIn(korean).advise(patient({ today: [7_003, 99_999], allergens }), foods);
      return 'dietEvaluation' in advice ? advice.dietEvaluation : '';
    };
    expect(say(allergenBit('NUT'))).toContain('‘처음 보는 음식’ 외 1가지');
    expect([say(0), say(LACTOSE_INTOLERANCE_BIT)].map((text) => text.includes('알레르기'))).toEqual([false, false]);
  });

  it('is none of what is known well', () => {
    expect(evaluationOf(['쌀밥', '삶은달걀', '귤'], 63)).not.toContain('다 알지 못해요');
    expect(evaluationOf(['쌀밥', '삶은달걀', '귤'], 63)).toContain('‘삶은달걀’(달걀)');
  });
});

describe('What a food is high by', () => {
  it('is an ingredient that is too much by itself, or garlic and its kin: tofu within its low serving is never blamed', () => {
    const causes = catalogue.dishes.flatMap(({ nameKo, recipe }) => {
      const [eaten] = eatenFoodsOf(patient({ today: [idOf(nameKo)] }), book);
      const kind = FODMAP_KINDS[eaten?.kind ?? -1];
      if (eaten?.cause == null || kind === undefined) return [];
      const grams = recipe.find(({ ingredient }) => ingredient === eaten.cause)?.grams ?? 0;
      const figure = eaten.cause.fodmaps[kind];
      return [{ nameKo, cause: eaten.cause.id, isTooMuch: typeof figure === 'object' && grams > figure.low }];
    });
    expect(causes.filter(({ isTooMuch, cause }) => !isTooMuch && !/^(?:garlic|onion|scallion|leek)$/u.test(cause))).toEqual([]);
    expect(causes.find(({ nameKo }) => nameKo === '두부구이')?.cause).toBe('garlic');
    expect(causes.find(({ nameKo }) => nameKo === '배추나물')?.cause).toBe('garlic');
  });
});

describe('Fibre', () => {
  const sources = (amount: number): string =>
    advised(patient({ today: [7_002, idOf('쌀밥')], amounts: [amount, 210] }), {
      version: 'rules-4',
      advise: (inputs) => engineIn(korean).advise(inputs, withLaver),
    }).dietEvaluation;
  const withLaver = new Map([...book, ...foodBookOf([row(7_002, { foodName: '말린 김', fibreGrams: 30 })], catalogue)]);

  it('is not claimed of a few grams of a food that would be rich in it', () => {
    expect([sources(4), sources(60)].map((text) => /6 g 이상|3 g 이상/u.test(text))).toEqual([false, true]);
  });
});

describe('What the profile says of water', () => {
  const profile: PatientProfile = { skips: [false, false, false], waterMl: null, age: null, preferences: 0 };
  /** What the summaries of a week say. */
  const week = (waterMl: number | null): string =>
    Array.from(
      { length: 7 },
      (_, day) =>
        advised(patient({ recordDate: addDays(localDate('2026-03-01'), day), profile: { ...profile, waterMl } })).dietTarget.Summary,
    ).join('\n');

  it('is told once a week: how much it is and that it is little or enough, or the rule where it is not known', () => {
    expect(week(700)).toMatch(/700 ml[^\n]*여덟 잔/u);
    expect(week(2_000)).toMatch(/2,000 ml/u);
    expect(week(2_000)).not.toContain('1,600');
    expect(week(null)).toContain('여덟 잔쯤');
    expect(week(null)).not.toContain(' ml');
  });
});

describe('The gate', () => {
  it('turns a menu back that goes against what the profile says is not eaten, whoever chose it', () => {
    const gate = createSafetyGate(catalogue, korean);
    const { offers, dietTarget } = advised(patient());
    const breakfast = offers.slice(0, dietTarget.Breakfast.length);
    const lunch = offers.slice(breakfast.length, breakfast.length + dietTarget.Lunch.length);
    const meals = [breakfast, lunch, offers.slice(breakfast.length + lunch.length)] as const;
    const unwanted = (preferences: number): unknown => {
      const profile: PatientProfile = { skips: [false, false, false], waterMl: null, age: null, preferences };
      const dishes = [meals[0].length, meals[1].length, meals[2].length] as const;
      const advice = gate.pass({ meals, points: () => [] }, patient({ profile }), { book, dishes });
      return 'violations' in advice ? advice.violations : [];
    };
    expect(unwanted(0)).toEqual([]);
    expect(unwanted(preferenceBit('VEGETARIAN'))).toContain('NOT_WANTED');
    expect(unwanted(preferenceBit('NO_FISH'))).toContain('NOT_WANTED');
  });
});
