import { describe, expect, it } from '@jest/globals';
import { evolveRun, isFinal, pauseOf, RUN_STATUSES, type RunStatus } from '../../../src/domain/run/run.js';
import { RUN_ENDS } from '../../../src/domain/run/run-events.js';
import { EVENTS, minute, REQUEST, runOf } from './run-history.js';

type Name = keyof typeof EVENTS;

describe('a run folded from its events', () => {
  it('begins as its request says, with everything else unknown', () => {
    expect(runOf('requested')).toEqual({
      runId: 'a-run',
      version: 1,
      status: 'REQUESTED',
      request: REQUEST,
      actor: 'an operator',
      roster: null,
      chunkCount: null,
      pausedCause: null,
      pausedReason: null,
      pausedBy: null,
      pausedAt: null,
      resumedAt: null,
      failureCode: null,
      forecast: null,
      tally: null,
      requestedAt: minute(0),
      plannedAt: null,
      startedAt: null,
      cancelRequestedAt: null,
      cancelReason: null,
      cancelledBy: null,
      endedAt: null,
    });
  });

  it.each(Object.keys(EVENTS) as Name[])('has ended after %s if, and only if, that is said to end a run', (name) => {
    expect(isFinal(runOf('requested', 'planned', 'started', name).status)).toBe(RUN_ENDS.has(EVENTS[name].type));
  });

  it.each<[RunStatus, Name[]]>([
    ['PLANNED', ['requested', 'planned']],
    ['RUNNING', ['requested', 'planned', 'started']],
    ['PAUSED', ['requested', 'planned', 'started', 'paused']],
    ['RUNNING', ['requested', 'planned', 'started', 'paused', 'resumed']],
    ['PLANNED', ['requested', 'planned', 'paused', 'resumed']],
    ['REQUESTED', ['requested', 'paused', 'resumed']],
    ['PAUSED', ['requested', 'planned', 'paused', 'started']],
    ['RUNNING', ['requested', 'planned', 'started', 'cancelRequested']],
    ['CANCELLED', ['requested', 'planned', 'started', 'cancelRequested', 'cancelled']],
    ['COMPLETED', ['requested', 'planned', 'started', 'completed']],
    ['COMPLETED_WITH_FAILURES', ['requested', 'planned', 'started', 'completedWithFailures']],
    ['FAILED', ['requested', 'planned', 'failed']],
  ])('is %s after %j, and its version counts the events', (status, history) => {
    expect(runOf(...history)).toMatchObject({ status, version: history.length });
  });

  it('keeps when each thing happened, and the size of the roster', () => {
    expect(runOf('requested', 'planned', 'started', 'cancelRequested', 'cancelled')).toMatchObject({
      roster: 3,
      chunkCount: 2,
      requestedAt: minute(0),
      plannedAt: minute(1),
      startedAt: minute(2),
      cancelRequestedAt: minute(3),
      endedAt: minute(4),
    });
  });

  it('says why it pauses only while it does, and why it failed for good', () => {
    expect(runOf('requested', 'paused').pausedReason).toBe('the model is down');
    expect(runOf('requested', 'paused', 'resumed').pausedReason).toBeNull();
    expect(runOf('requested', 'failed').failureCode).toBe('NO_GENERATOR');
  });

  it('says who paused it and when, only while it does, and who told it to end and why', () => {
    const later = { runId: 'a-run', actor: 'another', recordedAt: minute(9) };
    const paused = evolveRun(runOf('requested'), EVENTS.paused, later);
    expect(paused).toMatchObject({ pausedBy: 'another', pausedAt: minute(9), actor: 'an operator' });
    expect(evolveRun(paused, EVENTS.resumed, later)).toMatchObject({ pausedBy: null, pausedAt: null });
    const told = evolveRun(paused, { type: 'RunCancelRequested', data: { reason: 'wrong records' } }, later);
    expect(told).toMatchObject({ cancelReason: 'wrong records', cancelledBy: 'another', pausedBy: 'another' });
    expect(evolveRun(paused, { type: 'RunCancelRequested', data: {} }, later).cancelReason).toBeNull();
  });

  it.each([
    ['resumed', ['resumed']],
    ['cancelled', ['cancelRequested', 'cancelled']],
    ['completed', ['completed']],
    ['failed', ['failed']],
  ] as const)('tells of no pause once it was %s, whatever it was paused for', (_, ends) => {
    const nothing = { pausedCause: null, pausedReason: null, pausedBy: null, pausedAt: null };
    expect(pauseOf(runOf('requested', 'planned', 'started', 'paused'))).toMatchObject({
      pausedReason: 'the model is down',
      pausedCause: expect.any(String),
      pausedAt: expect.any(String),
    });
    expect(pauseOf(runOf('requested', 'planned', 'started', 'paused', ...ends))).toEqual(nothing);
    expect(pauseOf(undefined)).toEqual(nothing);
  });

  it('keeps what it came to once it is over, and nothing of the kind where it failed as a whole', () => {
    expect(runOf('requested', 'planned', 'started').tally).toBeNull();
    expect(runOf('requested', 'planned', 'started', 'completed').tally).toEqual(EVENTS.completed.data);
    expect(runOf('requested', 'planned', 'started', 'cancelRequested', 'cancelled').tally).toEqual(EVENTS.cancelled.data);
    expect(runOf('requested', 'planned', 'failed').tally).toBeNull();
  });

  it('cannot begin with another event than its request: that stream is damaged', () => {
    const context = { runId: 'a-run', actor: 'someone', recordedAt: minute(0) };
    expect(() => evolveRun(undefined, EVENTS.planned, context)).toThrow(/begins with RunPlanned, expected RunRequested/);
  });

  it('has ended in four of its statuses', () => {
    expect(RUN_STATUSES.filter(isFinal)).toEqual(['COMPLETED', 'COMPLETED_WITH_FAILURES', 'CANCELLED', 'FAILED']);
  });
});
