import { describe, expect, it } from '@jest/globals';
import { fold, newSchedule } from './schedules.js';

const CREATED = '2026-03-01T01:00:00.000Z';

describe('the fold of a schedule', () => {
  it('knows the last slot, the last run, and how many slots fired or were skipped for which reason', () => {
    const schedule = fold(
      [
        {
          type: 'SlotRangeSkipped',
          data: { slot: '2026-03-02T00:00:00.000Z', through: '2026-03-04T00:00:00.000Z', reason: 'OUTSIDE_WINDOW', count: 3 },
        },
        { type: 'SlotSkipped', data: { slot: '2026-03-05T00:00:00.000Z', reason: 'OUTSIDE_WINDOW' } },
        { type: 'SlotFired', data: { slot: '2026-03-06T00:00:00.000Z', firedAt: '2026-03-06T00:00:00.100Z', runId: 'run-1' } },
        { type: 'SlotSkipped', data: { slot: '2026-03-07T00:00:00.000Z', reason: 'OVERLAP' } },
      ],
      newSchedule(CREATED),
    );
    expect(schedule).toMatchObject({ lastSlot: '2026-03-07T00:00:00.000Z', lastFiredSlot: '2026-03-06T00:00:00.000Z', lastRunId: 'run-1' });
    expect(schedule).toMatchObject({ firedSlots: 1, skippedSlots: { OUTSIDE_WINDOW: 4, OVERLAP: 1 }, version: 5, settingsVersion: 1 });
  });

  it('says so when it could not count what was skipped', () => {
    const range = { slot: '2026-03-02T00:00:00.000Z', through: '2027-03-04T00:00:00.000Z', reason: 'TOO_MANY', count: null } as const;
    const schedule = fold([{ type: 'SlotRangeSkipped', data: range }], newSchedule(CREATED));
    expect(schedule).toMatchObject({ lastSlot: range.through, skippedSlots: {}, hasUncountedSkips: true });
  });

  it('begins paused when it was created switched off', () => {
    expect(newSchedule(CREATED, { active: false }).status).toBe('PAUSED');
  });

  it('does not go back in time with a process whose clock is behind', () => {
    const schedule = fold(
      [{ type: 'ScheduleChanged', data: { changes: { hour: 3 }, effectiveAt: '2026-03-01T00:59:00.000Z' } }],
      newSchedule(CREATED),
    );
    expect(schedule.effectiveSince).toBe(CREATED);
  });

  it('refuses a damaged stream', () => {
    expect(() => fold([{ type: 'ScheduleDeleted', data: { effectiveAt: CREATED } }])).toThrow(/begins with ScheduleDeleted/);
    const again = { type: 'ScheduleCreated', data: { settings: newSchedule(CREATED).settings, effectiveAt: CREATED } } as const;
    expect(() => fold([again], newSchedule(CREATED))).toThrow(/twice/);
  });
});
