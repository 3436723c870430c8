import { describe, expect, it } from '@jest/globals';
import { speaksOfCare } from '../../../src/domain/advice/care-words.js';
import type { PatientProfile } from '../../../src/domain/advice/patient-inputs.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import { advised, engineIn, english, korean, patient } from './advice-fixture.js';

const DAY = localDate('2026-03-01');

/** The summaries of six days of a patient with this text and birthday. */
function summaries(preference: string | null, born: number | null, tongue = korean): string[] {
  const profile: PatientProfile = profileOf([0, null, born, preference], DAY);
  return Array.from({ length: 6 }, (_, day) => advised(patient({ profile, recordDate: addDays(DAY, day) }), engineIn(tongue)).dietTarget.Summary); // prettier-ignore
}

const toldOn = (texts: readonly string[], said: RegExp): number => texts.filter((text) => said.test(text)).length;
const ASK = /먼저 의논하세요/u;

describe('A patient for whom to leave foods out is not their own to decide', () => {
  it('is sent to a doctor or a dietitian on two days of three, in Korean and English', () => {
    expect(toldOn(summaries('임신 중이에요', null), ASK)).toBe(4);
    expect(toldOn(summaries('Breastfeeding, no pork', null, english), /dietitian before you restrict/u)).toBe(4);
  });

  it('is one who still grows as well', () => {
    const [born2009, born1990] = [14_000, 7_400];
    expect([toldOn(summaries(null, born2009), ASK), toldOn(summaries(null, born1990), ASK)]).toEqual([4, 0]);
  });

  it.each([
    ['임신 중이에요', true],
    ['모유수유 중, 돼지고기 안 먹어요', true],
    ['당뇨가 있어요', true],
    ['신장병 환자입니다', true],
    ['저체중이라 걱정이에요', true],
    ['I have diabetes', true],
    ['underweight', true],
    ['신장 170 cm', false],
    ['당뇨 없음', false],
    ['임신 아니에요', false],
    ['no diabetes', false],
    ['채식', false],
    ['', false],
  ])('is read from %j: %j', (text, expected) => {
    expect(speaksOfCare(text)).toBe(expected);
  });
});
