import { describe, expect, it } from '@jest/globals';
import { createSafetyGate } from '../../../src/domain/advice/safety-gate.js';
import { refusedFoodsOf } from '../../../src/domain/advice/refused-foods.js';
import { signedVocabulary, type SignedRows } from '../../../src/domain/advice/review.js';
import type { Vocabulary } from '../../../src/domain/advice/points/vocabulary.js';
import type { PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import { SLEEP } from '../../../src/domain/programs/sleep/program.js';
import { withoutRecalled } from '../../../src/domain/recall/recalled-words.js';
import { book, catalogue, engineIn, idOf, korean, patient, vocabulary } from './advice-fixture.js';

const SILENT = { violations: ['UNSAID_WARNING'] };

/** All is signed but these points. */
const signedBut = (...points: string[]): Vocabulary => {
  const signs: SignedRows = { point: ({ id }) => !points.includes(id), wording: () => true, dish: () => true, ingredient: () => true };
  return signedVocabulary(vocabulary, 'ko', signs);
};
const of = (words: Vocabulary, inputs: PatientInputs) => engineIn({ vocabulary: words, language: 'ko' }).advise(inputs, book);
const ofSleep = (words: Vocabulary, inputs: PatientInputs) =>
  SLEEP.rules({ catalogue, tongue: { vocabulary: words, language: 'ko' }, gate: createSafetyGate(catalogue, korean), book: () => book }, SLEEP).advise(inputs); // prettier-ignore
const profile = (text: string) => ({ skips: [false, false, false], waterMl: null, age: null, preferences: 0, refuses: refusedFoodsOf(text) }) as const; // prettier-ignore
const unread = patient({ profile: profile('니켈 알레르기') });
const buckwheat = patient({ profile: profile('메밀 알레르기') });

describe('a warning that may not be said', () => {
  it('keeps advice from the patients of whom it is true, and from no other', () => {
    const words = signedBut('UNREAD_ALLERGY');
    expect(of(words, unread)).toEqual(SILENT);
    expect(of(words, buckwheat)).toHaveProperty('dietTarget');
    expect(of(words, patient())).toHaveProperty('dietTarget');
    expect(of(signedBut(), unread)).toHaveProperty('dietTarget.Summary', expect.stringMatching(/알아보지 못/u));
  });

  it.each([
    ['OWN_ALLERGENS', patient({ allergens: 1, today: [idOf('라면')], recent: [idOf('라면')] })],
    ['MAY_HOLD_OWN', patient({ allergens: 1, today: [9_999], recent: [9_999] })],
    ['COOK_WITHOUT', patient()],
    ['CARE_FIRST', patient({ profile: { ...profile(''), needsCare: true } })],
  ])('is %s as well, for a patient of whom it is true', (id, inputs) => {
    const told = of(vocabulary, inputs);
    expect('points' in told && told.points.map(({ point }) => vocabulary.points[point]?.id)).toContain(id);
    expect(of(signedBut(id), inputs)).toEqual(SILENT);
  });

  it('is one of which every wording was recalled, and stays one when it is not signed either', () => {
    const wordings = vocabulary.points[vocabulary.placeOf('UNREAD_ALLERGY')]?.wordings.ko ?? [];
    const causes = [...wordings.keys()].map((wording) => ({ kind: 'WORDING', point: 'UNREAD_ALLERGY', language: 'ko', wording }) as const);
    const recalled = (some: typeof causes, from = vocabulary): Vocabulary => withoutRecalled({ catalogue, vocabulary: from }, { number: 1, causes: some }).vocabulary; // prettier-ignore
    expect(of(recalled(causes), unread)).toEqual(SILENT);
    expect(of(recalled(causes.slice(1)), unread)).toHaveProperty('dietTarget');
    const both = recalled(causes.slice(1), signedBut('UNREAD_ALLERGY', 'COOK_WITHOUT'));
    expect(both.silenced.map(({ id }) => id).toSorted()).toEqual(['COOK_WITHOUT', 'UNREAD_ALLERGY']);
    expect(of(both, patient())).toEqual(SILENT);
  });

  it('is no sentence that warns of nothing, though it is said whenever it is true: one on steps keeps no menu from anybody', () => {
    const harmless = vocabulary.points.filter(({ priority, warns }) => priority >= 100 && warns !== true).map(({ id }) => id);
    expect(harmless).toEqual(expect.arrayContaining(['COMPOSED_MEAL', 'GOAL_CAPPED', 'NIGHT_GOOD', 'SLEEP_KEEP', 'NOT_WITHOUT_END']));
    const words = signedBut(...harmless);
    expect(words.silenced).toEqual([]);
    expect(of(words, patient())).toHaveProperty('dietTarget');
    expect(ofSleep(signedBut('NIGHT_GOOD'), patient({ sleep: [450] }))).toHaveProperty('sleepEvaluation');
  });

  it('is not one whose wordings of another language alone are recalled', () => {
    const { wordings } = vocabulary.points[vocabulary.placeOf('UNREAD_ALLERGY')] ?? { wordings: { en: [] } };
    const causes = [...wordings.en.keys()].map(
      (wording) => ({ kind: 'WORDING', point: 'UNREAD_ALLERGY', language: 'en', wording }) as const,
    );
    const recalledIn = (language: 'ko' | 'en'): Vocabulary =>
      withoutRecalled({ catalogue, vocabulary }, { number: 1, causes }, language).vocabulary;
    expect(of(recalledIn('ko'), unread)).toHaveProperty('dietTarget.Summary', expect.stringMatching(/알아보지 못/u));
    expect(engineIn({ vocabulary: recalledIn('en'), language: 'en' }).advise(unread, book)).toEqual(SILENT);
  });

  it('is nothing that is said now and then: other sentences take the place of those', () => {
    const seldom = vocabulary.points.filter(({ priority }) => priority < 100).map(({ id }) => id);
    const words = signedBut(...seldom.slice(0, 20));
    expect(words.points).toHaveLength(vocabulary.points.length - 20);
    expect(words.silenced).toEqual([]);
  });

  it('is held of sleep by its own rules', () => {
    const short = patient({ sleep: [200, 210, 220, 230] });
    expect(ofSleep(signedBut('SLEEP_DOCTOR'), short)).toEqual({ unsafe: ['UNSAID_WARNING'] });
    expect(ofSleep(signedBut('SLEEP_DOCTOR'), patient({ sleep: [450, 450, 450, 450] }))).toHaveProperty('sleepEvaluation');
    expect(ofSleep(signedBut('COOK_WITHOUT'), short)).toHaveProperty('sleepEvaluation');
  });
});

const ofField = (field: string): string[] =>
  vocabulary.points.filter((point) => point.field === field && point.warns !== true).map(({ id }) => id);
const withoutPoints = (points: readonly string[]): Vocabulary =>
  withoutRecalled({ catalogue, vocabulary }, { number: 1, causes: points.map((point) => ({ kind: 'POINT', point }) as const) }).vocabulary;

describe('a text of which every sentence that is true may not be said', () => {
  it.each(['DIET_EVALUATION', 'EXERCISE_EVALUATION'])('is written for no patient: %s, recalled or unsigned', (field) => {
    expect(of(withoutPoints(ofField(field)), patient())).toEqual({ violations: ['EMPTY_TEXT'] });
    expect(of(signedBut(...ofField(field)), patient())).toEqual({ violations: ['EMPTY_TEXT'] });
  });

  it('is written for no night either', () => {
    const night = patient({ sleep: [450, 450, 450, 450] });
    expect(ofSleep(withoutPoints(ofField('SLEEP_EVALUATION')), night)).toEqual({ unsafe: ['EMPTY_TEXT'] });
    expect(ofSleep(vocabulary, night)).toHaveProperty('sleepEvaluation');
  });
});
