import { describe, expect, it } from '@jest/globals';
import { anything, assert, property } from 'fast-check';
import { MOST_FACTS, MOST_POINTS, recordedAdvice } from '../../../src/domain/advice/points/recorded-advice.js';

describe('what a row recorded of what it says', () => {
  it('is read from any JSON without a fault, and never holds more than its lists may', () => {
    assert(
      property(anything(), anything(), anything(), (points, facts, item) => {
        const advice = recordedAdvice({
          vocabulary: 'points-1',
          points: Array.isArray(points) ? points : [[item, points, facts, 1, facts]],
          facts,
        });
        expect(advice?.points.length).toBeLessThanOrEqual(MOST_POINTS);
        for (const point of advice?.points ?? []) expect(point.facts.length).toBeLessThanOrEqual(MOST_FACTS);
      }),
    );
  });

  it('is cut where a row holds more than any of ours', () => {
    const facts = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`f${at}`, at]));
    const points = Array.from({ length: 100 }, (_, at) => [`P${at}`, null, null, 0, facts]);
    const advice = recordedAdvice({ vocabulary: 'points-1', points, facts: {} });
    expect([advice?.points.length, advice?.points[0]?.facts.length]).toEqual([MOST_POINTS, MOST_FACTS]);
  });
});
