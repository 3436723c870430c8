import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { doneOf, evolveProgress, noProgress, paceOf, percentOf, type RunProgress } from '../../../src/domain/run/progress.js';
import type { ChunkEvent, RunEvent } from '../../../src/domain/run/run-events.js';
import { EVENTS, minute, tally } from './run-history.js';

function chunk(number: number, counts: Parameters<typeof tally>[0]): ChunkEvent {
  return { type: 'ChunkCompleted', data: { chunk: number, fence: 1, durationMs: 5, ...tally(counts) } };
}

/** Folds events that happened in minutes 0, 1, 2 … */
function progressOf(...events: readonly (RunEvent | ChunkEvent)[]): RunProgress {
  return events.reduce((state, event, at) => evolveProgress(state, event, minute(at)), noProgress('a-run'));
}

const { requested, planned, started, paused, resumed, cancelRequested, cancelled, completed, completedWithFailures, failed } = EVENTS;
const TWO = chunk(0, { generated: 1, skipped: 1, reasons: { NO_PROFILE: 1 } });
const ONE = chunk(1, { failed: 1, reasons: { INVALID_INPUT: 1 } });

describe('progress folded from events', () => {
  it('knows nothing before the run is planned', () => {
    expect(progressOf(requested)).toMatchObject({ status: 'REQUESTED', roster: null, chunkCount: null, chunksDone: 0, at: minute(0) });
    expect(percentOf(progressOf(requested))).toBe(0);
  });

  it('adds up the chunks, whatever their order', () => {
    const expected = {
      status: 'RUNNING',
      generated: 1,
      skipped: 1,
      failed: 1,
      chunksDone: 2,
      reasons: { NO_PROFILE: 1, INVALID_INPUT: 1 },
    };
    expect(progressOf(requested, planned, started, TWO, ONE)).toMatchObject(expected);
    expect(progressOf(requested, planned, started, ONE, TWO)).toMatchObject(expected);
  });

  it.each<[string, (RunEvent | ChunkEvent)[]]>([
    ['PLANNED', [requested, planned]],
    ['PAUSED', [requested, planned, started, paused]],
    ['PAUSED', [requested, planned, paused, started]],
    ['RUNNING', [requested, planned, started, paused, resumed]],
    ['PLANNED', [requested, planned, paused, resumed]],
    ['REQUESTED', [requested, paused, resumed]],
    ['RUNNING', [requested, planned, started, cancelRequested]],
    ['COMPLETED', [requested, planned, started, completed]],
    ['COMPLETED_WITH_FAILURES', [requested, planned, started, completedWithFailures]],
    ['FAILED', [requested, planned, failed]],
  ])('is %s where the run is', (status, events) => {
    expect(progressOf(...events).status).toBe(status);
  });

  it('tells who or what paused it and why, and forgets both when it goes on or ends', () => {
    const stands = progressOf(requested, planned, started, paused);
    expect(stands).toMatchObject({ pausedCause: expect.any(String), pausedReason: expect.any(String) });
    expect(paceOf({ ...stands, generated: 1 }).secondsLeft).toBeNull();
    for (const after of [resumed, cancelled, completed, failed])
      expect(progressOf(requested, planned, started, paused, after)).toMatchObject({ pausedCause: null, pausedReason: null });
  });

  it('counts the users that a cancellation left over, who belong to no chunk', () => {
    const ended = progressOf(requested, planned, started, chunk(1, { generated: 1 }), cancelRequested, cancelled);
    expect(ended).toMatchObject({ status: 'CANCELLED', generated: 1, cancelled: 2 });
    expect([doneOf(ended), percentOf(ended)]).toEqual([3, 100]);
  });
});

describe('percentOf', () => {
  it('rounds down, so that 100 means everybody', () => {
    const percents = [0, 1, 2, 3].map((generated) => percentOf({ ...noProgress('a-run'), roster: 3, generated }));
    expect(percents).toEqual([0, 33, 66, 100]);
    expect(percentOf({ ...noProgress('a-run'), roster: 1_000, skipped: 999 })).toBe(99);
  });

  it('is 100 for an empty roster once the run has ended, and not before', () => {
    const empty = { ...noProgress('a-run'), roster: 0 };
    expect([percentOf({ ...empty, status: 'RUNNING' }), percentOf({ ...empty, status: 'COMPLETED' })]).toEqual([0, 100]);
  });

  it('never falls and never skips a number while chunks of one percent or less are done', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.array(fc.nat(), { maxLength: 30 }), (size, order) => {
        const chunks = Array.from({ length: 100 }, (_, at) => chunk(at, { generated: size }));
        order.forEach((from, to) => chunks.splice(to % 100, 0, ...chunks.splice(from % 100, 1)));
        let state: RunProgress = { ...noProgress('a-run'), roster: size * 100 };
        const seen = chunks.map((event) => percentOf((state = evolveProgress(state, event, minute(0)))));
        expect(seen).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
      }),
    );
  });
});

describe('paceOf', () => {
  const running = { ...noProgress('a-run'), status: 'RUNNING' as const, roster: 100, startedAt: minute(0), at: minute(1) };

  it('says nothing before the first user is done, and nothing of a moment without length', () => {
    expect(paceOf(running)).toEqual({ usersPerSecond: null, secondsLeft: null });
    expect(paceOf({ ...running, generated: 5, at: minute(0) })).toEqual({ usersPerSecond: null, secondsLeft: null });
    expect(paceOf({ ...running, generated: 5, startedAt: null })).toEqual({ usersPerSecond: null, secondsLeft: null });
  });

  it('counts whoever has an outcome, and rounds the time left up', () => {
    expect(paceOf({ ...running, generated: 15, skipped: 10, failed: 5 })).toEqual({ usersPerSecond: 0.5, secondsLeft: 140 });
    expect(paceOf({ ...running, generated: 70 }).secondsLeft).toBe(26);
  });

  it('has no time left to tell once the run has ended', () => {
    expect(paceOf({ ...running, status: 'CANCELLED', generated: 30 })).toEqual({ usersPerSecond: 0.5, secondsLeft: null });
  });
});
