import { describe, expect, it } from '@jest/globals';
import { LaneRoom } from '../../src/application/chunk/lane-room.js';

describe('What the lanes of a process remember of resumed runs', () => {
  it('is one attempt for each resumption, however many runs share a generator and in whatever order they come back', () => {
    const room = new LaneRoom();
    const [rules, model] = [{}, {}];
    const asked = ['a 1', 'b 1', 'a 1', 'b 1', 'a 2', 'b 1', 'a 2'].map((resumption) => room.isNews(model, resumption));
    expect(asked).toEqual([true, true, false, false, true, false, false]);
    expect(room.isNews(rules, 'a 1')).toBe(true);
  });

  it('does not grow for ever', () => {
    const room = new LaneRoom();
    const model = {};
    for (let run = 0; run < 5_000; run += 1) expect(room.isNews(model, `run ${run}`)).toBe(true);
    expect(room.isNews(model, 'run 4999')).toBe(false);
    expect(room.isNews(model, 'run 0')).toBe(true);
  });
});
