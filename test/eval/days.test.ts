import { describe, expect, it } from '@jest/globals';
import { evaluateDays } from '../../eval/days.js';
import { evaluate } from '../../eval/evaluate.js';
import { figuresOf } from '../../eval/figures.js';
import { generatorOf } from '../../eval/generators.js';
import { evalSet } from '../../eval/patients.js';
import type { Generator } from '../../src/application/ports.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { oracleOf } from '../support/safety-oracle.js';

const catalogue = loadCatalogue();
const set = evalSet(catalogue, { count: 600, seed: 7 });
const surroundings = { catalogue, book: set.book, environment: {} };
const FOLLOWED = { patients: 50, days: 14, seed: 7 };

const rulesIn = (language: 'ko' | 'en'): Generator => generatorOf({ name: 'RULES', language }, surroundings).generator;

describe.each(['ko', 'en'] as const)('Fifty patients over fourteen days (%s)', (language) => {
  it('have other dishes than the day before, read no sentence twice running, and nothing that is not so', async () => {
    const figures = await evaluateDays(rulesIn(language), { table: set, oracle: oracleOf(language) }, FOLLOWED);
    expect(figures).toMatchObject({ patients: 50, days: 14, repeated: 0, findings: {} });
    expect(figures.overlap).toBeLessThan(0.3);
  });

  it('would be found out if they read the same every day', async () => {
    const rules = rulesIn(language);
    const first = new Map<number, ReturnType<Generator['generate']>>();
    const stuck: Generator = {
      name: 'RULES',
      concurrency: 1,
      generate: (inputs, ...rest) => {
        if (!first.has(inputs.userId)) first.set(inputs.userId, rules.generate(inputs, ...rest));
        return first.get(inputs.userId) as ReturnType<Generator['generate']>;
      },
    };
    const figures = await evaluateDays(stuck, { table: set, oracle: oracleOf(language) }, { ...FOLLOWED, patients: 5 });
    expect(figures.overlap).toBe(1);
    expect(figures.repeated).toBeGreaterThan(100);
    expect(Object.keys(figures.findings).join()).toMatch(/FALSE_CLAIM/u);
  });
});

describe('Six hundred patients', () => {
  it.each(['ko', 'en'] as const)('read nothing that the records and recipes do not bear out (%s)', async (language) => {
    const figures = figuresOf(await evaluate(rulesIn(language), set, { oracle: oracleOf(language) }));
    expect(figures).toMatchObject({ patients: 600, generated: 600, failed: {}, findings: {}, notJudged: 0 });
    expect(figures.points).toBeGreaterThan(70);
    expect(figures.sentences).toBeGreaterThan(6_500);
  });

  it('get the same rows byte for byte from the same records, after any other user', async () => {
    const rowsOf = async (generator: Generator, patients: typeof set.patients): Promise<Map<number, string>> => {
      const results = await evaluate(generator, { ...set, patients }, { oracle: oracleOf('ko') });
      return new Map(results.map(({ generated }, at) => [patients[at]?.records.userId ?? 0, JSON.stringify(generated)]));
    };
    const forwards = await rowsOf(rulesIn('ko'), set.patients);
    const backwards = await rowsOf(rulesIn('ko'), set.patients.toReversed());
    expect(backwards.size).toBe(600);
    for (const [user, row] of forwards) expect(backwards.get(user)).toBe(row);
  });
});
