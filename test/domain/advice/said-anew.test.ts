import { describe, expect, it } from '@jest/globals';
import { inputsOf } from '../../../eval/inputs-of.js';
import { evalSet } from '../../../eval/patients.js';
import { addDays } from '../../../src/domain/local-date.js';
import { userId } from '../../../src/domain/ids.js';
import { catalogue, english, korean } from './advice-fixture.js';
import { createRuleEngine } from '../../../src/domain/advice/rule-engine.js';
import { createSafetyGate } from '../../../src/domain/advice/safety-gate.js';

const DAYS = 21;
const set = evalSet(catalogue, { count: 120, seed: 3 });
/** Texts that change what is said every day. */
const TEXTS = ['고혈압이 있어요', '당뇨가 있어요', '와파린 복용 중', '저체중이에요', '섭식장애가 있어요', '비건인데 콩 알레르기', '투석 중이에요', '알레르기 있음', '임신 중이에요', '고지혈증, 고혈압']; // prettier-ignore

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?])\s+/u);
}

describe.each([
  ['ko', korean],
  ['en', english],
] as const)('What a patient reads on two days running (%s)', (_, tongue) => {
  it('has no sentence twice, over weeks of the same records', () => {
    const engine = createRuleEngine(catalogue, { gate: createSafetyGate(catalogue, tongue) });
    const twice = new Map<string, number>();
    let sentences = 0;
    for (const [at, { records }] of set.patients.entries()) {
      const text = at % 3 === 0 ? TEXTS[(at / 3) % TEXTS.length] : records.profile?.preference;
      const profile = records.profile === null ? null : { ...records.profile, preference: text ?? null };
      const inputs = inputsOf({ ...records, profile });
      let before = new Set<string>();
      for (let day = 0; day < DAYS; day += 1) {
        const advice = engine.advise({ ...inputs, userId: userId(at + 1), recordDate: addDays(inputs.recordDate, day) }, set.book);
        if (!('dietTarget' in advice)) throw new Error(JSON.stringify(advice));
        const said = [advice.dietEvaluation, advice.dietTarget.Summary, advice.exerciseEvaluation].flatMap(sentencesOf);
        for (const each of said) if (before.has(each)) twice.set(each, (twice.get(each) ?? 0) + 1);
        sentences += said.length;
        before = new Set(said);
      }
    }
    expect([...twice].toSorted((a, b) => b[1] - a[1])).toEqual([]);
    expect(sentences).toBeGreaterThan(10_000);
  });
});
