import { describe, expect, it } from '@jest/globals';
import { alertsOfRollout, alertsOfRun, alertsOfSchedule, isNotReady, type AlertedRun } from '../../src/domain/alert/alerts-of-event.js';
import { waitAfter } from '../../src/domain/alert/delivery-waits.js';
import type { RunEvent } from '../../src/domain/run/run-events.js';

const RUN: AlertedRun = {
  runId: 'r',
  program: 'daily',
  recordDate: '2026-11-25',
  generator: 'LLM',
  dryRun: false,
  whole: true,
  expected: true,
  budgetReached: false,
  recallDone: null,
};
const night = { program: 'daily', recordDate: '2026-11-25' };
const completed = (failed: number): RunEvent => ({
  type: 'RunCompleted',
  data: { generated: 100 - failed, failed, skipped: 7, cancelled: 0, reasons: {} },
});
const rules = (event: RunEvent, run: Partial<AlertedRun> = {}): readonly string[] =>
  alertsOfRun(event, { ...RUN, ...run }, { failuresPercent: 2 }).map((turn) =>
    turn.turn === 'LOOK' ? turn.turn : `${turn.turn} ${turn.turn === 'RAISE' ? turn.kind : turn.kinds.join(' ')}`,
  );

/** A run that ended without new advice. */
const ended = (skipped: number, reasons: Record<string, number>, failed = 0): RunEvent => ({
  type: 'RunCompleted',
  data: { generated: 0, failed, skipped, cancelled: 0, reasons },
});
const empty = (event: RunEvent, run: Partial<AlertedRun> = {}): readonly string[] =>
  rules(event, run).filter((rule) => rule.endsWith('NIGHT_EMPTY'));

describe('What an event of a run means', () => {
  it('is told of a run that failed or paused, with its code and no word of an operator', () => {
    const paused: RunEvent = { type: 'RunPaused', data: { cause: 'FAULT', reason: 'user 12 is broken' } };
    expect(alertsOfRun(paused, RUN, { failuresPercent: 2 })).toEqual([
      { turn: 'RAISE', kind: 'RUN_PAUSED', subject: 'r', facts: { ...night, code: 'FAULT' } },
    ]);
    expect(rules({ type: 'RunFailed', data: { code: 'FAULT' } })).toEqual(['OVER RUN_PAUSED', 'RAISE RUN_FAILED']);
    expect(rules({ type: 'RunResumed', data: {} })).toEqual(['OVER RUN_PAUSED']);
  });

  it('is an alert above the share of failures alone, and else the end of those of the night', () => {
    const rollouts = 'NIGHT_OVER ROLLOUT_STOPPED';
    const over = ['NIGHT_OVER NOT_READY RUN_FAILED RUN_FAILURES', 'NIGHT_OVER NIGHT_EMPTY', 'NIGHT_OVER BUDGET_REACHED'];
    expect(rules(completed(2))).toEqual(['OVER RUN_PAUSED', rollouts, ...over]);
    expect(rules(completed(3))).toEqual([
      'OVER RUN_PAUSED',
      'RAISE RUN_FAILURES',
      rollouts,
      'NIGHT_OVER NOT_READY',
      'NIGHT_OVER NIGHT_EMPTY',
      'NIGHT_OVER BUDGET_REACHED',
    ]);
    expect(rules(completed(0), { budgetReached: true })).toEqual([
      'OVER RUN_PAUSED',
      'RAISE BUDGET_REACHED',
      rollouts,
      ...over.slice(0, 2),
    ]);
  });

  it('is an alert of a night of a schedule without any advice, be it that no account is there or that none has records, where there was some before', () => {
    expect(empty(ended(0, {}))).toEqual(['RAISE NIGHT_EMPTY']);
    expect(empty(ended(80, { MISSING_FOOD_RECORD: 80 }))).toEqual(['RAISE NIGHT_EMPTY']);
    expect(empty(ended(80, { MISSING_FOOD_RECORD: 79, INTERVENTION_EXISTS: 1 }))).toEqual(['NIGHT_OVER NIGHT_EMPTY']);
    expect(empty(ended(80, { MISSING_FOOD_RECORD: 80 }), { expected: false })).toEqual([]);
    expect(empty(ended(79, { MISSING_FOOD_RECORD: 79, MODEL_AWAY: 1 }, 1))).toEqual([]); // another alert tells of those
  });

  it('of chosen users says nothing of the night, and of a dry run nothing at all', () => {
    expect(rules(completed(0), { whole: false })).toEqual(['OVER RUN_PAUSED']);
    expect(rules(completed(50), { dryRun: true })).toEqual([]);
  });
});

describe('What an event of a rollout means', () => {
  it('is an alert where it stopped by itself, over with a later night and not with its own', () => {
    const stopped = { type: 'RolloutStopped', data: { cause: 'PRICE', recordDate: '2026-11-25' } } as const;
    expect(alertsOfRollout(stopped, 'x', 'daily')).toEqual([
      { turn: 'RAISE', kind: 'ROLLOUT_STOPPED', subject: 'x', facts: { ...night, code: 'PRICE' } },
    ]);
    expect(alertsOfRun(completed(0), RUN, { failuresPercent: 2 })).toContainEqual({
      turn: 'NIGHT_OVER',
      program: 'daily',
      through: '2026-11-24',
      kinds: ['ROLLOUT_STOPPED'],
    });
  });

  it('is none where an operator stopped it, or for anything else', () => {
    expect(alertsOfRollout({ type: 'RolloutStopped', data: { cause: 'OPERATOR' } }, 'x', 'daily')).toEqual([]);
    expect(alertsOfRollout({ type: 'RolloutPromoted', data: {} }, 'x', 'daily')).toEqual([]);
  });
});

describe('What an event of a schedule means', () => {
  it.each(['OVERLAP', 'OUTSIDE_WINDOW', 'SUPERSEDED_BY_LATER'] as const)(
    'is one alert of the schedule for slots skipped by %s',
    (reason) => {
      const slot = '2026-11-25T15:00:00.000Z';
      expect(alertsOfSchedule({ type: 'SlotSkipped', data: { slot, reason } }, 's')).toEqual([
        { turn: 'RAISE', kind: 'SLOT_SKIPPED', subject: 's', facts: { code: reason, slot } },
      ]);
      const fired = { type: 'SlotFired', data: { slot, firedAt: slot, runId: 'r' } } as const;
      expect(alertsOfSchedule(fired, 's')).toEqual([{ turn: 'OVER', kinds: ['SLOT_SKIPPED'], subject: 's' }]);
    },
  );
});

it('Advice is not ready below the share of those who can be advised, and where no roster was fixed', () => {
  expect([98, 99, 100].map((ready) => isNotReady({ ready, eligible: 100 }, 99, true))).toEqual([true, false, false]);
  expect([isNotReady({ ready: 0, eligible: 0 }, 99, true), isNotReady({ ready: 0, eligible: 0 }, 99, false)]).toEqual([false, true]);
});

it('Waits grow to an hour, and hear what the other side asks for as far as that', () => {
  expect([1, 2, 3, 20].map((tries) => waitAfter(tries, 5_000))).toEqual([5_000, 10_000, 20_000, 3_600_000]);
  expect([waitAfter(1, 5_000, 60_000), waitAfter(1, 5_000, 1e9)]).toEqual([60_000, 3_600_000]);
});
