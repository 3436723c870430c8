import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decideSlots, MAX_OPEN_RUNS, type SlotDecision } from '../../../src/domain/schedule/decide-slots.js';
import { CATCH_UP_POLICIES, OVERLAP_POLICIES, type ScheduleSettings } from '../../../src/domain/schedule/schedule-settings.js';
import { slotsBetween } from '../../../src/domain/slots/slots.js';
import { CADENCES } from '../slots/cadences.js';
import { settings } from './schedules.js';

const MINUTE_MS = 60_000;

const someSettings = fc
  .record({
    cadence: fc.constantFrom(...CADENCES.map(([, different]) => different), { frequency: 'CRON', cron: '*/2 * * * *' } as const),
    timeZone: fc.constantFrom('Asia/Seoul', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca'),
    catchUp: fc.record({ policy: fc.constantFrom(...CATCH_UP_POLICIES), windowHours: fc.integer({ min: 1, max: 720 }) }),
    overlap: fc.constantFrom(...OVERLAP_POLICIES),
  })
  .map(({ cadence, ...rest }) => settings({ ...cadence, ...rest }));

/** A life: when it began, then passes, each so many minutes after the one before, with a run still active or not. */
const someLife = fc.record({
  settings: someSettings,
  since: fc.date({ min: new Date('2024-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
  passes: fc.array(
    fc.record({
      minutes: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 5 * 1440 })),
      openRuns: fc.constantFrom(0, 0, 1, 60, 100, 996),
    }),
    {
      minLength: 1,
      maxLength: 6,
    },
  ),
});

/** Each slot that a decision speaks of, in order. */
function slotsOf(decision: SlotDecision, asked: ScheduleSettings): readonly Date[] {
  if (decision.decision !== 'SKIP_RANGE') return [decision.slot];
  const slots = slotsBetween(asked, new Date(decision.slot.getTime() - 1), decision.through, Infinity);
  expect(slots[0]).toEqual(decision.slot);
  expect(slots.at(-1)).toEqual(decision.through);
  if (decision.count !== null) expect(slots).toHaveLength(decision.count);
  return slots;
}

/** Lives through the passes, recording after each what it decided. */
function live({
  settings: asked,
  since,
  passes,
}: {
  settings: ScheduleSettings;
  since: Date;
  passes: readonly { minutes: number; openRuns: number }[];
}) {
  const decided: { now: Date; openRuns: number; decisions: readonly SlotDecision[] }[] = [];
  let now = since;
  let lastRecordedSlot: Date | null = null;
  for (const { minutes, openRuns } of passes) {
    now = new Date(now.getTime() + minutes * MINUTE_MS);
    const decisions: readonly SlotDecision[] = decideSlots({
      settings: asked,
      effectiveSince: since,
      lastRecordedSlot,
      now,
      openRuns,
    });
    const last = decisions.at(-1);
    if (last !== undefined) lastRecordedSlot = last.decision === 'SKIP_RANGE' ? last.through : last.slot;
    decided.push({ now, openRuns, decisions });
  }
  return { now, decided };
}

describe('whatever the cadence, the zone, the policies and the silences', () => {
  it('each slot after the beginning is decided exactly once, in order, and none before', () => {
    const holds = fc.property(someLife, (life) => {
      const { now, decided } = live(life);
      const found = decided.flatMap(({ decisions }) => decisions.flatMap((decision) => slotsOf(decision, life.settings)));
      expect(found).toEqual(slotsBetween(life.settings, life.since, now, Infinity));
    });
    fc.assert(holds, { numRuns: 150 });
  });

  it('a pass fires at most one misfire with LATEST, none with SKIP, and none older than the window', () => {
    const holds = fc.property(someLife, (life) => {
      const { policy, windowHours } = life.settings.catchUp;
      for (const { now, decisions } of live(life).decided) {
        const late = decisions.filter(({ decision, misfire }) => decision === 'FIRE' && misfire);
        if (policy !== 'ALL') expect(late.length).toBeLessThanOrEqual(policy === 'LATEST' ? 1 : 0);
        for (const { slot } of late) expect(now.getTime() - slot.getTime()).toBeLessThanOrEqual(windowHours * 60 * MINUTE_MS);
      }
    });
    fc.assert(holds, { numRuns: 100 });
  });

  it('nothing fires beside an active run with SKIP, nothing but ALLOW starts beside another', () => {
    const holds = fc.property(someLife, (life) => {
      const { overlap } = life.settings;
      for (const { openRuns, decisions } of live(life).decided) {
        const fired = decisions.filter((decision) => decision.decision === 'FIRE');
        if (overlap === 'SKIP' && openRuns > 0) expect(fired).toEqual([]);
        if (overlap === 'ALLOW') expect(fired.some(({ waits, misfire }) => waits && !misfire)).toBe(false);
        else expect(fired.filter(({ waits }) => !waits).length).toBeLessThanOrEqual(openRuns > 0 ? 0 : 1);
      }
    });
    fc.assert(holds, { numRuns: 100 });
  });

  it('no more runs are open than a schedule may have, and a slot that is given up is older than those that fire', () => {
    const holds = fc.property(someLife, (life) => {
      for (const { openRuns, decisions } of live(life).decided) {
        const fired = decisions.filter(({ decision }) => decision === 'FIRE');
        expect(fired.length).toBeLessThanOrEqual(Math.max(0, MAX_OPEN_RUNS - openRuns));
        const given = decisions.findLast((each) => each.decision === 'SKIP' && each.reason === 'TOO_MANY');
        const [first] = fired;
        if (given !== undefined && first !== undefined) expect(given.slot < first.slot).toBe(true);
      }
    });
    fc.assert(holds, { numRuns: 100 });
  });
});
