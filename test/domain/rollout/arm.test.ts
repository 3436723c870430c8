import { describe, expect, it } from '@jest/globals';
import { armOf } from '../../../src/domain/rollout/arm.js';

const IDS = Array.from({ length: 100_000 }, (_, at) => at + 1);
const candidates = (seed: string, sharePercent: number, ids: readonly number[] = IDS): Set<number> =>
  new Set(ids.filter((id) => armOf({ seed, sharePercent }, id) === 'CANDIDATE'));

describe('who gets the candidate', () => {
  it.each([1, 5, 20, 50, 99])('is %i percent of the users, of ids one after another and of those far apart', (share) => {
    for (const ids of [IDS, IDS.map((id) => id * 1_000), IDS.map((id) => 2_000_000_000 - id * 7)]) {
      const part = candidates('spring-1', share, ids).size / ids.length;
      // Four standard deviations of as many draws.
      expect(Math.abs(part - share / 100)).toBeLessThan(4 * Math.sqrt(((share / 100) * (1 - share / 100)) / ids.length));
    }
  });

  it('is the same for the same seed, and another for another', () => {
    expect(candidates('spring-1', 10)).toEqual(candidates('spring-1', 10));
    const [one, other] = [candidates('spring-1', 10), candidates('spring-2', 10)];
    const both = [...one].filter((id) => other.has(id)).length;
    // Two draws that know nothing of each other have a tenth of a tenth in common.
    expect(both / IDS.length).toBeGreaterThan(0.008);
    expect(both / IDS.length).toBeLessThan(0.012);
  });

  it('only grows with the share: no user loses the candidate, and with all of it every user has it', () => {
    let before = new Set<number>();
    for (const share of [1, 2, 5, 10, 25, 50, 75, 100]) {
      const now = candidates('spring-1', share);
      expect([...before].filter((id) => !now.has(id))).toEqual([]);
      expect(now.size).toBeGreaterThan(before.size);
      before = now;
    }
    expect(before.size).toBe(IDS.length);
  });

  it('is fixed for good: these users of this seed, whatever release draws them', () => {
    expect([...candidates('spring-1', 10)].slice(0, 8)).toMatchInlineSnapshot(`
     [
       8,
       15,
       18,
       19,
       29,
       30,
       44,
       53,
     ]
    `);
  });
});
