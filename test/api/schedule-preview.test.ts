import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../support/graphql-client.js';
import { CREATE, DAILY_AT_NINE, startScheduleService, type Answer, type ScheduleService } from './schedule-fixture.js';

const PREVIEW = `query ($input: ScheduleInput!, $count: Int! = 10) {
  schedulePreview(input: $input, count: $count) {
    kind: __typename
    ... on SchedulePreview { settings { name cron timeZone description descriptionKo overlap } slots { at local notes { code nominalTime } } }
    ... on ScheduleInvalid { code message problems { field found expected } }
  }
}`;

let service: ScheduleService;
beforeAll(async () => {
  service = await startScheduleService();
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

const preview = async (input: object, count?: number): Promise<Answer> => (await service.ask(PREVIEW, { input, count }))['schedulePreview'];

describe('schedulePreview', () => {
  it('shows the next times of an input that is not saved, without a name, in UTC and on the wall clock', async () => {
    const { settings, slots } = await preview({ frequency: 'MONTHLY', dayOfMonth: 31, hour: 6, minute: 5 });
    expect(settings).toMatchObject({ cron: '5 6 L * *', timeZone: 'Asia/Seoul', overlap: 'SKIP' });
    expect(settings.descriptionKo).toBe('매월 마지막 날 06:05에 실행합니다(Asia/Seoul 시간 기준).');
    expect(slots).toHaveLength(10);
    for (const { at, local, notes } of slots) {
      expect(local).toMatch(/^\d{4}-\d{2}-(28|29|30|31)T06:05:00\+09:00$/);
      expect(new Date(local)).toEqual(new Date(at));
      expect(notes).toEqual([]);
    }
    expect((await service.ask('{ schedules { nodes { name } } }'))['schedules'].nodes).toHaveLength(1); // the default one
  });

  it('notes what London’s clocks do in March and in October', async () => {
    const inLondon = { frequency: 'CRON', timeZone: 'Europe/London' };
    // Every Sunday of the month: its last one is among any five in a row.
    const spring = (await preview({ ...inLondon, cron: '30 1 * 3 SUN' }, 5)).slots;
    const [gap] = spring.filter(({ notes }: Answer) => notes.length > 0);
    expect(gap.notes).toEqual([{ code: 'DST_GAP', nominalTime: `${gap.local.slice(0, 10)}T01:30` }]);
    expect(gap.local).toMatch(/T02:00:00\+01:00$/);
    expect(gap.at).toMatch(/T01:00:00\.000Z$/);
    const autumn = (await preview({ ...inLondon, cron: '30 1 * 10 SUN' }, 5)).slots;
    const [repeated] = autumn.filter(({ notes }: Answer) => notes.length > 0);
    expect(repeated.notes).toEqual([{ code: 'DST_REPEATED', nominalTime: repeated.local.slice(0, 16) }]);
    expect(repeated.local).toMatch(/T01:30:00\+01:00$/);
  });

  it('tells everything that is wrong at once, the count too', async () => {
    const refusal = await preview({ frequency: 'WEEKLY', hour: 25, minute: 0, timeZone: '+09:00' }, 101);
    expect(refusal).toMatchObject({ kind: 'ScheduleInvalid', code: 'INVALID_SCHEDULE' });
    expect(refusal.problems).toEqual([
      { field: 'hour', found: '25', expected: 'a whole number from 0 to 23' },
      { field: 'timeZone', found: '"+09:00"', expected: 'an IANA time zone such as Asia/Seoul' },
      { field: 'count', found: '101', expected: 'a whole number from 1 to 100' },
    ]);
    const { schedulePreview } = await service.ask(
      `query ($input: ScheduleInput!) { schedulePreview(input: $input) { ... on ScheduleInvalid { problems { expected(language: KO) } } } }`,
      { input: { frequency: 'WEEKLY', hour: 25, minute: 0, timeZone: '+09:00' } },
    );
    expect(schedulePreview.problems).toEqual([{ expected: '0부터 23까지의 정수' }, { expected: 'Asia/Seoul 같은 IANA 시간대' }]);
    expect(await preview(DAILY_AT_NINE, 0)).toMatchObject({ kind: 'ScheduleInvalid', problems: [{ field: 'count', found: '0' }] });
    expect((await preview(DAILY_AT_NINE, 100)).slots).toHaveLength(100);
  });
});

describe('nextSlots', () => {
  it('are those of the preview, and refuse a count beyond a hundred', async () => {
    const input = { ...DAILY_AT_NINE, timeZone: 'Australia/Lord_Howe' };
    const { schedule } = (await service.ask(CREATE, { input }))['answer'];
    const text =
      'query ($id: UUID!, $count: Int!) { schedule(id: $id) { nextSlots(count: $count) { at local notes { code nominalTime } } } }';
    const { nextSlots } = (await service.ask(text, { id: schedule.id, count: 3 }))['schedule'];
    expect(nextSlots).toEqual((await preview(input, 3)).slots);
    const { errors } = await ask(service.url, text, { id: schedule.id, count: 101 });
    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
      message: expect.stringContaining('from 1 to 100, found 101'),
    });
  });
});
