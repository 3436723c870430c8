import { describe, expect, it } from '@jest/globals';
import { decideSlots, type DueQuestion, MAX_DECISIONS, MAX_OPEN_RUNS } from '../../../src/domain/schedule/decide-slots.js';
import type { ScheduleSettings } from '../../../src/domain/schedule/schedule-settings.js';
import { settings } from './schedules.js';

const HOUR_MS = 3_600_000;
/** Nine in the morning in Seoul on the n-th of March 2026. */
const nine = (day: number): Date => new Date(Date.UTC(2026, 2, day));

function question(different: Partial<ScheduleSettings>, rest: Partial<Omit<DueQuestion, 'settings'>>): DueQuestion {
  const usual = { effectiveSince: nine(1), lastRecordedSlot: null, now: nine(2), openRuns: 0 };
  return { settings: settings(different), ...usual, ...rest };
}

/** Decisions in short: the day of March, what, and why or whether its run waits. */
function told(asked: DueQuestion): string[] {
  return decideSlots(asked).map((each) => {
    const day = new Date(each.slot.getTime() + 9 * HOUR_MS).getUTCDate();
    if (each.decision === 'FIRE') return `${day} FIRE${each.misfire ? ' late' : ''}${each.waits ? ' waits' : ''}`;
    return `${day} ${each.decision} ${each.reason}`;
  });
}

describe('a slot that is due', () => {
  it('fires, up to five minutes after its time as on time', () => {
    expect(told(question({}, {}))).toEqual(['2 FIRE']);
    expect(told(question({}, { now: new Date(nine(2).getTime() + 5 * 60_000) }))).toEqual(['2 FIRE']);
    expect(told(question({}, { now: new Date(nine(2).getTime() + 5 * 60_000 + 1) }))).toEqual(['2 FIRE late']);
  });

  it('is not decided again once it is recorded, nor before its time', () => {
    expect(told(question({}, { lastRecordedSlot: nine(2) }))).toEqual([]);
    expect(told(question({}, { now: new Date(nine(2).getTime() - 1) }))).toEqual([]);
  });

  it('is none of a schedule that is switched off', () => {
    expect(told(question({ active: false }, {}))).toEqual([]);
  });

  it('never lies before the last change, whatever was recorded before it', () => {
    expect(
      told(
        question({ catchUp: { policy: 'ALL', windowHours: 720 } }, { effectiveSince: nine(3), lastRecordedSlot: nine(1), now: nine(5) }),
      ),
    ).toEqual(['4 FIRE late', '5 FIRE waits']);
  });
});

describe('three days without the service, back at noon', () => {
  const back = { lastRecordedSlot: nine(1), now: new Date(nine(4).getTime() + 3 * HOUR_MS) };

  it('are skipped with SKIP, today as well', () => {
    expect(told(question({ catchUp: { policy: 'SKIP', windowHours: 24 } }, back))).toEqual([
      '2 SKIP CATCH_UP_SKIPPED',
      '3 SKIP CATCH_UP_SKIPPED',
      '4 SKIP CATCH_UP_SKIPPED',
    ]);
  });

  it('come down to the latest with LATEST, the others named as superseded or too old', () => {
    expect(told(question({ catchUp: { policy: 'LATEST', windowHours: 48 } }, back))).toEqual([
      '2 SKIP OUTSIDE_WINDOW',
      '3 SKIP SUPERSEDED_BY_LATER',
      '4 FIRE late',
    ]);
  });

  it('are all made up for with ALL, one after the other', () => {
    expect(told(question({ catchUp: { policy: 'ALL', windowHours: 50 } }, back))).toEqual([
      '2 SKIP OUTSIDE_WINDOW',
      '3 FIRE late',
      '4 FIRE late waits',
    ]);
    expect(told(question({ catchUp: { policy: 'ALL', windowHours: 51 } }, back))).toEqual([
      '2 FIRE late',
      '3 FIRE late waits',
      '4 FIRE late waits',
    ]);
  });

  it('leave only the slot of this minute to LATEST when it is due on return', () => {
    expect(told(question({ catchUp: { policy: 'LATEST', windowHours: 720 } }, { lastRecordedSlot: nine(1), now: nine(4) }))).toEqual([
      '2 SKIP SUPERSEDED_BY_LATER',
      '3 SKIP SUPERSEDED_BY_LATER',
      '4 FIRE',
    ]);
  });
});

describe('a slot that meets an active run', () => {
  it.each([
    ['SKIP', '2 SKIP OVERLAP'],
    ['QUEUE', '2 FIRE waits'],
    ['ALLOW', '2 FIRE'],
  ] as const)('with %s is told: %s', (overlap, expected) => {
    expect(told(question({ overlap }, { openRuns: 1 }))).toEqual([expected]);
  });

  it('gives way with SKIP to the run of the on-time slot before it', () => {
    const everyMinute = { frequency: 'CRON', cron: '* * * * *' } as const;
    const now = new Date(nine(2).getTime() + 2 * 60_000);
    const asked = { effectiveSince: new Date(nine(2).getTime() - 1), now };
    expect(told(question({ ...everyMinute, overlap: 'SKIP' }, asked))).toEqual(['2 FIRE', '2 SKIP OVERLAP', '2 SKIP OVERLAP']);
    expect(told(question({ ...everyMinute, overlap: 'QUEUE' }, asked))).toEqual(['2 FIRE', '2 FIRE waits', '2 FIRE waits']);
    expect(told(question({ ...everyMinute, overlap: 'ALLOW' }, asked))).toEqual(['2 FIRE', '2 FIRE', '2 FIRE']);
  });
});

describe('more slots than can be decided one by one', () => {
  const everyMinute = { frequency: 'CRON', cron: '* * * * *' } as const;

  it('are skipped as a range, counted and with the reason that each of them has', () => {
    const asked = question({ ...everyMinute, catchUp: { policy: 'LATEST', windowHours: 24 } }, { now: nine(4) });
    const [old, superseded, first, ...rest] = decideSlots(asked);
    const windowStart = new Date(nine(4).getTime() - 24 * HOUR_MS);
    expect(old).toMatchObject({
      decision: 'SKIP_RANGE',
      reason: 'OUTSIDE_WINDOW',
      slot: new Date(nine(1).getTime() + 60_000),
      count: 2879,
    });
    expect(superseded).toMatchObject({ decision: 'SKIP_RANGE', reason: 'SUPERSEDED_BY_LATER', slot: windowStart, count: 441 });
    expect(first).toMatchObject({ decision: 'SKIP', reason: 'SUPERSEDED_BY_LATER', slot: new Date(nine(4).getTime() - 999 * 60_000) });
    expect(rest).toHaveLength(MAX_DECISIONS - 1);
  });

  it('are called too many where the policy would have fired each', () => {
    const asked = question({ ...everyMinute, catchUp: { policy: 'ALL', windowHours: 720 } }, { now: nine(4) });
    const [range, ...one] = decideSlots(asked);
    expect(range).toMatchObject({ decision: 'SKIP_RANGE', reason: 'TOO_MANY', count: 3320 });
    const fired = one.filter(({ decision }) => decision === 'FIRE');
    const given = one.filter((each) => each.decision === 'SKIP' && each.reason === 'TOO_MANY');
    expect(fired).toHaveLength(MAX_OPEN_RUNS);
    expect(given).toHaveLength(MAX_DECISIONS - 5 - MAX_OPEN_RUNS);
    expect(Math.max(...given.map(({ slot }) => slot.getTime()))).toBeLessThan(fired[0]?.slot.getTime() ?? 0);
  });

  it('stay a short list after three years of every minute', () => {
    const now = new Date(nine(1).getTime() + 3 * 365 * 24 * HOUR_MS);
    const decisions = decideSlots(question({ ...everyMinute, catchUp: { policy: 'SKIP', windowHours: 1 } }, { now }));
    expect(decisions).toHaveLength(MAX_DECISIONS + 1);
    const through = new Date(now.getTime() - MAX_DECISIONS * 60_000);
    expect(decisions[0]).toMatchObject({ reason: 'CATCH_UP_SKIPPED', through, count: null });
  });
});

describe('a schedule with as many open runs as it may have', () => {
  const everyMinute = { frequency: 'CRON', cron: '* * * * *' } as const;

  it.each(['QUEUE', 'ALLOW'] as const)('asks for no more with %s, and says so of each slot', (overlap) => {
    expect(told(question({ overlap }, { openRuns: MAX_OPEN_RUNS }))).toEqual(['2 SKIP TOO_MANY']);
    expect(told(question({ overlap }, { openRuns: MAX_OPEN_RUNS + 900 }))).toEqual(['2 SKIP TOO_MANY']);
  });

  it('asks for the latest where there is room for one', () => {
    const asked = { effectiveSince: new Date(nine(2).getTime() - 1), now: new Date(nine(2).getTime() + 2 * 60_000) };
    expect(told(question({ ...everyMinute, overlap: 'QUEUE' }, { ...asked, openRuns: MAX_OPEN_RUNS - 1 }))).toEqual([
      '2 SKIP TOO_MANY',
      '2 SKIP TOO_MANY',
      '2 FIRE waits',
    ]);
  });

  it('has what is made up for wait in line also where runs may overlap: they would all begin at once', () => {
    const asked = question(
      { overlap: 'ALLOW', catchUp: { policy: 'ALL', windowHours: 720 } },
      { now: new Date(nine(4).getTime() + HOUR_MS) },
    );
    expect(told(asked)).toEqual(['2 FIRE late', '3 FIRE late waits', '4 FIRE late waits']);
  });
});
