import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createSafetyGate } from '../../../src/domain/advice/safety-gate.js';
import { eatenFoodsOf } from '../../../src/domain/advice/eaten-food.js';
import type { DailyAdvice } from '../../../src/domain/advice/daily-advice.js';
import type { FoodBook, PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import type { ViolationCode } from '../../../src/domain/advice/violation-codes.js';
import { readAnswer, type Answer } from '../../../src/generators/llm/answer.js';
import { DailyPrompts, type DailyPrompt } from '../../../src/generators/llm/daily-prompt.js';
import { faultLines } from '../../../src/generators/llm/faults.js';
import { loadPrompt, type StatedCode } from '../../../src/generators/llm/prompt-file.js';
import { proposalOf } from '../../../src/generators/llm/proposal.js';
import { soundAnswer, type LocalAnswer } from '../../../src/local-model/sound-answer.js';
import { anyPatient, book, catalogue, idOf, korean, patient, vocabulary } from '../advice/advice-fixture.js';

const prompt = loadPrompt('ko');
const prompts = new DailyPrompts({ catalogue, tongue: korean, prompt });
const gate = createSafetyGate(catalogue, korean);

type Passed = DailyAdvice | { readonly violations: readonly ViolationCode[] };

const sound = ({ system, user, seed }: DailyPrompt): LocalAnswer =>
  soundAnswer({ model: 'local', seed, messages: [{ role: 'system', content: system }, { role: 'user', content: user }] }); // prettier-ignore

function answerOf(given: object): Answer {
  const answer = readAnswer(JSON.stringify(given));
  if ('wrong' in answer) throw new Error(`no answer: ${answer.wrong}`);
  return answer;
}

function passed(given: object, inputs: PatientInputs, question = prompts.of(inputs, book)): Passed {
  const proposal = proposalOf(answerOf(given), { prompt: question, points: prompts.points, catalogue, tongue: korean });
  return gate.pass(proposal, inputs, { book, dishes: question.offer.dishes });
}

/** The lines of a repair. */
function faults(given: object, inputs: PatientInputs): string[] {
  const question = prompts.of(inputs, book);
  const judged = passed(given, inputs, question);
  return 'violations' in judged
    ? faultLines(answerOf(given), judged.violations, { prompt: question, catalogue, ruleOf: prompt.ruleOf }).split('\n')
    : [];
}

const number = (id: string): number => prompts.points.indexOf(vocabulary.placeOf(id)) + 1;
const ATE = patient({
  today: ['쌀밥', '김치찌개', '라면'].map(idOf),
  recent: ['쌀밥', '김치찌개', '라면'].map(idOf),
  mealsEaten: [0, 1, 2],
});

/** What a text says of dishes that are high, when every one of them was chosen to be spoken of, twice over. */
const ofHighFoods = (foods: FoodBook): { advice: DailyAdvice; sentences: number } => {
  const today = eatenFoodsOf(patient({ today: [...foods.keys()] }), foods)
    .flatMap(({ id, fodmap, kind }) => (fodmap === 'HIGH' && kind === 0 ? [id] : []))
    .slice(0, 12);
  const inputs = patient({ today });
  const question = { ...prompts.of(inputs, foods), foods: today };
  const points = today.flatMap((_, at) => [['STATED_HIGH', at + 1], ['HIGH_FRUCTAN', at + 1]]); // prettier-ignore
  const meaning = { prompt: question, points: prompts.points, catalogue, tongue: korean };
  const advice = gate.pass(proposalOf(answerOf({ ...sound(question), p: points }), meaning), inputs, {
    book: foods,
    dishes: question.offer.dishes,
  });
  if ('violations' in advice) throw new Error(`turned back: ${advice.violations.join()}`);
  return { advice, sentences: points.length };
};

describe('A sound answer', () => {
  it('passes the gate for every patient, with nearly all of its points true', () => {
    let [chosen, dropped, asked, given] = [0, 0, 0, 0];
    fc.assert(
      fc.property(anyPatient, (inputs) => {
        const question = prompts.of(inputs, book);
        const answer = sound(question);
        const advice = passed(answer, inputs, question);
        if ('violations' in advice) throw new Error(`turned back: ${advice.violations.join()}`);
        chosen += answer.p.length;
        dropped += advice.droppedPoints;
        asked += question.offer.dishes.reduce((sum, count) => sum + count, 0);
        given += advice.offers.length;
      }),
      { numRuns: 300, seed: 13 },
    );
    expect(chosen).toBeGreaterThan(1_500);
    // Some speak of a dish that gave way to one that can be swapped.
    expect(dropped / chosen).toBeLessThan(0.15);
    // What could not be swapped for another dish is left out where nothing else can be either.
    expect(given / asked).toBeGreaterThan(0.97);
  });

  it('gives the same advice byte for byte, and sentences of ours alone', () => {
    const [one, other] = [passed(sound(prompts.of(ATE, book)), ATE), passed(sound(prompts.of(ATE, book)), ATE)];
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    expect(one).toMatchObject({ exerciseTarget: 5_500, dietEvaluation: expect.stringMatching(/^[가-힣]|^‘/u) });
  });
});

describe('A point of an answer', () => {
  // One that is true for each text: a text without any says what the rules would say.
  const OTHERS = [['FIBRE_GRAMS'], ['COOK_MILD'], ['STEPS_MEAN']];
  const said = (points: readonly unknown[]): { ids: string[]; dropped: number } => {
    const advice = passed({ ...sound(prompts.of(ATE, book)), p: [...OTHERS, ...points] }, ATE);
    if ('violations' in advice) throw new Error('turned back');
    return { ids: advice.points.map(({ point }) => vocabulary.points[point]?.id ?? ''), dropped: advice.droppedPoints };
  };

  it('is said where it is true, by its number or by its id in any case', () => {
    expect(said([[number('DAY_LOW_AND_HIGH')]])).toEqual(said([['day_low_and_high']]));
    expect(said([['day_low_and_high']])).toMatchObject({ ids: expect.arrayContaining(['DAY_LOW_AND_HIGH']), dropped: 0 });
  });

  it.each([
    ['that is not true', ['DAY_ALL_LOW']],
    ['that there is none of', [999]],
    ['with an id that there is none of', ['TAKE_MEDICINE']],
    ['of another program', ['NIGHT_GOOD']],
    ['without the food that it is about', ['HIGH_FRUCTAN']],
    ['about a food that was not eaten', ['HIGH_FRUCTAN', 99]],
    ['about a food by a name', ['HIGH_FRUCTAN', '라면']],
    ['with an argument that it does not take', ['DAY_LOW_AND_HIGH', 1]],
    ['about a dish that was not chosen', ['SOUP_TO_START', 99]],
    ['about a dish that was not chosen, by its code', ['SOUP_TO_START', 'IBS-0001']],
  ])('%s is dropped and counted, and keeps nothing from being saved', (_, point) => {
    expect(said([point])).toMatchObject({ dropped: 1 });
    expect(said([point]).ids).not.toContain(point[0]);
  });

  it('is said once, however often it was chosen', () => {
    const { ids } = said([[number('DAY_LOW_AND_HIGH')], [number('DAY_LOW_AND_HIGH')]]);
    expect(ids.filter((id) => id === 'DAY_LOW_AND_HIGH')).toHaveLength(1);
  });

  it('is left out where the field has no room for it, uncounted: a phone shows some 300 characters', () => {
    const { advice, sentences } = ofHighFoods(book);
    expect(sentences).toBe(24);
    expect(advice.dietEvaluation.length).toBeGreaterThan(200);
    expect(advice.dietEvaluation.length).toBeLessThanOrEqual(300);
  });

  it('is said once where two foods have no name that may be repeated', () => {
    const nameless = new Map([...book].map(([id, facts]) => [id, { ...facts, quotable: '' }]));
    const sentences = ofHighFoods(nameless).advice.dietEvaluation.split(/(?<=[.]) /u);
    expect(sentences.length).toBeGreaterThan(0);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

describe('A repair names what was wrong, and where', () => {
  const question = prompts.of(ATE, book);
  const good = sound(question);
  const breakfastOf = (marked: RegExp): number[] => (question.user.split('\n')[0]?.slice(5).split(/[,/]/u) ?? []).filter((dish) => marked.test(dish)).map(Number.parseFloat); // prettier-ignore

  it.each<[string, (answer: LocalAnswer) => object, RegExp, StatedCode]>([
    ['a dish that is not listed', (a) => ({ ...a, l: [99, ...a.l.slice(1)] }), /^l\[0\]=99: /u, 'NOT_IN_CATALOGUE'],
    ['a dish by a name', (a) => ({ ...a, d: [...a.d.slice(0, 5), '우유'] }), /^d\[5\]: /u, 'NOT_IN_CATALOGUE'],
    ['a dish twice', (a) => ({ ...a, b: [a.b[0], a.b[0], ...a.b.slice(2)] }), /^b\[1\]=\d+: /u, 'REPEATED_FOOD'],
    ['a dish at two meals', (a) => ({ ...a, d: [a.l[0], ...a.d.slice(1)] }), /^d\[0\]=\d+: /u, 'REPEATED_FOOD'],
    ['a dish too few', (a) => ({ ...a, l: a.l.slice(1) }), /^l=5≠6: /u, 'WRONG_COUNT'],
    ['meals left empty', (a) => ({ ...a, b: [], d: [] }), /^b=0≠6, d=0≠6: /u, 'WRONG_COUNT'],
  ])('%s', (_, spoil, line, code) => {
    const lines = faults(spoil(good), ATE);
    expect(lines).toContainEqual(expect.stringMatching(line));
    expect(lines).toContainEqual(expect.stringContaining(prompt.ruleOf[code]));
  });

  it('a breakfast of staples alone, a dinner without protein', () => {
    const lines = faultLines(answerOf(good), ['ONLY_STAPLES', 'NO_PROTEIN_DISH'], { prompt: question, catalogue, ruleOf: prompt.ruleOf });
    expect(lines).toContain(`b: ${prompt.ruleOf.ONLY_STAPLES}`);
    expect(breakfastOf(/\*/u).length).toBeGreaterThan(0);
    const without = { ...good, d: (question.user.split('\n')[2]?.slice(5).split(/[,/]/u) ?? []).filter((dish) => !dish.includes('*')).map((dish) => Number.parseInt(dish, 10)) }; // prettier-ignore
    expect(faults(without, ATE)).toContainEqual(`d: ${prompt.ruleOf.NO_PROTEIN_DISH}`);
  });

  it('what was no answer at all', () => {
    expect(faultLines({ wrong: 'l[1]' }, ['MALFORMED_ANSWER'], { prompt: question, catalogue, ruleOf: prompt.ruleOf })).toBe(
      `l[1]: ${prompt.ruleOf.MALFORMED_ANSWER}`,
    );
  });
});
