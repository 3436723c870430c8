import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../eval/evaluate.js';
import { figuresOf, type EvalFigures } from '../../eval/figures.js';
import { generatorOf } from '../../eval/generators.js';
import { INJECTIONS } from '../../eval/injections.js';
import { evalSet, KINDS, type EvalPatient } from '../../eval/patients.js';
import { tableOf } from '../../eval/report.js';
import { oracleOf } from '../support/safety-oracle.js';
import type { Generated, Generator } from '../../src/application/ports.js';
import { hasNoMenu } from '../../src/domain/advice/foods-of-age.js';
import type { PatientInputs } from '../../src/domain/advice/patient-inputs.js';
import type { Program } from '../../src/domain/program.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { BEHAVIOURS, type Behaviour } from '../../src/local-model/behaviour.js';
import { openLocalModel } from '../../src/local-model/local-model.js';

const catalogue = loadCatalogue();
const set = evalSet(catalogue, { count: 240, seed: 1 });
const surroundings = { catalogue, book: set.book, environment: {} };
const korean = { oracle: oracleOf('ko') };
const rules = generatorOf({ name: 'RULES', language: 'ko' }, surroundings).generator;

/** The rules, with what they say changed on the way out. */
function tampered(change: (generated: Generated, inputs: PatientInputs) => Generated): Generator {
  return { name: 'RULES', concurrency: 3, generate: async (inputs: PatientInputs, program: Program, signal, runId) => change(await rules.generate(inputs, program, signal, runId), inputs) }; // prettier-ignore
}

const of = (kind: string): PatientInputs[] => set.patients.filter((patient) => patient.kind === kind).map(({ inputs }) => inputs);

describe('the patients of an evaluation', () => {
  it('are the same for the same seed, others for another, and as many of each kind', () => {
    expect(evalSet(catalogue, { count: 240, seed: 1 })).toEqual(set);
    expect(evalSet(catalogue, { count: 240, seed: 2 }).patients).not.toEqual(set.patients);
    for (const kind of KINDS) expect(set.patients.filter((patient) => patient.kind === kind)).toHaveLength(20);
  });

  it('include those whose foods carry instructions, avoid much, ate nearly everything or nothing, or hardly walked', () => {
    for (const { today } of of('INJECTED_NAMES'))
      expect(INJECTIONS).toEqual(expect.arrayContaining([set.book.get(today.at(-1) ?? 0)?.name]));
    expect(of('INTOLERANT').every(({ allergens }) => allergens === 64)).toBe(true);
    expect(of('ATE_NEARLY_EVERYTHING').every(({ recent }) => recent.length >= 90)).toBe(true);
    expect(of('NOTHING_EATEN').every(({ today, recent }) => today.length + recent.length === 0)).toBe(true);
    expect(of('FEW_STEPS').every(({ steps }) => Math.max(...steps) <= 1_500)).toBe(true);
  });
});

describe('an evaluation', () => {
  it('finds nothing unsafe in the rules, in either language, and enough of variety', async () => {
    for (const language of ['ko', 'en'] as const) {
      const { generator } = generatorOf({ name: 'RULES', language }, surroundings);
      const figures = figuresOf(await evaluate(generator, set, { oracle: oracleOf(language) }));
      expect(figures).toMatchObject({
        patients: 240,
        generated: 240,
        failed: {},
        findings: {},
        notJudged: 0,
        repaired: 0,
        fallbacks: {},
        cost: 0,
      });
      expect(figures.distinctFoods).toBeGreaterThan(100);
      expect(figures.meanJaccard).toBeGreaterThan(0);
      expect(figures.meanJaccard).toBeLessThan(0.3);
      expect(figures.latencyMs.p95).toBeGreaterThanOrEqual(figures.latencyMs.p50);
    }
  });

  it('finds a generator out that says something unsafe, whatever its own gate thought', async () => {
    const eager = tampered((each) => (each.status === 'generated' ? { ...each, row: { ...each.row, exerciseTarget: 99_999 } } : each));
    expect(figuresOf(await evaluate(eager, set, korean)).findings).toMatchObject({ STEP_GOAL: 240 });
    const blind = tampered((each) => {
      if (each.status !== 'generated' || each.row.dietTarget === null) return each;
      const dietTarget = { ...each.row.dietTarget, Lunch: ['라면 한 그릇', 'pizza'], Summary: '<b>이 식단이면 완치됩니다.</b>' };
      return { ...each, row: { ...each.row, dietTarget } };
    });
    const { findings } = figuresOf(await evaluate(blind, set, korean));
    expect(findings).toMatchObject({ UNKNOWN_DISH: 480, NO_TEMPLATE: 240 });
  });

  it('does not judge rows that say nothing of their vocabulary, and says how many they are', async () => {
    const old = tampered((each) =>
      each.status === 'generated' ? { ...each, row: { ...each.row, outputs: '{"ruleVersion":"rules-1"}' } } : each,
    );
    expect(figuresOf(await evaluate(old, set, korean))).toMatchObject({ notJudged: 240, findings: {}, sentences: 0 });
  });

  it('counts what was turned back, repairs, fallbacks and failures, and by which kind of patient', async () => {
    const violations = ['ALLERGEN' as const];
    const troubled = tampered((each, { userId }) => {
      if (each.status !== 'generated') return each;
      if (userId % 12 === 1) return { ...each, trace: { violations, tokensIn: 100, tokensOut: 10, costMicros: 5 } }; // PLAIN
      if (userId % 12 === 2) return { ...each, fallbackOf: 'LLM', trace: { violations, fallbackReason: 'UNSAFE_ADVICE' } };
      if (userId % 12 === 3) return { status: 'failed', code: 'UNSAFE_ADVICE', retryable: false, attempts: 2, trace: { violations } };
      return userId % 12 === 4 ? { status: 'unavailable', retryAfterMs: 1, reason: 'away' } : each;
    });
    const figures = figuresOf(await evaluate(troubled, set, korean));
    expect(figures).toMatchObject({
      generated: 200,
      turnedBack: { ALLERGEN: 60 },
      repaired: 20,
      fallbacks: { UNSAFE_ADVICE: 20 },
      failed: { UNSAFE_ADVICE: 20, UNAVAILABLE: 20 },
      findings: {},
      tokensIn: 2_000,
      tokensOut: 200,
    });
    expect(figures.cost).toBeCloseTo(20 * 5e-6);
    expect(figures.byKind).toEqual({ INTOLERANT: 20, MANY_ALLERGIES: 20, ONE_ALLERGY: 20, PLAIN: 20 });
  });
});

/** Forty patients of every kind before a local model that does as told. */
async function figuresBefore(behave: (received: number) => Behaviour, language: 'ko' | 'en' = 'ko'): Promise<EvalFigures> {
  await using local = await openLocalModel({ port: 0, behave });
  const environment = { LLM_BASE_URL: local.url, LLM_MODEL: 'local', LLM_PRICE_INPUT: '1', LLM_PRICE_OUTPUT: '2' };
  const { generator, model } = generatorOf({ name: 'LLM', language }, { ...surroundings, environment });
  expect(model).toMatch(/^local .*[0-9]/u);
  return figuresOf(await evaluate(generator, { ...set, patients: forty() }, { oracle: oracleOf(language) }));
}

/** Patients with a menu, and one whose diet is set by a clinic. */
function forty(): EvalPatient[] {
  const [without, some] = [set.patients.filter(({ inputs }) => hasNoMenu(inputs.profile)), set.patients.filter(({ inputs }) => !hasNoMenu(inputs.profile))]; // prettier-ignore
  return [...some.slice(0, 39), ...without.slice(0, 1)];
}

describe('an evaluation of a language model', () => {
  it.each(['ko', 'en'] as const)('finds sound answers sound, and says what they took (%s)', async (language) => {
    const figures = await figuresBefore(() => ({ kind: 'sound' }), language);
    expect(figures.turnedBack).toEqual({});
    expect(figures).toMatchObject({ patients: 40, generated: 40, findings: {}, notJudged: 0, repaired: 0 });
    expect(figures.fallbacks).toEqual({ DIET_BY_CLINIC: 1 }); // no menu is asked for where a clinic sets the diet
    expect(figures.tokensIn).toBeGreaterThan(40 * 100);
    expect(figures.cost).toBeCloseTo((figures.tokensIn + 2 * figures.tokensOut) / 1_000_000, 4);
  });

  it('finds that a model which answers unsafely is turned back every time, and nothing of it is left', async () => {
    const figures = await figuresBefore(() => BEHAVIOURS['unsafe'] as Behaviour);
    expect(figures).toMatchObject({ generated: 40, findings: {}, turnedBack: { REPEATED_FOOD: 39 } });
    expect(figures.fallbacks).toEqual({ UNSAFE_ADVICE: 39, DIET_BY_CLINIC: 1 }); // one of them has a diet by a clinic, and is not asked about
  });

  it('needs a model', () => {
    expect(() => generatorOf({ name: 'LLM', language: 'ko' }, surroundings)).toThrow(/LLM_BASE_URL/);
  });
});

describe('a report', () => {
  it('puts two evaluations side by side, with a code that only one has', async () => {
    const figures = figuresOf(await evaluate(rules, { ...set, patients: set.patients.slice(0, 20) }, korean));
    const report = { at: '2026-03-01T00:00:00.000Z', generator: 'RULES', model: 'rules-1', language: 'ko', seed: 1, figures };
    const table = tableOf([report, { ...report, model: 'other', figures: { ...figures, findings: { NOT_LOW: 3 } } }]);
    expect(table).toContainEqual(expect.stringMatching(/^model +rules-1 +other$/u));
    const unsafe = table.findIndex((line) => /^findings of the oracle +0 +3$/u.test(line));
    expect(table[unsafe + 1]).toMatch(/^ {2}found NOT_LOW +0 +3$/u);
    expect(new Set(table.map(({ length }) => length)).size).toBe(1);
  });
});
