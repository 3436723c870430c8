import { describe, expect, it } from '@jest/globals';
import type { BackfillEvent } from '../../../src/domain/backfill/backfill-events.js';
import { datesOf, evolveBackfill, type Backfill } from '../../../src/domain/backfill/backfill.js';
import { dateStatusOf, isSettled } from '../../../src/domain/backfill/date-status.js';
import { decideBackfill, decideCancelBackfill, type BackfillFacts } from '../../../src/domain/backfill/decide-backfill.js';
import { localDate } from '../../../src/domain/local-date.js';

const FACTS: BackfillFacts = {
  today: localDate('2026-03-10'),
  defaults: { generator: 'RULES' },
  generators: ['RULES'],
  programs: ['daily'],
};
const [from, to] = [localDate('2026-03-07'), localDate('2026-03-09')];
const at = (day: number): { backfillId: string; actor: string; recordedAt: string } => {
  return { backfillId: 'b', actor: 'kim', recordedAt: `2026-03-${day}T00:00:00.000Z` };
};
const request = { program: 'daily', from, to, generator: 'RULES', onExisting: 'SKIP', order: 'OLDEST_FIRST', maxActiveRuns: 1 } as const;
const fold = (...events: BackfillEvent[]): Backfill =>
  [{ type: 'BackfillRequested', data: request } as const, ...events].reduce<Backfill | undefined>(
    (backfill, event, day) => evolveBackfill(backfill, event, at(10 + day)),
    undefined,
  ) as Backfill;

describe('an order for a backfill', () => {
  it('is completed: the daily program, the usual generator, the oldest date first, one run at a time', () => {
    expect(decideBackfill({ from, to }, FACTS)).toEqual(request);
  });

  it('may end with yesterday and no later, and cover 400 dates and no more', () => {
    expect(decideBackfill({ from, to: localDate('2026-03-10') }, FACTS)).toMatchObject({ code: 'DATE_NOT_PAST' });
    expect(decideBackfill({ from: localDate('2025-02-03'), to }, FACTS)).toMatchObject({ from: '2025-02-03', to });
    expect(decideBackfill({ from: localDate('2025-02-02'), to }, FACTS)).toMatchObject({
      code: 'TOO_MANY_DATES',
      message: expect.stringContaining('found 401'),
    });
  });
});

describe('the dates of a backfill', () => {
  it('are all between the first and the last, both included, in the order that was asked for', () => {
    expect(datesOf(request)).toEqual(['2026-03-07', '2026-03-08', '2026-03-09']);
    expect(datesOf({ ...request, order: 'NEWEST_FIRST' })).toEqual(['2026-03-09', '2026-03-08', '2026-03-07']);
    expect(datesOf({ ...request, to: from })).toEqual([from]);
  });

  it('are folded from its events: started, skipped with a code, and cancelled where they still waited', () => {
    const backfill = fold(
      { type: 'BackfillRunStarted', data: { recordDate: from, runId: 'r' } },
      { type: 'BackfillDateSkipped', data: { recordDate: '2026-03-08', code: 'GENERATOR_NOT_AVAILABLE' } },
      { type: 'BackfillCancelled', data: { reason: 'enough' } },
    );
    expect(backfill).toMatchObject({
      version: 4,
      status: 'CANCELLED',
      cancelReason: 'enough',
      cancelledBy: 'kim',
      endedAt: at(13).recordedAt,
    });
    expect(backfill.dates).toEqual([
      { recordDate: '2026-03-07', status: 'STARTED', runId: 'r', code: null },
      { recordDate: '2026-03-08', status: 'SKIPPED', runId: null, code: 'GENERATOR_NOT_AVAILABLE' },
      { recordDate: '2026-03-09', status: 'CANCELLED', runId: null, code: null },
    ]);
  });

  it('stand where their runs stand once they have one', () => {
    expect(dateStatusOf('WAITING', undefined)).toBe('WAITING');
    expect(dateStatusOf('STARTED', 'PAUSED')).toBe('RUNNING');
    expect(dateStatusOf('STARTED', 'COMPLETED_WITH_FAILURES')).toBe('COMPLETED_WITH_FAILURES');
    expect([isSettled('WAITING'), isSettled('RUNNING'), isSettled('SKIPPED')]).toEqual([false, false, true]);
  });
});

describe('a cancel', () => {
  it('is told once: the second time nothing happens, and a backfill that has ended is refused', () => {
    const running = fold();
    expect(decideCancelBackfill(running, 'why')).toEqual([{ type: 'BackfillCancelled', data: { reason: 'why' } }]);
    expect(decideCancelBackfill(fold({ type: 'BackfillCancelled', data: {} }), 'why')).toEqual([]);
    expect(decideCancelBackfill(fold({ type: 'BackfillCompleted', data: {} }), 'why')).toMatchObject({ code: 'BACKFILL_ENDED' });
    expect(decideCancelBackfill(running, 'a\nb')).toMatchObject({ code: 'REASON_UNPRINTABLE' });
  });
});

it('A stream that does not begin with its request is damaged', () => {
  expect(() => evolveBackfill(undefined, { type: 'BackfillCompleted', data: {} }, at(1))).toThrow(TypeError);
});
