import { describe, expect, it } from '@jest/globals';
import { DemoRandom } from '../../src/demo/demo-random.js';

const DRAWS = 100_000;

describe('the random numbers of a demo', () => {
  it('are fixed by their keys, in their order, for ever', () => {
    const first = new DemoRandom(1, 2, 3);
    expect([first.below(1_000), first.below(1_000), first.below(1_000)]).toEqual(KNOWN);
    expect(new DemoRandom(2, 1, 3).fraction()).not.toBe(new DemoRandom(1, 2, 3).fraction());
  });

  it('fall evenly, whether drawn from one stream or as the first of neighbouring streams', () => {
    const stream = new DemoRandom(5, 6, 7);
    const one = tally(() => stream.below(10));
    let key = 0;
    const many = tally(() => new DemoRandom(5, ++key, 7).below(10));
    for (const count of [...one, ...many]) expect(Math.abs(count - DRAWS / 10)).toBeLessThan(500);
  });

  it('come in a bell that stays within three deviations of its mean', () => {
    const random = new DemoRandom(1, 1, 1);
    const values = Array.from({ length: DRAWS }, () => random.around(1_000, 100));
    const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS;
    expect(Math.abs(mean - 1_000)).toBeLessThan(2);
    expect(Math.abs(Math.sqrt(variance) - 100)).toBeLessThan(2);
    expect(values.every((value) => value >= 700 && value <= 1_300)).toBe(true);
  });

  it('cannot pick from an empty list', () => {
    expect(() => new DemoRandom(1, 1, 1).pick([])).toThrow('empty');
  });
});

/** Computed once; a change here means that every demo changes, and `GENERATOR_VERSION` must rise. */
const KNOWN = [771, 909, 273];

function tally(draw: () => number): number[] {
  const counts = Array.from({ length: 10 }, () => 0);
  for (let drawn = 0; drawn < DRAWS; drawn++) {
    const value = draw();
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}
