import { describe, expect, it } from '@jest/globals';
import { Diary } from '../../eval/diary.js';
import { EVALUATION, evaluate } from '../../eval/evaluate.js';
import { generatorOf } from '../../eval/generators.js';
import { evalSet } from '../../eval/patients.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { oracleOf } from '../support/safety-oracle.js';

/** Characters of a text that a phone shows without scrolling. */
const MAX_LENGTH = 300;

const catalogue = loadCatalogue();
const set = evalSet(catalogue, { count: 600, seed: 1 });

/** Texts of a row by the column that they stand in. */
const textsOf = (row: {
  dietEvaluation: string;
  exerciseEvaluation: string;
  dietTarget: { Summary: string } | null;
}): Record<string, string> => ({
  diet: row.dietEvaluation,
  exercise: row.exerciseEvaluation,
  summary: row.dietTarget?.Summary ?? '',
});

describe.each(['ko', 'en'] as const)('Texts of the rules (%s)', (language) => {
  const { generator } = generatorOf({ name: 'RULES', language }, { catalogue, book: set.book, environment: {} });

  it('are never longer than a phone shows, for any patient', async () => {
    const results = await evaluate(generator, set, { oracle: oracleOf(language) });
    const long = results.flatMap(({ generated }) =>
      generated.status === 'generated' ? Object.values(textsOf(generated.row)).filter((text) => text.length > MAX_LENGTH) : [],
    );
    expect(long).toEqual([]);
  });

  it('nor on any of fifty days', async () => {
    const long: string[] = [];
    for (let user = 1; user <= 50; user += 1) {
      const diary = new Diary(user, { seed: 1, days: 50, counts: set.counts });
      for (let day = 0; day < 50; day += 1) {
        const generated = await generator.generate(diary.on(day).inputs, DAILY, new AbortController().signal, EVALUATION);
        if (generated.status === 'generated')
          long.push(...Object.values(textsOf(generated.row)).filter((text) => text.length > MAX_LENGTH));
      }
    }
    expect(long).toEqual([]);
  });
});
