import { describe, expect, it } from '@jest/globals';
import { figuresOfOutcomes, NO_FIGURES, type ArmFigures } from '../../../src/domain/rollout/arm-figures.js';
import { passedMeasure, USUAL_THRESHOLDS, type Thresholds } from '../../../src/domain/rollout/stop-rule.js';
import type { Outcome } from '../../../src/domain/outcome.js';

const THRESHOLDS: Thresholds = { ...USUAL_THRESHOLDS, leastUsers: 100 };
const side = (figures: Partial<ArmFigures>): ArmFigures => ({ ...NO_FIGURES, users: 1_000, advised: 1_000, ...figures });
const found = (candidate: Partial<ArmFigures>, inForce: Partial<ArmFigures>, thresholds: Thresholds = THRESHOLDS) =>
  passedMeasure(thresholds, { figures: { CANDIDATE: side(candidate), IN_FORCE: side(inForce) } });

const judged = (rows: number) => ({ CANDIDATE: { rows, falsehoods: 1 }, IN_FORCE: { rows: 5_000, falsehoods: 0 } });
const mark = (arm: 'CANDIDATE' | 'IN_FORCE') => ({ rollout: { id: 'r', arm } });

describe('the stop of a rollout by itself', () => {
  it('needs a figure above that of the version in force, its part more, and what is allowed on top', () => {
    // 4 % in force: 6 with half of it more, 11 with what is allowed on top.
    expect(found({ gateDrops: 110 }, { gateDrops: 40 })).toBeUndefined();
    expect(found({ gateDrops: 111 }, { gateDrops: 40 })).toEqual({
      cause: 'GATE_DROPS',
      figure: { candidate: 1_110, inForce: 400, limit: 1_100, users: 1_000 },
    });
  });

  it.each([
    ['FALLBACKS', { fallbacks: 51 }, { fallbacks: 50 }],
    ['FAILURES', { failed: 21 }, { failed: 20 }],
    ['PRICE', { costMicros: 1_001_000 }, { costMicros: 1_000_000 }],
  ] as const)('looks at %s as well', (cause, more, allowed) => {
    expect(found(more, {})?.cause).toBe(cause);
    expect(found(allowed, {})).toBeUndefined();
  });

  it('concludes nothing from too few users', () => {
    expect(found({ users: 99, advised: 99, gateDrops: 99 }, {})).toBeUndefined();
    expect(found({ users: 100, advised: 100, gateDrops: 100 }, {})?.cause).toBe('GATE_DROPS');
  });

  it('takes one untrue row of enough judged ones as enough, and none of too few', () => {
    const figures = { CANDIDATE: side({}), IN_FORCE: side({}) };
    expect(passedMeasure(THRESHOLDS, { figures, judged: judged(99) })).toBeUndefined();
    expect(passedMeasure(THRESHOLDS, { figures, judged: judged(200) })).toEqual({
      cause: 'FALSEHOODS',
      figure: { candidate: 50, inForce: 0, limit: 0, users: 200 },
    });
  });

  it('measures against nothing where no user had the version in force', () => {
    const figures = { CANDIDATE: side({ fallbacks: 51 }), IN_FORCE: NO_FIGURES };
    expect(passedMeasure(THRESHOLDS, { figures })?.figure).toMatchObject({ inForce: 0, limit: 500 });
  });
});

describe('the figures of both sides', () => {
  const advised = { interventionId: 1, generator: 'LLM', attempts: 1, durationMs: 20 } as const;

  it('count each user once for each thing that is told of them', () => {
    const outcomes: Outcome[] = [
      { type: 'InterventionGenerated', data: { ...advised, ...mark('CANDIDATE'), violations: ['POINT_NOT_TRUE', 'UNKNOWN_DISH' as never], tokensIn: 5, tokensOut: 2, costMicros: 9 } }, // prettier-ignore
      { type: 'InterventionGenerated', data: { ...advised, ...mark('CANDIDATE'), fallbackReason: 'UNSAFE_ADVICE' } },
      { type: 'InterventionGenerated', data: { ...advised, ...mark('CANDIDATE'), fallbackReason: 'BUDGET_REACHED' } },
      { type: 'UserFailed', data: { code: 'GENERATOR_ERROR', retryable: false, attempts: 1, ...mark('CANDIDATE') } },
      { type: 'InterventionGenerated', data: { ...advised, ...mark('IN_FORCE') } },
      { type: 'InterventionGenerated', data: advised },
      { type: 'UserSkipped', data: { reasons: ['NO_PROFILE'] } },
    ];
    const { CANDIDATE, IN_FORCE } = figuresOfOutcomes(outcomes).get('r') ?? {};
    expect(CANDIDATE).toEqual({
      users: 4, advised: 3, failed: 1, fallbacks: 1, pointsDropped: 1, answersRefused: 1, gateDrops: 1, tokensIn: 5, tokensOut: 2, costMicros: 9, durationMs: 60,
    }); // prettier-ignore
    expect(IN_FORCE).toEqual({ ...NO_FIGURES, users: 1, advised: 1, durationMs: 20 });
  });

  it('are of no rollout where no outcome names one', () => {
    expect(figuresOfOutcomes([{ type: 'InterventionGenerated', data: advised }]).size).toBe(0);
  });
});
