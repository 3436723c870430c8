import { describe, expect, it } from '@jest/globals';
import { MUTANTS } from './mutants/registry.js';

describe('the checkers', () => {
  it.each(MUTANTS.map((mutant) => [mutant.name, mutant.under, mutant] as const))(
    'notice "%s" under %s',
    async (_name, _under, { tryIt }) => {
      expect(await tryIt()).not.toEqual([]);
    },
  );
});
