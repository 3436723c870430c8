import { describe, expect, it } from '@jest/globals';
import { SKIP_REASONS } from '../../../src/domain/outcome.js';
import type { Coming } from '../../../src/domain/schedule/coming-days.js';
import { causeOf, explain, verdictOf, type DayRun, type DayVerdict } from '../../../src/domain/timeline.js';

function run(changes: Partial<DayRun> = {}): DayRun {
  return { runId: 'r', ended: true, outcome: null, skipReasons: [], failureCode: null, runFailure: null, letGo: false, ...changes };
}

const generated = run({ outcome: 'GENERATED' });
const skipped = run({ outcome: 'SKIPPED', skipReasons: ['MISSING_FOOD_RECORD', 'MISSING_EXERCISE_RECORD'] });
const failed = run({ outcome: 'FAILED', failureCode: 'GENERATOR_TIMEOUT' });
const cancelled = run({ outcome: 'CANCELLED' });
const gone = run({ letGo: true });
const underWay = run({ ended: false });

describe('the verdict on a user’s day', () => {
  it.each<[DayVerdict, DayRun[], boolean]>([
    ['NO_RUN', [], false],
    ['EXISTED', [], true],
    ['GENERATED', [generated], true],
    // A second run skips because of the first one's advice: the day's verdict stays.
    ['GENERATED', [run({ outcome: 'SKIPPED', skipReasons: ['INTERVENTION_EXISTS'] }), generated], true],
    ['EXISTED', [run({ outcome: 'SKIPPED', skipReasons: ['INTERVENTION_EXISTS'] })], true],
    ['SKIPPED', [skipped], false],
    ['FAILED', [failed, skipped], false],
    ['SKIPPED', [skipped, failed], false],
    ['CANCELLED', [cancelled], false],
    ['SKIPPED', [cancelled, skipped, failed], false], // a turn that did not come says nothing
    ['IN_PROGRESS', [underWay, failed], false],
    ['FAILED', [run({ ended: false, outcome: 'FAILED', failureCode: 'INVALID_INPUT' })], false],
    ['SKIPPED', [run(), skipped], false],
    ['NOT_ON_ROSTER', [run()], false],
    ['BEFORE_RETENTION', [gone], false],
    // It may have written what is there.
    ['BEFORE_RETENTION', [gone], true],
    ['BEFORE_RETENTION', [run({ outcome: 'SKIPPED', skipReasons: ['INTERVENTION_EXISTS'] }), gone], true],
    ['SKIPPED', [skipped, gone], false],
    ['GENERATED', [generated, gone], true],
    ['IN_PROGRESS', [underWay, gone], false],
  ])('is %s for %j with advice there: %s', (verdict, runs, hasIntervention) => {
    expect(verdictOf(runs, { hasIntervention, coming: undefined })).toBe(verdict);
  });

  const awaited = { at: new Date('2026-03-02T00:00:00Z'), awaited: true };
  const early = { at: null, awaited: false };
  it.each<[DayVerdict, DayRun[], Coming]>([
    ['NOT_DUE', [], awaited],
    ['NOT_DUE', [], early],
    // A run for others only does not stand for the one that is still to come.
    ['NOT_DUE', [run()], awaited],
    ['NOT_ON_ROSTER', [run()], early],
    ['FAILED', [failed], awaited],
    ['IN_PROGRESS', [underWay], awaited],
    ['GENERATED', [generated], early],
  ])('of a day that is still to come is %s for %j and %j', (verdict, runs, coming) => {
    expect(verdictOf(runs, { hasIntervention: false, coming })).toBe(verdict);
  });

  it('is EXISTED for a day still to come that has advice', () => {
    expect(verdictOf([], { hasIntervention: true, coming: awaited })).toBe('EXISTED');
  });
});

describe('the codes behind a verdict', () => {
  const none = { decidedBy: null, skipReasons: [], failureCode: null, runFailureCode: null };

  it('are those of the run that decided, not of another one that day', () => {
    const later = run({ runId: 'later', outcome: 'FAILED', failureCode: 'GENERATOR_TIMEOUT' });
    expect(causeOf('FAILED', [skipped, later])).toEqual({ ...none, decidedBy: 'later', failureCode: 'GENERATOR_TIMEOUT' });
    expect(causeOf('SKIPPED', [failed, { ...skipped, runId: 'first' }])).toEqual({
      ...none,
      decidedBy: 'first',
      skipReasons: skipped.skipReasons,
    });
  });

  it('tell a run that failed as a whole', () => {
    expect(causeOf('FAILED', [run({ outcome: 'FAILED', runFailure: '42501' })])).toEqual({
      ...none,
      decidedBy: 'r',
      runFailureCode: '42501',
    });
  });

  it('name the run that is on its way, and none where nothing decided', () => {
    expect(causeOf('IN_PROGRESS', [failed, { ...underWay, runId: 'now' }])).toEqual({ ...none, decidedBy: 'now' });
    for (const verdict of ['NO_RUN', 'NOT_DUE', 'EXISTED', 'NOT_ON_ROSTER'] as const) expect(causeOf(verdict, [run()])).toEqual(none);
  });
});

describe('the explanation of a day', () => {
  it('tells a run that failed as a whole from a user who did', () => {
    expect(explain('FAILED', [failed]).en).toBe('Generation failed (GENERATOR_TIMEOUT).');
    expect(explain('FAILED', [run({ outcome: 'FAILED', runFailure: '42501' })])).toEqual({
      en: 'The run failed as a whole (42501), before the first user’s turn.',
      ko: '누구의 차례도 오기 전에 실행 전체가 실패했습니다 (42501).',
    });
  });

  it('names every reason for a skip, in both languages', () => {
    expect(explain('SKIPPED', [skipped])).toEqual({
      en: 'Skipped: no food was recorded, and no exercise was recorded.',
      ko: '건너뜀: 식사 기록이 없음, 운동 기록이 없음.',
    });
  });

  it('has words of its own for each reason', () => {
    const told = SKIP_REASONS.map((reason) => explain('SKIPPED', [run({ outcome: 'SKIPPED', skipReasons: [reason] })]));
    for (const language of ['en', 'ko'] as const) expect(new Set(told.map((each) => each[language])).size).toBe(SKIP_REASONS.length);
  });

  it('tells of the run that the verdict is about, not of another one that day', () => {
    expect(explain('FAILED', [skipped, failed]).en).toBe('Generation failed (GENERATOR_TIMEOUT).');
    expect(explain('FAILED', [skipped, failed]).ko).toContain('GENERATOR_TIMEOUT');
  });

  it('is a sentence for every verdict', () => {
    const rest: DayVerdict[] = ['GENERATED', 'EXISTED', 'CANCELLED', 'IN_PROGRESS', 'NOT_ON_ROSTER', 'NOT_DUE', 'NO_RUN'];
    const told = rest.map((verdict) => explain(verdict, [generated, cancelled]));
    expect(new Set(told.map(({ en }) => en)).size).toBe(rest.length);
    for (const { en, ko } of told) expect([en, ko]).toEqual([expect.stringMatching(/^[A-Z].*\.$/), expect.stringMatching(/[가-힣].*\.$/)]);
  });
});
