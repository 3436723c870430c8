import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { evalSet, type EvalPatient } from '../../../eval/patients.js';
import { savedRow } from '../../../eval/saved-row.js';
import { createSafetyGate } from '../../../src/domain/advice/safety-gate.js';
import { DAILY } from '../../../src/domain/programs/daily/program.js';
import { dailyRow } from '../../../src/domain/programs/daily/daily-row.js';
import type { InterventionRow } from '../../../src/domain/programs/intervention-row.js';
import { ruleProvenance } from '../../../src/domain/programs/provenance.js';
import { loadCatalogue } from '../../../src/generators/catalogue/catalogue-file.js';
import { readAnswer } from '../../../src/generators/llm/answer.js';
import { DailyPrompts, type DailyPrompt } from '../../../src/generators/llm/daily-prompt.js';
import { loadPrompt } from '../../../src/generators/llm/prompt-file.js';
import { proposalOf } from '../../../src/generators/llm/proposal.js';
import { loadPoints } from '../../../src/generators/points/points-file.js';
import { soundAnswer, type LocalAnswer } from '../../../src/local-model/sound-answer.js';
import { oracleOf } from '../../support/safety-oracle.js';
import { hostileAnswer, noAnswer, SENTENCES, spoiltAnswer, type HostileAnswer } from './adversarial-answers.js';

const catalogue = loadCatalogue();
const tongue = { vocabulary: loadPoints(), language: 'ko' } as const;
const gate = createSafetyGate(catalogue, tongue);
const prompts = new DailyPrompts({ catalogue, tongue, prompt: loadPrompt('ko') });
const set = evalSet(catalogue, { count: 240, seed: 9 });
const questions = new Map<EvalPatient, DailyPrompt>(set.patients.map((patient) => [patient, prompts.of(patient.inputs, set.book)]));

const somebody = fc.constantFrom(...set.patients);

function sound({ system, user, seed }: DailyPrompt): LocalAnswer {
  return soundAnswer({ model: 'local', seed, messages: [{ role: 'system', content: system }, { role: 'user', content: user }] }); // prettier-ignore
}

/** The row that would be saved of a model's words; undefined where they are turned back. */
function rowOf(words: string, { inputs }: EvalPatient, question: DailyPrompt): InterventionRow | undefined {
  const answer = readAnswer(words);
  if ('wrong' in answer) return undefined;
  const proposal = proposalOf(answer, { prompt: question, points: prompts.points, catalogue, tongue });
  const advice = gate.pass(proposal, inputs, { book: set.book, dishes: question.offer.dishes });
  if ('violations' in advice) return undefined;
  const provenance = { ...ruleProvenance('answer', advice.record), model: 'local' };
  return dailyRow(advice, inputs, { book: set.book, program: DAILY, provenance });
}

const counts = { through: 0, stopped: 0, sentences: 0 };

/** Whatever was answered: what would be saved is rendered by us to its last character, and true. */
function judge(patient: EvalPatient, words: HostileAnswer): void {
  const question = questions.get(patient) as DailyPrompt;
  const row = rowOf(words(sound(question)), patient, question);
  if (row === undefined) return void (counts.stopped += 1);
  counts.through += 1;
  const { isJudged, findings, sentences } = oracleOf('ko').judge(savedRow(row), patient.records, set.foods);
  counts.sentences += sentences.length;
  expect({ isJudged, findings }).toEqual({ isJudged: true, findings: [] });
  const texts = [row.dietEvaluation, row.exerciseEvaluation, JSON.stringify(row.dietTarget), row.outputs ?? ''].join('\n');
  expect(SENTENCES.filter((sentence) => texts.includes(sentence))).toEqual([]);
}

/** Puts so many answers to the gate, of each kind in the proportions in which they were thought of, and looks at every sentence that is left. */
export function describeHostileAnswers(answers: number): void {
  describe(`${answers} answers of a model that is mistaken, hostile or mad`, () => {
    it.each([
      ['shaped as answers, of any references', hostileAnswer, 0.3],
      ['sound but for hostile words in every place and one thing spoilt', spoiltAnswer, 0.6],
      ['no answers at all', noAnswer, 0.1],
    ] as const)('leave nothing behind that is not ours and true: %s', (_, answer, share) => {
      fc.assert(fc.property(somebody, answer, judge), { numRuns: Math.round(answers * share), seed: 13 });
    });

    it('were of both kinds, or nothing was shown', () => {
      expect(counts.through + counts.stopped).toBe(answers);
      expect(counts.through).toBeGreaterThan(0.15 * answers);
      expect(counts.stopped).toBeGreaterThan(0.3 * answers);
      expect(counts.sentences).toBeGreaterThan(2 * answers);
    });
  });
}

/** Everybody's sound answer passes. */
export function describeSoundAnswers(): void {
  describe('A sound answer', () => {
    it('passes whoever the patient is: there is nothing harmless that is refused', () => {
      for (const patient of set.patients) {
        const question = questions.get(patient) as DailyPrompt;
        const row = rowOf(JSON.stringify(sound(question)), patient, question);
        expect(row).toBeDefined();
        expect(row && oracleOf('ko').judge(savedRow(row), patient.records, set.foods).findings).toEqual([]);
      }
    });
  });
}
