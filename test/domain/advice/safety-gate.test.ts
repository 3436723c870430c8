import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { DishCounts } from '../../../src/domain/advice/advice-violations.js';
import type { DailyAdvice } from '../../../src/domain/advice/daily-advice.js';
import type { PatientInputs } from '../../../src/domain/advice/patient-inputs.js';
import { createSafetyGate } from '../../../src/domain/advice/safety-gate.js';
import { adviceOf, readAnswer } from '../../../src/generators/llm/answer.js';
import { DailyPrompts, type DailyPrompt } from '../../../src/generators/llm/daily-prompt.js';
import { loadPrompt } from '../../../src/generators/llm/prompt-file.js';
import { soundAnswer, type LocalAnswer } from '../../../src/local-model/sound-answer.js';
import { dangersOf } from '../../support/safety-oracle.js';
import { hostileAnswer, noAnswer, spoiling } from './adversarial-answers.js';
import { advised, anyPatient, book, catalogue, patient } from './advice-fixture.js';

const gate = createSafetyGate(catalogue, 'ko');
const prompts = new DailyPrompts(catalogue, loadPrompt('ko'));

/** What the gate lets through of an answer, or undefined. */
function passed(answer: unknown, inputs: PatientInputs, dishes: DishCounts = [6, 6, 6]): DailyAdvice | undefined {
  const read = readAnswer(typeof answer === 'string' ? answer : JSON.stringify(answer));
  if (read === undefined) return undefined;
  const advice = adviceOf(read, inputs, { catalogue, language: 'ko', book });
  return gate.check(advice, inputs, { book, dishes, written: true }).length === 0 ? advice : undefined;
}

function dangers(advice: DailyAdvice, inputs: PatientInputs): string[] {
  const { Breakfast, Lunch, Dinner, Summary } = advice.dietTarget;
  const texts = [advice.dietEvaluation, Summary, advice.exerciseEvaluation];
  return dangersOf({ meals: [Breakfast, Lunch, Dinner], texts, goal: advice.exerciseTarget }, inputs, { book, catalogue });
}

const sound = (prompt: DailyPrompt): LocalAnswer =>
  soundAnswer({
    model: 'local',
    seed: prompt.seed,
    messages: [
      { role: 'system', content: prompt.system },
      { role: 'user', content: prompt.user },
    ],
  });

describe('The safety gate', () => {
  it('lets sound answers through, whoever the patient is', () => {
    fc.assert(
      fc.property(anyPatient, (inputs) => {
        const prompt = prompts.of(inputs, book);
        const advice = passed(sound(prompt), inputs, prompt.offer.dishes);
        // A patient who ate nearly everything is offered a meal without dishes; that too is within the rules.
        expect(advice).toBeDefined();
        expect(advice && dangers(advice, inputs)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('lets nothing dangerous through of 10,000 answers of a model that is mistaken, hostile or mad', () => {
    let [through, stopped] = [0, 0];
    const judge = (answer: unknown, inputs: PatientInputs, dishes?: DishCounts): void => {
      const advice = passed(answer, inputs, dishes);
      if (advice === undefined) return void (stopped += 1);
      through += 1;
      expect(dangers(advice, inputs)).toEqual([]);
    };
    fc.assert(
      fc.property(anyPatient, hostileAnswer, (inputs, answer) => judge(answer, inputs)),
      { numRuns: 4_000 },
    );
    fc.assert(
      fc.property(noAnswer, (text) => judge(text, patient())),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(anyPatient, spoiling, (inputs, spoil) => {
        const prompt = prompts.of(inputs, book);
        judge(spoil(sound(prompt)), inputs, prompt.offer.dishes);
      }),
      { numRuns: 5_000 },
    );
    expect(through + stopped).toBe(10_000);
    // Both kinds were there, or the test would show nothing: some of what is changed in a sound answer leaves it sound.
    expect(through).toBeGreaterThan(100);
    expect(stopped).toBeGreaterThan(5_000);
  });

  it('judges the rules by the plan and a model by the dishes it was asked for', () => {
    const advice = advised(patient());
    expect(gate.check(advice, patient(), { book, written: false })).toEqual([]);
    expect(gate.check(advice, patient(), { book, written: true, dishes: [6, 6, 6] })).toContain('WRONG_COUNT');
  });

  it('finds broken characters in the rules’ own texts too', () => {
    const advice = { ...advised(patient()), exerciseEvaluation: '걸어 보세요 <b>' };
    expect(gate.check(advice, patient(), { book, written: false })).toEqual(['MARKUP']);
  });
});
