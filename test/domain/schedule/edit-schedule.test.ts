import { describe, expect, it } from '@jest/globals';
import { decideSlots } from '../../../src/domain/schedule/decide-slots.js';
import { changeSchedule, createSchedule } from '../../../src/domain/schedule/edit-schedule.js';
import { deleteSchedule, pauseSchedule, resumeSchedule } from '../../../src/domain/schedule/pause-schedule.js';
import { codeOf, eventsOf, fold, newSchedule, settings } from './schedules.js';

const CREATED = '2026-03-01T01:00:00.000Z';
/** An hour after the creation: no slot was due in between. */
const at = new Date('2026-03-01T02:00:00Z');
const INPUT = { name: 'nightly', frequency: 'DAILY', hour: 9, minute: 0 };

describe('creating a schedule', () => {
  it('says everything that was decided, and from when', () => {
    const [event] = eventsOf(createSchedule({ schedule: undefined, input: INPUT, at }));
    expect(event).toEqual({ type: 'ScheduleCreated', data: { settings: settings({ name: 'nightly' }), effectiveAt: at.toISOString() } });
  });

  it('is refused for a wrong field, with its name, value and range in the message', () => {
    const refused = createSchedule({ schedule: undefined, input: { ...INPUT, hour: 24 }, at });
    expect(refused).toMatchObject({ code: 'INVALID_SCHEDULE', problems: [{ field: 'hour' }] });
    expect(refused).toMatchObject({
      message: expect.stringContaining('hour: expected a whole number from 0 to 23, found 24'),
    });
  });

  it('is refused for an id that is taken', () => {
    expect(codeOf(createSchedule({ schedule: newSchedule(CREATED), input: INPUT, at }))).toBe('SCHEDULE_EXISTS');
  });
});

describe('changing a schedule', () => {
  it('says what differs and nothing else', () => {
    const events = eventsOf(
      changeSchedule({ schedule: newSchedule(CREATED), input: { hour: 8, minute: 0, catchUp: { windowHours: 24 } }, at }),
    );
    expect(events).toEqual([{ type: 'ScheduleChanged', data: { changes: { hour: 8 }, effectiveAt: at.toISOString() } }]);
  });

  it('says nothing when nothing differs', () => {
    expect(eventsOf(changeSchedule({ schedule: newSchedule(CREATED), input: { hour: 9 }, at }))).toEqual([]);
  });

  it('tells a switch as a pause or an activation', () => {
    const off = eventsOf(changeSchedule({ schedule: newSchedule(CREATED), input: { active: false, minute: 5 }, at }));
    expect(off.map(({ type }) => type)).toEqual(['ScheduleChanged', 'SchedulePaused']);
    const paused = fold(off, newSchedule(CREATED));
    expect(paused).toMatchObject({ status: 'PAUSED', settings: { active: false, minute: 5 }, version: 3 });
    expect(eventsOf(changeSchedule({ schedule: paused, input: { active: true }, at })).map(({ type }) => type)).toEqual([
      'ScheduleActivated',
    ]);
  });

  it('is refused to the second of two operators who saw the same version', () => {
    const before = newSchedule(CREATED);
    const after = fold(eventsOf(changeSchedule({ schedule: before, input: { hour: 8 }, expectedVersion: 1, at })), before);
    const second = changeSchedule({ schedule: after, input: { hour: 7 }, expectedVersion: 1, at });
    expect(second).toMatchObject({
      code: 'VERSION_CONFLICT',
      message: expect.stringMatching(/Expected version 1, found 2/),
    });
  });

  it('is not refused because a slot fired since the operator looked', () => {
    const slot = '2026-03-02T00:00:00.000Z';
    const fired = fold([{ type: 'SlotFired', data: { slot, firedAt: slot, runId: 'run' } }], newSchedule(CREATED));
    expect(fired).toMatchObject({ version: 2, settingsVersion: 1 });
    expect(codeOf(changeSchedule({ schedule: fired, input: { hour: 8 }, expectedVersion: 1, at: new Date(slot) }))).toBe('accepted');
  });

  it('waits until a slot that was due before it is recorded, so that an edit near the due minute loses none', () => {
    const schedule = newSchedule(CREATED);
    const justAfter = new Date('2026-03-02T00:00:00.500Z');
    const edits = [
      changeSchedule({ schedule, input: { hour: 10 }, at: justAfter }),
      pauseSchedule({ schedule, reason: 'holiday', at: justAfter }),
      deleteSchedule({ schedule, at: justAfter }),
    ];
    expect(edits.map(codeOf)).toEqual(['SLOTS_NOT_SETTLED', 'SLOTS_NOT_SETTLED', 'SLOTS_NOT_SETTLED']);
    const slot = '2026-03-02T00:00:00.000Z';
    expect(codeOf(changeSchedule({ schedule, input: { hour: 10 }, at: new Date(slot) }))).toBe('SLOTS_NOT_SETTLED');
    expect(codeOf(changeSchedule({ schedule, input: { hour: 10 }, at: new Date(Date.parse(slot) - 1) }))).toBe('accepted');
    const settled = fold([{ type: 'SlotSkipped', data: { slot, reason: 'OVERLAP' } }], schedule);
    const changed = fold(eventsOf(changeSchedule({ schedule: settled, input: { hour: 10 }, at: justAfter })), settled);
    expect(dueAt(changed, '2026-03-02T01:00:00Z')).toEqual(['2026-03-02T01:00:00.000Z']);
  });

  it('never fires a slot of the time before it', () => {
    const changed = fold(
      eventsOf(changeSchedule({ schedule: newSchedule(CREATED), input: { hour: 10, minute: 30 }, at })),
      newSchedule(CREATED),
    );
    expect(dueAt(changed, '2026-03-01T02:00:00Z')).toEqual([]);
    expect(dueAt(changed, '2026-03-02T01:30:00Z')).toEqual(['2026-03-02T01:30:00.000Z']);
  });
});

describe('pausing and resuming', () => {
  it('keeps the reason, and gives the slots of the pause to nobody', () => {
    const paused = fold(eventsOf(pauseSchedule({ schedule: newSchedule(CREATED), reason: ' holiday ', at })), newSchedule(CREATED));
    expect(paused).toMatchObject({ status: 'PAUSED', pausedReason: 'holiday', settings: { active: false } });
    expect(dueAt(paused, '2026-03-05T00:00:00Z')).toEqual([]);
    const resumed = fold(eventsOf(resumeSchedule({ schedule: paused, at: new Date('2026-03-05T00:00:00Z') })), paused);
    expect(resumed).toMatchObject({ status: 'ACTIVE', pausedReason: null, settings: { active: true } });
    expect(dueAt(resumed, '2026-03-06T00:00:00Z')).toEqual(['2026-03-06T00:00:00.000Z']);
  });

  it('is refused twice', () => {
    const paused = newSchedule(CREATED, { active: false });
    expect(codeOf(pauseSchedule({ schedule: paused, reason: 'again', at }))).toBe('ALREADY_PAUSED');
    expect(codeOf(resumeSchedule({ schedule: newSchedule(CREATED), at }))).toBe('NOT_PAUSED');
  });

  it.each([
    ['an empty one', ''],
    ['a longer one', 'x'.repeat(501)],
    ['two lines', 'two\nlines'],
    ['a number', 7],
    ['none', undefined],
  ])('asks for a reason of 1 to 500 characters on one line, found %s', (_found, reason) => {
    expect(codeOf(pauseSchedule({ schedule: newSchedule(CREATED), reason, at }))).toBe('INVALID_REASON');
  });

  it('takes a reason of 500 characters', () => {
    expect(codeOf(pauseSchedule({ schedule: newSchedule(CREATED), reason: 'x'.repeat(500), at }))).toBe('accepted');
  });
});

describe('a schedule that is not there', () => {
  it('can be neither changed nor paused nor resumed nor deleted, whether it never was or was deleted', () => {
    const deleted = fold(eventsOf(deleteSchedule({ schedule: newSchedule(CREATED), at })), newSchedule(CREATED));
    expect(dueAt(deleted, '2026-03-09T00:00:00Z')).toEqual([]);
    for (const schedule of [undefined, deleted]) {
      const edit = { schedule, at };
      const decisions = [
        changeSchedule({ ...edit, input: {} }),
        pauseSchedule({ ...edit, reason: 'x' }),
        resumeSchedule(edit),
        deleteSchedule(edit),
      ];
      expect(new Set(decisions.map(codeOf))).toEqual(new Set(['SCHEDULE_NOT_FOUND']));
    }
  });
});

function dueAt(schedule: ReturnType<typeof fold>, now: string): string[] {
  const { settings: asked, effectiveSince, lastSlot } = schedule;
  const lastRecordedSlot = lastSlot === null ? null : new Date(lastSlot);
  const decisions = decideSlots({
    settings: asked,
    effectiveSince: new Date(effectiveSince),
    lastRecordedSlot,
    now: new Date(now),
    openRuns: 0,
  });
  return decisions.map(({ slot }) => slot.toISOString());
}
