import { describe, expect, it } from '@jest/globals';
import { foodBookOf } from '../../../src/domain/advice/food-book.js';
import { conditionOf } from '../../../src/domain/advice/points/read-condition.js';
import { FACTS } from '../../../src/domain/advice/points/facts.js';
import { wholeCondition } from '../../../src/domain/advice/points/whole-condition.js';
import type { Tongue } from '../../../src/domain/advice/points/tell.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import { catalogue, engineIn, english, korean, patient, row, vocabulary } from './advice-fixture.js';

const DAY = localDate('2026-03-01');

/** What two weeks tell a patient who eats one food, named as IBSafe's table has it, with barley. */
function told(text: string | null, food: string, { birthday = null, tongue = korean }: { birthday?: string | null; tongue?: Tongue } = {}) {
  const book = foodBookOf([row(1, { foodName: food, fodmap: '저' }), row(2, { foodName: '보리밥' })], catalogue);
  const rules = engineIn(tongue);
  const born = birthday === null ? null : Date.parse(birthday) / 86_400_000;
  const days = Array.from({ length: 14 }, (_, at) => {
    const recordDate = addDays(DAY, at);
    const profile = profileOf([0, null, born, text, null], recordDate);
    const advice = rules.advise(patient({ recordDate, profile, today: [1, 2], amounts: [300, 210], mealsEaten: [1, 1] }), book);
    if (!('offers' in advice)) throw new Error(JSON.stringify(advice));
    return advice;
  });
  return {
    text: days.map(({ dietEvaluation }) => dietEvaluation).join('\n'),
    days: (id: string): number => days.filter(({ points }) => points.some(({ point }) => vocabulary.points[point]?.id === id)).length,
    about: days.flatMap(({ points }) => points.filter(({ eaten }) => eaten === 1).map(({ point }) => vocabulary.points[point]?.id ?? '')),
  };
}

/** Names of the facts that a condition compares. */
function factsOf(condition: string): string[] {
  return conditionOf(condition, FACTS).facts.map(({ name }) => name);
}

describe('A food that was eaten and is left out for a patient', () => {
  it.each([
    ['MAO 억제제를 먹어요', '배추김치', 'MAO 억제제'],
    ['리네졸리드 복용 중', '체다치즈', 'MAO 억제제'],
    ['스타틴을 먹어요', '자몽주스', '드시는 약'],
    ['혈압약 먹어요', '자몽', '드시는 약'],
    ['와파린 복용 중', '자몽에이드', '드시는 약'],
    ['와파린 복용 중', '낫토', '와파린'],
    ['키위 알레르기', '키위', '알레르기'],
    ['키위 알레르기', '골드키위 스무디', '알레르기'],
    ['망고 먹으면 두드러기 나요', '망고빙수', '알레르기|못 드신다고 적은 것'],
    ['돼지고기 알레르기', '돈까스', '알레르기'],
    ['표고 알레르기', '표고버섯전', '알레르기'],
    ['오이 못 먹어요', '오이소박이', '못 드신다고 적은 것'],
    ['임신 중이에요', '연어회', '임신'],
    ['임신 20주', '육회비빔밥', '임신'],
    ['임신 중이에요', '간장게장', '임신'],
    ['면역억제제를 먹어요', '모둠회', '면역'],
    ['항암 치료 중이에요', '생굴', '면역'],
    ['라텍스 알레르기', '아보카도', '라텍스'],
    ['G6PD 결핍이에요', '누에콩', 'G6PD 결핍'],
    ['히스타민 불내증', '고르곤졸라치즈', '히스타민'],
    ['틀니예요', '가래떡', '목에 걸리기 쉬움'],
  ])('is told, for it may harm: %s, %s', (text, food, reason) => {
    const all = told(text, food);
    expect(all.days('LEFT_OUT_HARM')).toBe(14);
    expect(all.text).toMatch(new RegExp(`‘${food}’\\([^)]*(?:${reason})`, 'u'));
    expect(all.text).toMatch(/의료진/u);
  });

  it.each([
    ['당뇨가 있어요', '초코케이크', '당뇨'],
    ['통풍이 있어요', '곱창구이', '통풍'],
    ['고혈압이 있어요', '컵라면', '짠 음식'],
    ['고지혈증', '후라이드치킨', '지방'],
    ['역류성 식도염이 있어요', '아이스 아메리카노', '위·식도'],
    ['갑상선 항진증', '미역국', '갑상선'],
    ['신장결석이 있어요', '시금치나물', '결석'],
  ])('is told, for less of it is eaten: %s, %s', (text, food, reason) => {
    const all = told(text, food);
    expect(all.days('LEFT_OUT_DIET')).toBeGreaterThan(3);
    expect(all.text).toMatch(new RegExp(`‘${food}’\\([^)]*${reason}`, 'u'));
  });

  it.each([
    ['떡', '1950-01-01', '목에 걸리기 쉬움'],
    ['땅콩강정', '2022-01-01', '목에 걸리기 쉬움'],
    ['밀크티', '2018-01-01', '카페인'],
  ])('is told for the age: %s', (food, birthday, reason) => {
    expect(told(null, food, { birthday }).text).toMatch(new RegExp(`‘${food}’\\([^)]*${reason}`, 'u'));
  });

  it.each(['메트로니다졸 먹는 중', 'on metronidazole'])('is alcohol, of which none is had with some drugs: %s', (text) => {
    expect(told(text, '생맥주').days('NO_ALCOHOL')).toBe(14);
    expect(told(null, '생맥주').days('NO_ALCOHOL')).toBe(0);
  });

  it.each(['크론병 협착', 'crohn with stricture', '소장 협착'])('is nothing where a clinic sets the diet: %s', (text) => {
    expect(told(text, '옥수수').days('OWN_DIET_FOODS')).toBe(14);
    expect(told('척추관 협착증', '옥수수').days('OWN_DIET_FOODS')).toBe(0);
  });

  it.each(['라마단 금식 중', 'ramadan'])('is pork in the month of fasting, which is not offered either: %s', (text) => {
    expect(told(text, '돼지안심구이').about.filter((id) => !/^(?:HIGH_|SWAP|STATED_HIGH)/u.test(id))).toEqual([]);
    expect(told(null, '돼지안심구이').about).not.toEqual([]);
  });

  it('is told in English, and an allergy of the profile with its emergency number', () => {
    const all = told('kiwi allergy', '키위', { tongue: english });
    expect(all.text).toContain('‘Kiwifruit’ (allergy)');
    expect(all.text).toContain('119');
    const { text } = told('임신 중이에요', '연어회');
    expect([text.includes('‘연어회’'), text.includes('119')]).toEqual([true, false]);
  });

  it.each([
    ['와파린 복용 중', '시금치나물'],
    ['임신 중이에요', '유부초밥'],
    ['임신 중이에요', '오징어숙회'],
    ['당뇨가 있어요', '제로 콜라'],
    ['키위 싫어해요', '키위'],
    ['고지혈증', '숙주맑은국'],
    ['틀니예요', '떡갈비'],
    [null, '연어회'],
  ])('is no such food, and nothing is told: %j, %s', (text, food) => {
    const all = told(text, food);
    expect([all.days('LEFT_OUT_HARM'), all.days('LEFT_OUT_DIET'), all.days('DAY_LOW_AND_HIGH') >= 0]).toEqual([0, 0, true]);
  });

  it.each(['키위 알레르기', '키위 싫어해요', '과당불내증', '라텍스 알레르기'])('is never praised, nor had in less: %s', (text) => {
    expect(new Set(told(null, '키위').about)).toContain('SMALLER_PORTION');
    const marked = new Set(vocabulary.points.filter(({ args, written }) => args.includes('eaten') && !written.when.includes('not eaten.isLeftOut')).map(({ id }) => id)); // prettier-ignore
    expect([...marked].every((id) => /^(?:HIGH_|SWAP|STATED_HIGH)/u.test(id)) && marked.size > 8).toBe(true);
    expect(told(text, '키위').about.filter((id) => !marked.has(id))).toEqual([]);
  });
});

describe('A point about a food that was eaten', () => {
  it('asks that the food is not left out, whatever its row says, unless it is marked', () => {
    const written = { when: 'eaten.class = LOW', args: ['eaten'] };
    expect(factsOf(wholeCondition(written))).toEqual(['eaten.class', 'eaten.isLeftOut']);
    expect(factsOf(wholeCondition({ ...written, ofLeftOut: true }))).toEqual(['eaten.class']);
    expect(() => wholeCondition({ when: 'day.low > 0', args: [], ofLeftOut: true })).toThrow('speaks of no eaten food');
  });
});
