import { isRejection } from '../../src/domain/rejection.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createScheduleFrom, deleteScheduleNow } from '../../src/application/schedules/edit-schedules.js';
import { fireDueSlots } from '../../src/application/schedules/fire-due-slots.js';
import { ask } from '../support/graphql-client.js';
import { statementsOf } from '../support/sent-statements.js';
import { DAILY_AT_NINE, startScheduleService, type Answer, type ScheduleService } from './schedule-fixture.js';

const CALENDAR = `query ($from: DateTime!, $to: DateTime!) { slots(from: $from, to: $to) {
  nextFrom slots { scheduledFor local state reason misfire through count notes { code } schedule { id } run { recordDate } } } }`;

let service: ScheduleService;

async function schedule(input: object, at: string): Promise<string> {
  const made = await createScheduleFrom(service.at(at), { input: { ...DAILY_AT_NINE, timeZone: 'UTC', ...input }, actor: 'test' });
  if (isRejection(made)) throw new Error(made.message);
  return made.scheduleId;
}

async function calendar(from: string, to: string): Promise<{ slots: Answer[]; nextFrom: string | null }> {
  return (await service.ask<Answer>(CALENDAR, { from, to })).slots;
}

const brief = (slots: readonly Answer[]): string[] =>
  slots.map(({ scheduledFor, state, reason }) => `${String(scheduledFor)} ${String(state)} ${String(reason)}`);

beforeAll(async () => {
  service = await startScheduleService();
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

describe('the calendar of slots', () => {
  it('shows what fired, what was skipped and why, and what is to come, of all schedules by time', async () => {
    const nine = await schedule({ hour: 9 }, '2031-06-01T20:00:00Z');
    const ten = await schedule({ hour: 10 }, '2031-06-01T20:00:00Z');
    await fireDueSlots(service.at('2031-06-04T09:30:00Z'), nine);
    const { slots, nextFrom } = await calendar('2031-06-02T00:00:00Z', '2031-06-05T23:00:00Z');
    expect(nextFrom).toBeNull();
    expect(brief(slots.filter(({ schedule: { id } }) => id === nine))).toEqual([
      '2031-06-02T09:00:00.000Z SKIPPED OUTSIDE_WINDOW',
      '2031-06-03T09:00:00.000Z SKIPPED OUTSIDE_WINDOW',
      '2031-06-04T09:00:00.000Z FIRED null',
      '2031-06-05T09:00:00.000Z COMING null',
    ]);
    expect(slots.find(({ state }) => state === 'FIRED')).toMatchObject({
      local: '2031-06-04T09:00:00+00:00',
      run: { recordDate: '2031-06-03' },
    });
    expect(brief(slots.filter(({ schedule: { id } }) => id === ten)).map((text) => text.slice(25))).toEqual(Array(4).fill('COMING null'));
    const times = slots.map(({ scheduledFor }) => Date.parse(String(scheduledFor)));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('shows none to come of a paused or deleted schedule, and of a deleted one what there was', async () => {
    const id = await schedule({ hour: 11 }, '2032-06-01T20:00:00Z');
    await fireDueSlots(service.at('2032-06-02T11:00:01Z'), id);
    await deleteScheduleNow(service.at('2032-06-02T12:00:00Z'), { scheduleId: id, actor: 'test' });
    const { slots } = await calendar('2032-06-02T00:00:00Z', '2032-06-04T23:00:00Z');
    expect(brief(slots.filter((slot) => slot.schedule.id === id))).toEqual(['2032-06-02T11:00:00.000Z FIRED null']);
  });

  it('shows a range that began before, and remarks on daylight saving', async () => {
    const often = await schedule({ frequency: 'CRON', cron: '*/5 * * * *', hour: undefined, minute: undefined }, '2033-01-01T00:00:00Z');
    await fireDueSlots(service.at('2033-02-01T00:00:00Z'), often);
    const { slots } = await calendar('2033-01-10T00:01:00Z', '2033-01-10T00:04:00Z');
    expect(slots.find(({ schedule: { id } }) => id === often)).toMatchObject({
      state: 'SKIPPED',
      through: expect.stringMatching(/^2033-01-2/),
      count: expect.any(Number),
    });
    const spring = await schedule({ hour: 2, minute: 30, timeZone: 'Europe/Berlin' }, '2033-03-01T00:00:00Z');
    const { slots: gap } = await calendar('2033-03-27T00:00:00Z', '2033-03-27T02:00:00Z');
    expect(gap.find(({ schedule: { id } }) => id === spring)).toMatchObject({ notes: [{ code: 'DST_GAP' }] });
  });

  it('goes on where a page ends, so that each slot is shown once', async () => {
    const minute = await schedule({ frequency: 'CRON', cron: '* * * * *', hour: undefined, minute: undefined }, '2040-01-01T00:00:00Z');
    const seen: string[] = [];
    let [from, pages] = ['2040-01-02T00:00:00Z', 0];
    for (let next: string | null = from; next !== null; pages += 1) {
      from = next;
      const found = await calendar(from, '2040-01-02T20:00:00Z');
      expect(found.slots.length).toBeLessThanOrEqual(500);
      seen.push(...found.slots.filter((slot) => slot.schedule.id === minute).map(({ scheduledFor }) => String(scheduledFor)));
      next = found.nextFrom;
    }
    expect(pages).toBeGreaterThan(2);
    expect(seen).toHaveLength(20 * 60 + 1);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('costs as many statements for many slots as for few', async () => {
    const few = await statementsOf(() => calendar('2031-06-02T00:00:00Z', '2031-06-02T23:00:00Z'));
    const many = await statementsOf(() => calendar('2031-06-02T00:00:00Z', '2031-06-30T23:00:00Z'));
    expect(many.length).toBe(few.length + 1); // the runs, of which the first day has none
    expect(many.length).toBeLessThanOrEqual(4);
  });

  it.each([
    ['a span that is too long', '2031-01-01T00:00:00Z', '2031-06-01T00:00:00Z'],
    ['an end before the beginning', '2031-01-02T00:00:00Z', '2031-01-01T00:00:00Z'],
    ['a year that no slot has', '0001-01-01T00:00:00Z', '0001-01-02T00:00:00Z'],
  ])('refuses %s', async (_, from, to) => {
    const { errors } = await ask(service.url, CALENDAR, { from, to });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'from' } }]);
  });
});
