import { describe, expect, it } from '@jest/globals';
import { forecastOf, likelyEligible, type Experience, type ModelFacts } from '../../../src/domain/run/forecast.js';

const NONE: Experience = {
  eligibleShare: null,
  usersPerSecond: null,
  tokensIn: null,
  tokensOut: null,
  tokensCached: null,
  batchSeconds: null,
};
const PAST: Experience = { eligibleShare: 0.8, usersPerSecond: 20, tokensIn: 1_200, tokensOut: 300, tokensCached: 0, batchSeconds: null };
const MODEL: ModelFacts = {
  price: { input: 0.15, cachedInput: 0.05, output: 0.6 },
  batch: { priceFactor: 0.5, windowMs: 86_400_000 },
  guess: { tokensIn: 2_000, tokensOut: 500 },
};

describe('a forecast', () => {
  it('without a model costs nothing, and says nothing of time before there was a run', () => {
    expect(forecastOf(800, NONE, undefined)).toEqual({ eligible: 800, tokensIn: 0, tokensOut: 0, costMicros: 0, seconds: null, basis: 'ESTIMATE' }); // prettier-ignore
    expect(forecastOf(800, { ...PAST, tokensIn: null, tokensOut: null }, undefined)).toMatchObject({ seconds: 40, basis: 'PAST_RUNS' });
  });

  it('of a model takes tokens from past runs, else from the size of a prompt, at the price of now', () => {
    // 1,000 × 1,200 × 0.15 + 1,000 × 300 × 0.6 millionths
    expect(forecastOf(1_000, PAST, MODEL)).toEqual({ eligible: 1_000, tokensIn: 1_200_000, tokensOut: 300_000, costMicros: 360_000, seconds: 50, basis: 'PAST_RUNS', byBatch: { costMicros: 180_000, seconds: 86_400 } }); // prettier-ignore
    expect(forecastOf(1_000, NONE, MODEL)).toMatchObject({
      tokensIn: 2_000_000,
      tokensOut: 500_000,
      costMicros: 600_000,
      basis: 'ESTIMATE',
    });
  });

  it('of a model whose endpoint keeps beginnings takes those at their own price, and no more than there are', () => {
    // 1,000 × (200 × 0.15 + 1,000 × 0.05) + 1,000 × 300 × 0.6 millionths
    expect(forecastOf(1_000, { ...PAST, tokensCached: 1_000 }, MODEL).costMicros).toBe(260_000);
    expect(forecastOf(1_000, { ...PAST, tokensCached: 9_000 }, MODEL).costMicros).toBe(240_000);
    expect(forecastOf(1_000, { ...NONE, tokensCached: 1_000 }, MODEL).costMicros).toBe(600_000);
  });

  it('of a model tells of batches as well: their price, and when the last ones were back, or what the provider takes at most', () => {
    expect(forecastOf(1_000, { ...PAST, batchSeconds: 5_400 }, MODEL).byBatch).toEqual({ costMicros: 180_000, seconds: 5_400 });
    expect(forecastOf(1_000, { ...PAST, batchSeconds: 99_999 }, MODEL).byBatch).toEqual({ costMicros: 180_000, seconds: 86_400 });
    expect(forecastOf(1_000, { ...PAST, tokensCached: 1_000 }, MODEL).byBatch?.costMicros).toBe(130_000);
  });

  it('is no shorter than the rates allow, whatever past runs did', () => {
    expect(forecastOf(1_000, PAST, { ...MODEL, requestsPerMinute: 600 }).seconds).toBe(100);
    expect(forecastOf(1_000, PAST, { ...MODEL, tokensPerMinute: 500_000 }).seconds).toBe(180);
    expect(forecastOf(1_000, NONE, { ...MODEL, requestsPerMinute: 600 }).seconds).toBe(100);
  });

  it('expects as large a share of a roster as lately, and everybody of the first one', () => {
    expect([likelyEligible(1_000, PAST), likelyEligible(1_000, NONE), likelyEligible(0, PAST)]).toEqual([800, 1_000, 0]);
  });

  it('expects all of those who failed or whose advice is recalled, and no more of those who were skipped than of everybody', () => {
    const of = (retry: 'FAILED' | 'SKIPPED', more = {}): number => likelyEligible(10, PAST, { retry: { outcomes: [retry] }, ...more });
    expect([of('FAILED'), of('SKIPPED'), likelyEligible(10, PAST, { recallId: 'r' }), of('SKIPPED', { recallId: 'r' })]).toEqual([
      10, 8, 10, 8,
    ]);
  });
});
