import { isRejection } from '../../src/domain/rejection.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createScheduleFrom, deleteScheduleNow } from '../../src/application/schedules/edit-schedules.js';
import { requestRun } from '../../src/application/run/request-run.js';
import { localDate } from '../../src/domain/local-date.js';
import { fireDueSlots } from '../../src/application/schedules/fire-due-slots.js';
import { ask } from '../support/graphql-client.js';
import { statementsOf } from '../support/sent-statements.js';
import { DAILY_AT_NINE, startScheduleService, type Answer, type ScheduleService } from './schedule-fixture.js';

const CALENDAR = `query ($from: DateTime!, $to: DateTime!, $after: String) { slots(from: $from, to: $to, after: $after) {
  nextFrom pageInfo { hasNextPage endCursor } slots { scheduledFor local state reason misfire through count notes { code } schedule { id } run { recordDate } } } }`;

let service: ScheduleService;

async function schedule(input: object, at: string): Promise<string> {
  const made = await createScheduleFrom(service.at(at), { input: { ...DAILY_AT_NINE, timeZone: 'UTC', ...input }, actor: 'test' });
  if (isRejection(made)) throw new Error(made.message);
  return made.scheduleId;
}

interface Page {
  readonly slots: Answer[];
  readonly nextFrom: string | null;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function calendar(from: string, to: string, after?: string | null): Promise<Page> {
  return (await service.ask<Answer>(CALENDAR, { from, to, after })).slots as Page;
}

/** All pages of a span, one after another. */
async function pagesOf(from: string, to: string): Promise<readonly (readonly Answer[])[]> {
  const pages: (readonly Answer[])[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const { slots, pageInfo } = await calendar(from, to, after);
    pages.push(slots);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  }
  return pages;
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

  it('names the run that made up for a day that was skipped: one over all users that was asked for since, and is no trial', async () => {
    const id = await schedule({ hour: 9 }, '2034-06-01T20:00:00Z');
    await fireDueSlots(service.at('2034-06-05T09:30:00Z'), id);
    const asked = `query { slots(from: "2034-06-02T00:00:00Z", to: "2034-06-05T23:00:00Z") { slots { scheduledFor state schedule { id } madeUpBy { id recordDate } } } }`;
    const madeUp = async (): Promise<readonly (string | null)[]> =>
      ((await service.ask<Answer>(asked)).slots.slots as Answer[])
        .filter((slot) => slot.schedule.id === id && slot.state === 'SKIPPED')
        .map(({ madeUpBy }) => (madeUpBy === null ? null : `${madeUpBy.recordDate} ${madeUpBy.id}`));
    const run = async (at: string, order: object): Promise<string> => {
      const made = await requestRun(
        service.at(at),
        { trigger: 'MANUAL', recordDate: localDate('2034-06-01'), ...order },
        { actor: 'test' },
      );
      if (isRejection(made)) throw new Error(made.message);
      await service.pool.query("update batch.run_view set status = 'COMPLETED', requested_at = $2, ended_at = $2 where run_id = $1", [
        made.run.runId,
        at,
      ]);
      return made.run.runId;
    };
    await run('2034-06-02T08:00:00Z', {}); // before its time
    await run('2034-06-02T10:00:00Z', { dryRun: true });
    expect(await madeUp()).toEqual([null, null, null]);
    const whole = await run('2034-06-02T11:00:00Z', {});
    expect(await madeUp()).toEqual([`2034-06-01 ${whole}`, null, null]);
    await service.pool.query("update batch.run_view set user_ids = '{1}' where run_id = $1", [whole]); // of one user alone
    expect(await madeUp()).toEqual([null, null, null]);
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

  it('tells each slot and each range once, page by page, also a range that reaches over several pages', async () => {
    const cron = { frequency: 'CRON', hour: undefined, minute: undefined };
    const minute = await schedule({ ...cron, cron: '* * * * *' }, '2040-01-01T00:00:00Z');
    const silent = await schedule({ ...cron, cron: '*/5 * * * *' }, '2039-12-20T00:00:00Z');
    const other = await schedule({ ...cron, cron: '*/7 * * * *' }, '2039-12-20T00:00:00Z');
    for (const id of [silent, other]) await fireDueSlots(service.at('2040-02-06T00:00:00Z'), id);
    const [from, to] = ['2040-01-02T00:00:00Z', '2040-01-02T20:00:00Z'];
    const pages = await pagesOf(from, to);
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(500);
    const told = pages.flat().map(({ schedule: { id }, scheduledFor }) => `${String(scheduledFor)} ${String(id)}`);
    expect(told).toEqual([...new Set(told)].toSorted());
    const timesOf = (id: string): string[] => told.filter((each) => each.endsWith(id)).map((each) => each.slice(0, 24));
    expect(timesOf(minute)).toEqual(Array.from({ length: 1_201 }, (_, at) => new Date(Date.parse(from) + at * 60_000).toISOString()));
    for (const id of [silent, other]) {
      const text = 'select slot from batch.slot where schedule_id = $1 and through >= $2 and slot < $3';
      const { rows } = await service.pool.query<{ slot: Date }>(text, [id, from, to]);
      expect(rows).toHaveLength(1);
      expect(timesOf(id)).toEqual(rows.map(({ slot }) => slot.toISOString()));
    }
  });

  it('goes on in the midst of an instant that has more slots than a page', async () => {
    const one = await schedule({ hour: 13 }, '2050-01-01T00:00:00Z');
    const many = `with made as (insert into batch.schedule_view
        select (jsonb_populate_record(null::batch.schedule_view, to_jsonb(v) || jsonb_build_object('schedule_id', gen_random_uuid(), 'status', 'DELETED'))).*
        from batch.schedule_view v, generate_series(1, 510) where v.schedule_id = $1 returning schedule_id)
      insert into batch.slot (schedule_id, slot, fired, reason, misfire, decided_at)
        select schedule_id, '2050-01-02T13:00:00Z', false, 'OVERLAP', false, now() from made returning schedule_id as id`;
    const made = (await service.pool.query<{ id: string }>(many, [one])).rows.map(({ id }) => id);
    const pages = await pagesOf('2050-01-02T13:00:00Z', '2050-01-02T13:00:00Z');
    const told = pages.flat().filter(({ schedule: { id } }) => made.includes(String(id)));
    expect(pages.length).toBeGreaterThan(1);
    expect(told.map(({ schedule: { id } }) => String(id))).toEqual(made.toSorted());
  });

  it('refuses the cursor of another list', async () => {
    const { errors } = await ask(service.url, CALENDAR, { from: '2050-01-02T13:00:00Z', to: '2050-01-02T13:00:00Z', after: 'W10' });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'after' } }]);
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
