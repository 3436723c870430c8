import { isRejection } from '../../src/domain/rejection.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fireDueSlots } from '../../src/application/schedules/fire-due-slots.js';
import { createScheduleFrom } from '../../src/application/schedules/edit-schedules.js';
import { compareViews } from '../../src/projections/rebuild/rebuild-views.js';
import { DAILY_AT_NINE, startScheduleService, type Answer, type ScheduleService } from './schedule-fixture.js';

const CREATE = `mutation ($input: ScheduleInput!) { answer: createSchedule(input: $input) {
  ... on ScheduleAccepted { schedule { id version readyBy } } ... on ScheduleInvalid { problems { field found expected } } } }`;
const UPDATE = `mutation ($id: UUID!, $version: Int!, $input: ScheduleInput!) { answer: updateSchedule(id: $id, expectedVersion: $version, input: $input) {
  ... on ScheduleAccepted { schedule { version readyBy } } ... on ScheduleInvalid { problems { field expected } } } }`;

let service: ScheduleService;
beforeAll(async () => {
  service = await startScheduleService();
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

async function made(input: object): Promise<Answer> {
  return (await service.ask<Answer>(CREATE, { input: { ...DAILY_AT_NINE, ...input } })).answer;
}

describe('a ready-by time over GraphQL', () => {
  it('is none unless somebody gives one, is changed, and taken away by null', async () => {
    expect((await made({})).schedule).toMatchObject({ readyBy: null });
    const { schedule } = await made({ readyBy: '09:30' });
    expect(schedule).toMatchObject({ readyBy: '09:30' });
    const change = async (input: object, version: number): Promise<Answer> =>
      (await service.ask<Answer>(UPDATE, { id: schedule.id, version, input })).answer;
    expect((await change({ readyBy: '10:00' }, 1)).schedule).toMatchObject({ version: 2, readyBy: '10:00' });
    expect((await change({ name: 'as before' }, 2)).schedule).toMatchObject({ version: 3, readyBy: '10:00' });
    expect((await change({ hour: 11 }, 3)).problems).toEqual([{ field: 'readyBy', expected: 'a time after the slot at 11:00, or none' }]);
    expect((await change({ readyBy: null }, 3)).schedule).toMatchObject({ version: 4, readyBy: null });
  });

  it('is refused with the time of the slot', async () => {
    expect((await made({ readyBy: '08:59' })).problems).toEqual([
      { field: 'readyBy', found: '"08:59"', expected: 'a time after the slot at 09:00, or none' },
    ]);
  });

  it('stands in the run that a slot makes, as it was then, and the views are what the log says', async () => {
    const at = service.at('2031-05-01T12:00:00Z');
    const answer = await createScheduleFrom(at, { input: { ...DAILY_AT_NINE, readyBy: '09:45' }, actor: 'test' });
    if (isRejection(answer)) throw new Error(answer.message);
    const [runId] = await fireDueSlots(service.at('2031-05-02T00:00:01Z'), answer.scheduleId);
    const { run } = await service.ask<Answer>('query ($id: UUID!) { run(id: $id) { readyBy slot schedule { readyBy } } }', { id: runId });
    expect(run).toEqual({ readyBy: '2031-05-02T00:45:00.000Z', slot: '2031-05-02T00:00:00.000Z', schedule: { readyBy: '09:45' } });
    expect((await compareViews(service.pool)).differences).toEqual([]);
  });
});
