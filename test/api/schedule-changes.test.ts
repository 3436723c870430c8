import { isRejection } from '../../src/domain/rejection.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  changeScheduleBy,
  createScheduleFrom,
  pauseScheduleBecause,
  resumeScheduleNow,
} from '../../src/application/schedules/edit-schedules.js';
import { fireDueSlots } from '../../src/application/schedules/fire-due-slots.js';
import { ask } from '../support/graphql-client.js';
import {
  CREATE,
  DAILY_AT_NINE,
  DELETE,
  PAUSE,
  RESUME,
  startScheduleService,
  UPDATE,
  type Answer,
  type ScheduleService,
} from './schedule-fixture.js';

let service: ScheduleService;
beforeAll(async () => {
  service = await startScheduleService();
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

const answer = async (operation: string, variables: object): Promise<Answer> => (await service.ask(operation, variables))['answer'];
const create = async (input: object = {}): Promise<Answer> => (await answer(CREATE, { input: { ...DAILY_AT_NINE, ...input } })).schedule;

describe('two operators with the same version', () => {
  it('cannot overwrite one another: the second is refused and shown what the first did', async () => {
    const { id, version } = await create();
    const [one, other] = await Promise.all([
      answer(UPDATE, { id, version, input: { hour: 7 } }),
      answer(UPDATE, { id, version, input: { hour: 8 } }),
    ]);
    const [accepted, refused] = one.kind === 'ScheduleAccepted' ? [one, other] : [other, one];
    expect(accepted).toMatchObject({ kind: 'ScheduleAccepted', schedule: { version: version + 1 } });
    expect(refused).toMatchObject({ kind: 'VersionConflict', code: 'VERSION_CONFLICT', schedule: accepted.schedule });
    expect(refused.message).toMatch(/Expected version 1, found 2: .*Read it again/);
  });

  it('are refused for every kind of change, and the slots that fired meanwhile make no conflict', async () => {
    const { id, version } = await create();
    await answer(UPDATE, { id, version, input: { minute: 30 } });
    for (const [operation, rest] of [
      [PAUSE, { reason: 'x' }],
      [RESUME, {}],
      [DELETE, {}],
    ] as const)
      expect(await answer(operation, { id, version, ...rest })).toMatchObject({
        kind: 'VersionConflict',
        schedule: { version: 2, minute: 30 },
      });
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect(await fireDueSlots(service.at(tomorrow), id)).toHaveLength(1);
    expect(await answer(UPDATE, { id, version: 2, input: { minute: 31 } })).toMatchObject({
      kind: 'ScheduleAccepted',
      schedule: { version: 3 },
    });
  });

  it('are shown the newest state also when both changes stand in one document', async () => {
    const { id } = await create();
    const both = `mutation ($id: UUID!) {
      one: updateSchedule(id: $id, expectedVersion: 1, input: { hour: 1 }) { ... on ScheduleAccepted { schedule { hour } } }
      two: updateSchedule(id: $id, expectedVersion: 1, input: { hour: 2 }) { ... on VersionConflict { schedule { hour version } } }
    }`;
    expect(await service.ask(both, { id })).toEqual({ one: { schedule: { hour: 1 } }, two: { schedule: { hour: 1, version: 2 } } });
  });
});

describe('an edit near the due minute', () => {
  it('loses nothing: the slot that was due fires as the schedule was, and only later ones follow the change', async () => {
    const input = { ...DAILY_AT_NINE, overlap: 'ALLOW' };
    const made = await createScheduleFrom(service.at('2027-03-01T12:00:00Z'), { input, actor: 'test' });
    if (isRejection(made)) throw new Error(made.message);
    const { scheduleId } = made;
    // Half a minute after 09:00 in Seoul, before any bell rang.
    await changeScheduleBy(service.at('2027-03-02T00:00:30Z'), { scheduleId, actor: 'test' }, { hour: 23 });
    expect(await fireDueSlots(service.at('2027-03-02T00:01:00Z'), scheduleId)).toEqual([]);
    expect(await fireDueSlots(service.at('2027-03-02T14:00:10Z'), scheduleId)).toHaveLength(1);
    const fired = { fired: true, reason: null, run: { recordDate: '2027-03-01', waits: false } };
    expect(await slotsOf(scheduleId)).toEqual([
      { scheduledFor: '2027-03-02T14:00:00.000Z', local: '2027-03-02T23:00:00+09:00', ...fired },
      { scheduledFor: '2027-03-02T00:00:00.000Z', local: '2027-03-02T09:00:00+09:00', ...fired },
    ]);
  });
});

describe('a pause', () => {
  it('needs a reason, shows it, and is refused where nothing is to do', async () => {
    const { id } = await create();
    expect(await answer(PAUSE, { id, reason: '  ' })).toMatchObject({
      kind: 'Refused',
      code: 'INVALID_REASON',
      message: expect.stringContaining('1 to 500'),
    });
    expect(await answer(RESUME, { id })).toMatchObject({ kind: 'Refused', code: 'NOT_PAUSED' });
    expect((await answer(PAUSE, { id, reason: '데이터 점검' })).schedule).toMatchObject({
      status: 'PAUSED',
      pausedReason: '데이터 점검',
      active: false,
      version: 2,
    });
    expect(await answer(PAUSE, { id, reason: 'again' })).toMatchObject({ kind: 'Refused', code: 'ALREADY_PAUSED' });
    expect((await answer(RESUME, { id, version: 2 })).schedule).toMatchObject({ status: 'ACTIVE', pausedReason: null, version: 3 });
  });

  it('never fires its slots, neither while it lasts nor when it ends', async () => {
    const made = await createScheduleFrom(service.at('2027-05-01T12:00:00Z'), {
      input: { ...DAILY_AT_NINE, catchUp: { policy: 'ALL', windowHours: 720 } },
      actor: 'test',
    });
    if (isRejection(made)) throw new Error(made.message);
    const edit = { scheduleId: made.scheduleId, actor: 'test' };
    await pauseScheduleBecause(service.at('2027-05-01T13:00:00Z'), edit, 'holiday');
    expect(await fireDueSlots(service.at('2027-05-03T00:00:05Z'), edit.scheduleId)).toEqual([]);
    await resumeScheduleNow(service.at('2027-05-04T00:00:01Z'), edit);
    expect(await fireDueSlots(service.at('2027-05-04T00:00:05Z'), edit.scheduleId)).toEqual([]);
    expect(await fireDueSlots(service.at('2027-05-05T00:00:05Z'), edit.scheduleId)).toHaveLength(1);
    expect((await slotsOf(edit.scheduleId)).map(({ scheduledFor }) => scheduledFor)).toEqual(['2027-05-05T00:00:00.000Z']);
  });

  it('shows no next slot while it lasts', async () => {
    const { id } = await create();
    await answer(PAUSE, { id, reason: 'x' });
    expect(await service.ask('query ($id: UUID!) { schedule(id: $id) { nextSlots { at } } }', { id })).toEqual({
      schedule: { nextSlots: [] },
    });
  });
});

describe('deleteSchedule', () => {
  it('ends a schedule and keeps its log, which says who did what and why', async () => {
    const { id } = await create({ name: 'to be deleted' });
    await answer(PAUSE, { id, reason: 'no longer wanted' });
    expect((await answer(DELETE, { id, version: 2 })).schedule).toMatchObject({ status: 'DELETED', version: 3 });
    const listed = `query ($all: Boolean!) { schedules(first: 100, includeDeleted: $all) { nodes { id } } }`;
    const idsOf = async (all: boolean): Promise<string[]> =>
      (await service.ask(listed, { all }))['schedules'].nodes.map((node: Answer) => node.id);
    const [left, all] = [await idsOf(false), await idsOf(true)];
    expect(all).toContain(id);
    expect(left).toEqual(expect.arrayContaining([expect.any(String)]));
    expect(left).not.toContain(id);
    const { schedule } = await service.ask(
      `query ($id: UUID!) { schedule(id: $id) { status events { nodes { type version actor data recordedAt } } } }`,
      { id },
    );
    expect(schedule.status).toBe('DELETED');
    expect(schedule.events.nodes.map(({ type, version, actor }: Answer) => [type, version, actor])).toEqual([
      ['ScheduleCreated', 1, 'local'],
      ['SchedulePaused', 2, 'local'],
      ['ScheduleDeleted', 3, 'local'],
    ]);
    expect(schedule.events.nodes[1].data).toMatchObject({ reason: 'no longer wanted' });
    expect(await answer(RESUME, { id })).toMatchObject({
      kind: 'Refused',
      code: 'SCHEDULE_NOT_FOUND',
      message: expect.stringContaining('a deleted one'),
    });
  });

  it('tells of an id that no schedule has what to do, in a query and in a change', async () => {
    const id = '00000000-0000-4000-8000-00000000abcd';
    expect(await answer(DELETE, { id, version: 1 })).toMatchObject({ kind: 'Refused', code: 'SCHEDULE_NOT_FOUND' });
    const { data, errors } = await ask(service.url, 'query ($id: UUID!) { schedule(id: $id) { id } }', { id });
    expect(data).toEqual({ schedule: null });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'SCHEDULE_NOT_FOUND' }, message: expect.stringContaining('`schedules`') });
  });
});

async function slotsOf(id: string): Promise<readonly Answer[]> {
  const text = `query ($id: UUID!) { schedule(id: $id) { slots { nodes { scheduledFor local fired reason run { recordDate waits } } } } }`;
  return (await service.ask(text, { id }))['schedule'].slots.nodes;
}
