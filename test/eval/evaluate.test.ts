import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../eval/evaluate.js';
import { figuresOf } from '../../eval/figures.js';
import { generatorOf } from '../../eval/generators.js';
import { evalSet, KINDS } from '../../eval/patients.js';
import { tableOf } from '../../eval/report.js';
import type { Generated, Generator } from '../../src/application/ports.js';
import type { PatientInputs } from '../../src/domain/advice/patient-inputs.js';
import type { Program } from '../../src/domain/program.js';
import { loadCatalogue } from '../../src/generators/catalogue-file.js';

const catalogue = loadCatalogue();
const set = evalSet(catalogue, { count: 240, seed: 1 });
const foods = { catalogue, book: set.book };
const rules = generatorOf({ name: 'RULES', language: 'ko' }, foods).generator;

/** The rules, with what they say changed on the way out. */
function tampered(change: (generated: Generated, inputs: PatientInputs) => Generated): Generator {
  return { name: 'RULES', concurrency: 3, generate: async (inputs: PatientInputs, program: Program, signal) => change(await rules.generate(inputs, program, signal), inputs) }; // prettier-ignore
}

const of = (kind: string): PatientInputs[] => set.patients.filter((patient) => patient.kind === kind).map(({ inputs }) => inputs);

describe('the patients of an evaluation', () => {
  it('are the same for the same seed, others for another, and as many of each kind', () => {
    expect(evalSet(catalogue, { count: 240, seed: 1 })).toEqual(set);
    expect(evalSet(catalogue, { count: 240, seed: 2 }).patients).not.toEqual(set.patients);
    for (const kind of KINDS) expect(set.patients.filter((patient) => patient.kind === kind)).toHaveLength(24);
  });

  it('include those whose foods carry instructions, avoid much, ate nearly everything or nothing, or hardly walked', () => {
    for (const { today } of of('INJECTED_NAMES'))
      expect(today.map((id) => set.book.get(id)?.name ?? '').join()).toMatch(/ignore all previous/iu);
    expect(of('INTOLERANT').every(({ allergens }) => allergens === 64)).toBe(true);
    expect(of('ATE_NEARLY_EVERYTHING').every(({ recent }) => recent.length >= 90)).toBe(true);
    expect(of('NOTHING_EATEN').every(({ today, recent }) => today.length + recent.length === 0)).toBe(true);
    expect(of('FEW_STEPS').every(({ steps }) => Math.max(...steps) <= 1_500)).toBe(true);
  });
});

describe('an evaluation', () => {
  it('finds nothing unsafe in the rules, in either language, and enough of variety', async () => {
    for (const language of ['ko', 'en'] as const) {
      const figures = figuresOf(await evaluate(generatorOf({ name: 'RULES', language }, foods).generator, set, { catalogue }));
      expect(figures).toMatchObject({ patients: 240, generated: 240, failed: {}, unsafeRows: {}, repaired: 0, fallbacks: 0 });
      expect(figures.distinctFoods).toBeGreaterThan(100);
      expect(figures.meanJaccard).toBeGreaterThan(0);
      expect(figures.meanJaccard).toBeLessThan(0.3);
      expect(figures.latencyMs.p95).toBeGreaterThanOrEqual(figures.latencyMs.p50);
    }
  });

  it('finds a generator out that says something unsafe, whatever its own gate thought', async () => {
    const eager = tampered((generated) => (generated.status === 'failed' ? generated : { ...generated, row: { ...generated.row, exerciseTarget: 99_999 } })); // prettier-ignore
    expect(figuresOf(await evaluate(eager, set, { catalogue })).unsafeRows).toEqual({ STEP_GOAL_OUT_OF_BOUNDS: 240 });
    const blind = tampered((generated) =>
      generated.status === 'failed' || generated.row.dietTarget === null
        ? generated
        : {
            ...generated,
            row: { ...generated.row, dietTarget: { ...generated.row.dietTarget, Lunch: ['라면', 'pizza'], Summary: '<b>!</b>' } },
          },
    );
    const { unsafeRows } = figuresOf(await evaluate(blind, set, { catalogue }));
    expect(unsafeRows).toMatchObject({ NOT_LOW_FODMAP: 240, NOT_IN_CATALOGUE: 240, MARKUP: 240 });
    expect(unsafeRows['ALLERGEN']).toBeGreaterThan(0);
  });

  it('counts repairs, fallbacks and failures, and by which kind of patient', async () => {
    const troubled = tampered((generated, { userId }) => {
      if (generated.status === 'failed') return generated;
      if (userId % 10 === 1) return { ...generated, attempts: 2 }; // PLAIN
      if (userId % 10 === 2) return { ...generated, fallbackOf: 'LLM' as const };
      return userId % 10 === 3 ? { status: 'failed', code: 'UNSAFE_ADVICE', retryable: false, attempts: 2 } : generated;
    });
    const figures = figuresOf(await evaluate(troubled, set, { catalogue }));
    expect(figures).toMatchObject({ generated: 216, repaired: 24, fallbacks: 24, failed: { UNSAFE_ADVICE: 24 } });
    expect(figures.byKind).toEqual({ MANY_ALLERGIES: 24, ONE_ALLERGY: 24, PLAIN: 24 });
  });
});

describe('a report', () => {
  it('puts two evaluations side by side, with a code that only one has', async () => {
    const figures = figuresOf(await evaluate(rules, { ...set, patients: set.patients.slice(0, 20) }, { catalogue }));
    const report = { at: '2026-03-01T00:00:00.000Z', generator: 'RULES', model: 'rules-1', language: 'ko', seed: 1, figures };
    const table = tableOf([report, { ...report, model: 'other', figures: { ...figures, unsafeRows: { ALLERGEN: 3 } } }]);
    expect(table).toContainEqual(expect.stringMatching(/^model +rules-1 +other$/u));
    expect(table).toContainEqual(expect.stringMatching(/^ {2}unsafe ALLERGEN +0 +3$/u));
    expect(new Set(table.map(({ length }) => length)).size).toBe(1);
  });
});
