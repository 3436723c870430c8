import { describe, expect, it } from '@jest/globals';
import { personSeed } from '../../../src/domain/advice/seeded-random.js';
import { SeededRandom } from '../../support/seeded-random.js';

function numbers(seed: number, count: number, below: number): number[] {
  const random = new SeededRandom();
  random.reseed(seed);
  return Array.from({ length: count }, () => random.below(below));
}

describe('Seeded random numbers', () => {
  it('are the same on every machine: these are written down', () => {
    expect(numbers(1, 8, 1_000)).toEqual([588, 73, 590, 475, 348, 802, 972, 354]);
    expect(personSeed(7, 'rules-2')).toBe(-353_239_162);
  });

  it('start anew with their seed', () => {
    expect(numbers(42, 20, 100)).toEqual(numbers(42, 20, 100));
    expect(numbers(42, 20, 100)).not.toEqual(numbers(43, 20, 100));
  });

  it('are spread evenly over neighbouring users: no count is off by more than a tenth', () => {
    const counts = Array.from({ length: 24 }, () => 0);
    const random = new SeededRandom();
    for (let user = 1; user <= 48_000; user++) {
      random.reseed(personSeed(user, 'rules-2'));
      const drawn = random.below(24);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(1_800);
    expect(Math.max(...counts)).toBeLessThan(2_200);
  });

  it('stay below the count, down to one', () => {
    expect(new Set(numbers(5, 1_000, 3))).toEqual(new Set([0, 1, 2]));
    expect(new Set(numbers(5, 100, 1))).toEqual(new Set([0]));
  });
});
