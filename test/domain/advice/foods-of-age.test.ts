import { describe, expect, it } from '@jest/globals';
import type { PatientProfile } from '../../../src/domain/advice/patient-inputs.js';
import { refusedFoodsOf } from '../../../src/domain/advice/refused-foods.js';
import { createSafetyGate } from '../../../src/domain/advice/safety-gate.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { advised, book, catalogue, korean, patient } from './advice-fixture.js';

const aged = (age: number | null, refuses?: PatientProfile['refuses']): PatientProfile => ({
  skips: [false, false, false],
  waterMl: null,
  age,
  preferences: 0,
  refuses,
});

/** Every dish that two months of advice offer. */
function offeredTo(profile: PatientProfile): string {
  const days = Array.from({ length: 60 }, (_, day) => advised(patient({ profile, recordDate: addDays(localDate('2026-03-01'), day) })));
  return days.flatMap(({ dietTarget }) => [...dietTarget.Breakfast, ...dietTarget.Lunch, ...dietTarget.Dinner]).join('\n');
}

describe('Rice cake, on which old people choke', () => {
  it('is offered to no one of seventy or more, whatever else the profile says', () => {
    expect(offeredTo(aged(69))).toMatch(/떡국[^]*가래떡|가래떡[^]*떡국/u);
    expect(offeredTo(aged(null))).toContain('가래떡');
    const seventy = offeredTo(aged(70));
    expect([/가래떡|떡국/u.test(seventy), seventy.includes('락토프리요구르트')]).toEqual([false, true]);
    const both = offeredTo(aged(83, refusedFoodsOf('가지 싫어요')));
    expect([/가래떡|떡국/u.test(both), both.includes('가지'), both.includes('락토프리요구르트')]).toEqual([false, false, true]);
  });

  it('is offered to no one who writes that chewing is hard, or who eats none', () => {
    for (const text of ['씹기 힘들어요', '틀니예요', 'hard to chew', '떡 못 먹어요', '떡은 싫어요']) {
      const offered = offeredTo(aged(50, refusedFoodsOf(text)));
      expect([text, /가래떡|떡국/u.test(offered), offered.includes('락토프리요구르트')]).toEqual([text, false, true]);
      if (!text.startsWith('떡')) expect([text, /무생채|스테이크|등심구이|편육|육전/u.test(offered), /달걀찜/u.test(offered)]).toEqual([text, false, true]); // prettier-ignore
    }
  });

  it('is turned back by the gate, whoever chose it', () => {
    const gate = createSafetyGate(catalogue, korean);
    const rice = catalogue.offers.findIndex(({ dish }) => catalogue.dishes[dish]?.nameKo === '가래떡');
    const violations = (age: number): readonly string[] => {
      const advice = gate.pass({ meals: [[rice], [], []], points: () => [] }, patient({ profile: aged(age) }), { book, dishes: [1, 0, 0] });
      return 'violations' in advice ? advice.violations : [];
    };
    expect([violations(40), violations(75)].map((codes) => codes.includes('NOT_WANTED'))).toEqual([false, true]);
  });
});

describe('Whole nuts and rice cake, on which small children choke, and tea', () => {
  it('are offered to no child under five, but for tea that comes later', () => {
    const [four, five] = [offeredTo(aged(4)), offeredTo(aged(5))];
    expect([four, five].map((offered) => [/가래떡|떡국/u.test(offered), /호두|밤밥/u.test(offered), offered.includes('녹차')])).toEqual([
      [false, false, false],
      [true, true, false],
    ]);
  });

  it('tea is offered from twelve years on, whatever a text refuses besides', () => {
    const offered = [offeredTo(aged(11)), offeredTo(aged(11, refusedFoodsOf('가지 싫어요'))), offeredTo(aged(12))];
    expect(offered.map((each) => [each.includes('녹차'), each.includes('무가당 생강차'), each.includes('가지')])).toEqual([
      [false, true, true],
      [false, true, false],
      [true, true, true],
    ]);
  });
});
