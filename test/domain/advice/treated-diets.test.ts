import { describe, expect, it } from '@jest/globals';
import type { DailyAdvice } from '../../../src/domain/advice/daily-advice.js';
import { ANTICOAGULANT, DIABETES, LESS_SALT, NO_FRUIT, OWN_DIET, treatedDietsOf } from '../../../src/domain/advice/treated-diets.js';
import { createSafetyGate } from '../../../src/domain/advice/safety-gate.js';
import { refusedFoodsOf } from '../../../src/domain/advice/refused-foods.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import { advised, book, catalogue, engineIn, english, idOf, korean, patient } from './advice-fixture.js';

const DAY = localDate('2026-03-01');

/** A patient of this text who ate what is high, moderate and low, on a day of the month. */
function writerOf(text: string, day: number) {
  const eaten = ['김치찌개', '오렌지', '쌀밥', '시금치나물'].map((name) => idOf(name));
  return patient({
    profile: profileOf([0, null, null, text, null], DAY),
    recordDate: addDays(DAY, day),
    today: eaten,
    recent: eaten,
    mealsEaten: [0, 1, 1, 2],
    amounts: [400, 300, 210, 80],
  });
}

function monthOf(text: string, tongue = korean): DailyAdvice[] {
  return Array.from({ length: 21 }, (_, day) => advised(writerOf(text, day), engineIn(tongue)));
}

/** Ids of what is in the dishes of a month, and their categories. */
function offeredTo(text: string): { readonly ingredients: ReadonlySet<string>; readonly categories: ReadonlySet<string> } {
  const places = monthOf(text).flatMap(({ offers }) => offers);
  const [ingredients, categories] = [new Set<string>(), new Set<string>()];
  for (const place of places) {
    const offer = catalogue.offers[place];
    for (const { ingredient } of offer?.judged.recipe ?? []) ingredients.add(ingredient.id);
    categories.add(catalogue.dishes[offer?.dish ?? -1]?.category ?? '');
  }
  return { ingredients, categories };
}

const told = (text: string, said: RegExp): number => monthOf(text).filter(({ dietTarget }) => said.test(dietTarget.Summary)).length;

describe('A patient whose diet is part of a treatment', () => {
  it.each([
    '투석 중이에요',
    '만성콩팥병 3기',
    '심부전이 있어요',
    '간경화',
    '수분 제한',
    'on dialysis',
    '위소매절제 했어요',
    'gastric bypass',
    '단장증후군',
    '콧줄로 먹어요',
    '장루 있어요',
    '연하곤란',
    '삼키기 힘들어요',
    '유전성 과당불내증',
    'PKU',
    '급성 췌장염',
    '저요오드식 중',
  ])('is offered no dish, hears no judgement of food and is sent to the clinic where it sets salt, potassium and fluid: %j', (text) => {
    for (const { dietTarget, dietEvaluation, shortages } of monthOf(text)) {
      expect([dietTarget.Breakfast, dietTarget.Lunch, dietTarget.Dinner]).toEqual([[], [], []]);
      expect(dietTarget.Summary).toMatch(/내일 음식은 권하지 않아요/u);
      expect(dietTarget.Summary).toMatch(/의료진/u);
      expect(dietTarget.Summary).not.toMatch(/끼니|아침|점심|저녁|거르셨/u);
      expect(dietEvaluation).toMatch(/평가하지 않/u);
      expect(`${dietEvaluation} ${dietTarget.Summary}`).not.toMatch(/고FODMAP|중간|대신|줄여|제한을 이어|드셔 보세요\. .*과일/u);
      expect(shortages.length).toBeGreaterThan(0);
    }
    for (const { dietTarget } of monthOf(text, english)) expect(dietTarget.Summary).toMatch(/[Nn]o dishes/u);
  });

  it('gets a menu from no generator: the gate turns back any dish', () => {
    const meals = [[0], [1], [2]] as never;
    const given = createSafetyGate(catalogue, korean).pass({ meals, points: () => [] }, writerOf('투석 중이에요', 0), { book, dishes: [1, 1, 1] }); // prettier-ignore
    expect(given).toMatchObject({ violations: expect.arrayContaining(['NOT_WANTED']) });
  });

  it('is offered no sugar, syrup, rice cake or porridge with diabetes, and told to skip no meal', () => {
    const { ingredients, categories } = offeredTo('당뇨가 있어요');
    expect(['sugar', 'corn-syrup', 'rice-syrup', 'honey', 'rice-cake'].filter((id) => ingredients.has(id))).toEqual([]);
    expect([categories.has('PORRIDGE'), categories.has('RICE'), categories.has('PROTEIN_MAIN')]).toEqual([false, true, true]);
    expect(
      monthOf('당뇨가 있어요').filter(({ dietTarget }) => /끼니를 거르지 마시고|식사량을 바꾸기 전에/u.test(dietTarget.Summary)),
    ).toHaveLength(7);
    expect(offeredTo('한식을 좋아해요').ingredients.has('sugar')).toBe(true);
  });

  it('is offered no leafy greens on warfarin, told to keep to their own amount, and asked to swap none', () => {
    const { ingredients } = offeredTo('와파린 복용 중');
    expect(['spinach', 'chard', 'broccoli', 'lettuce', 'bok-choy'].filter((id) => ingredients.has(id))).toEqual([]);
    const month = monthOf('와파린 복용 중');
    expect(month.filter(({ dietTarget }) => /갑자기 늘리거나 줄이지|늘 드시던 만큼만/u.test(dietTarget.Summary))).toHaveLength(7);
    for (const { dietEvaluation } of month) {
      expect(dietEvaluation).not.toMatch(/시금치나물’ 대신|시금치나물’[을를] .*바꿔/u);
      expect(dietEvaluation.length).toBeGreaterThan(10);
    }
  });

  it('is offered no stock of meat or anchovies and no oily fish or shellfish with gout', () => {
    const { ingredients } = offeredTo('통풍이 있어요');
    expect(
      ['anchovy-stock', 'beef-stock', 'chicken-stock', 'mackerel', 'mussel', 'clam', 'shrimp'].filter((id) => ingredients.has(id)),
    ).toEqual([]);
    expect(ingredients.size).toBeGreaterThan(20);
  });

  it.each([
    ['고혈압이 있어요', ['anchovy-stock', 'kimchi', 'doenjang', 'ham', 'saeujeot', 'fish-cake'], 'SOUP_STEW'],
    ['신장결석이 있어요', ['spinach', 'chard', 'walnut', 'chestnut', 'almond'], undefined],
    ['MAO 억제제 복용 중', ['soy-sauce', 'doenjang', 'kimchi', 'gochujang', 'oyster-sauce', 'fish-sauce'], undefined],
    ['과당불내증', ['sugar', 'honey', 'strawberry', 'mandarin', 'kiwifruit', 'pineapple'], 'FRUIT'],
    ['틀니예요', ['rice-cake', 'walnut', 'chestnut', 'squid'], undefined],
  ])('(%s) is offered nothing that the condition forbids, and is offered enough', (text, barred, kind) => {
    const [{ ingredients, categories }, all] = [offeredTo(text), offeredTo('한식을 좋아해요')];
    expect(barred.filter((id) => ingredients.has(id))).toEqual([]);
    expect(barred.filter((id) => all.ingredients.has(id)).length).toBeGreaterThan(0);
    expect(kind === undefined || (all.categories.has(kind) && !categories.has(kind))).toBe(true);
    expect(ingredients.size).toBeGreaterThan(20);
    const summaries = monthOf(text).map(({ dietTarget }) => dietTarget.Summary);
    expect(summaries.map((summary) => [summary.length > 20, /알아보지 못/u.test(summary)])).toEqual(summaries.map(() => [true, false]));
    expect(summaries.length).toBeGreaterThan(5);
  });

  it('is told of less salt with a high blood pressure, and of no fruit where fructose is not taken up', () => {
    // The dishes are chosen for it: it is said with each of them.
    expect([told('고혈압', /소금과 간장은 평소의 절반/u), told('한식을 좋아해요', /소금과 간장/u)]).toEqual([monthOf('고혈압').length, 0]);
    expect([told('과당불내증', /과일은/u), told('한식을 좋아해요', /과일은/u)]).toEqual([0, 3]);
  });

  it('is offered all that several conditions leave, and is not told that the text was too long', () => {
    const said = refusedFoodsOf('고혈압, 당뇨, 통풍, 와파린, 신장결석');
    expect(said).toMatchObject({ isUnnamed: false, words: expect.arrayContaining(['설탕', '국', '고등어', '시금치', '호두']) });
  });

  it('is offered nothing raw, so that a pregnancy or a weak immune system bars no dish', () => {
    const raw = catalogue.dishes.filter(({ nameKo, offers }) => offers.length > 0 && /(?:^|[^숙])회$|육회|날|생굴|카르파초/u.test(nameKo));
    expect([raw.map(({ nameKo }) => nameKo), catalogue.dishes.some(({ nameKo }) => nameKo === '오징어숙회')]).toEqual([[], true]);
  });

  it('hears nothing of less food under treatment for cancer', () => {
    for (const { dietEvaluation } of monthOf('항암 치료 중이에요')) expect(dietEvaluation).toMatch(/의료진과 의논/u);
  });

  it.each([
    ['당뇨가 있어요', DIABETES],
    ['당뇨 없음', 0],
    ['어머니가 투석 중이에요', 0],
    ['신장 170', 0],
    ['신장결석', 0],
    ['부위 절제', 0],
    ['담석이 있어요', 0],
    ['고혈압', LESS_SALT],
    ['저염식 중이에요', LESS_SALT],
    ['심장병', LESS_SALT],
    ['고혈압 없음', 0],
    ['어머니가 고혈압이세요', 0],
    ['과당불내증', NO_FRUIT],
    ['형이 투석해요', 0],
    ['2형 당뇨', DIABETES],
    ['kidney beans', 0],
    ['kidney stones', 0],
    ['와파린 복용 중, 투석 중', OWN_DIET | ANTICOAGULANT],
  ])('is read from %j as %d', (text, conditions) => {
    expect(treatedDietsOf(text)).toBe(conditions);
  });

  it.each(['당뇨, 새우 알레르기', '심부전이 있어요, 새우 알레르기', '임신 중, 술 못 마심', '신장이 안 좋아서 바나나 못 먹어요'])(
    'is not told that a condition is an allergy that is not understood: %j',
    (text) => {
      expect(refusedFoodsOf(text)?.avoided.filter((word) => !['술', '바나나'].includes(word)) ?? []).toEqual([]);
    },
  );
});
