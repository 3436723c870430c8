import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changeScheduleBy } from '../../src/application/schedules/edit-schedules.js';
import { SHAPES, taken, type RestClient, type RestSchedule } from './rest-client.js';
import { ScheduleQueries } from '../../src/projections/queries/schedule-queries.js';
import { changeScheduleCall } from '../../src/rest/schedule-calls.js';
import { startRestService, type RestService } from './rest-fixture.js';

const MORNING = { name: '아침 중재', frequency: 'daily', hour: 7, minute: 15 };

let service: RestService;
let admin: RestClient;

beforeAll(async () => {
  service = await startRestService();
  admin = await service.as('superuser');
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
});

const idOf = async (number: number): Promise<string> => {
  const { rows } = await service.pool.query<{ id: string }>('select schedule_id as id from batch.schedule_number where number = $1', [
    number,
  ]);
  return rows[0]?.id ?? '';
};
const shown = async (id: number): Promise<RestSchedule | undefined> => (await admin.list()).schedules.find((each) => each.id === id);

describe('PUT schedule/', () => {
  it('changes what is sent and leaves the rest, whether the id comes as a number or as a text', async () => {
    const { schedule } = await admin.create(MORNING);
    const later = await admin.update({ id: schedule.id, hour: 8 });
    expect(later.schedule).toEqual({ ...schedule, hour: 8, cron_expression: '15 8 * * *', updated_at: expect.any(String) });
    const named = await admin.update({ id: String(schedule.id), name: '다른 이름', is_active: false });
    expect(named.schedule).toEqual({ ...later.schedule, name: '다른 이름', is_active: false, updated_at: expect.any(String) });
    expect(await shown(schedule.id)).toEqual(named.schedule);
    expect(Date.parse(named.schedule.updated_at)).toBeGreaterThan(Date.parse(schedule.updated_at));
  });

  it('takes back what it has shown, as a client does that reads, changes a field and writes all', async () => {
    const { schedule } = await admin.create(MORNING);
    expect((await admin.update(schedule)).schedule).toEqual(schedule);
    expect((await admin.update({ ...schedule, minute: 20 })).schedule).toMatchObject({ minute: 20, hour: schedule.hour });
  });

  it('means Sunday by weekly and the 1st by monthly, whatever the schedule was before', async () => {
    const { schedule } = await admin.create(MORNING);
    const scheduleId = await idOf(schedule.id);
    await changeScheduleBy(service.deps, { scheduleId, actor: 'test' }, { dayOfWeek: 3, dayOfMonth: 17 });
    expect((await admin.update({ id: schedule.id, frequency: 'weekly' })).schedule.cron_expression).toBe('15 7 * * 0');
    expect((await admin.update({ id: schedule.id, frequency: 'monthly' })).schedule.cron_expression).toBe('15 7 1 * *');
  });

  it.each([
    {
      cadence: { frequency: 'WEEKLY', dayOfWeek: 3 },
      frequency: 'weekly',
      cron: '15 7 * * 3',
      losing: { frequency: 'daily' },
      keeping: { hour: 6 },
      after: '15 6 * * 3',
    },
    {
      cadence: { frequency: 'MONTHLY', dayOfMonth: 31 },
      frequency: 'monthly',
      cron: '15 7 L * *',
      losing: { frequency: 'weekly' },
      keeping: { minute: 1 },
      after: '1 7 L * *',
    },
    {
      cadence: { frequency: 'CRON', cron: '30 6 * * 1-5' },
      frequency: 'daily',
      cron: '30 6 * * 1-5',
      losing: { hour: 5 },
      keeping: { name: '평일' },
    },
    {
      cadence: { frequency: 'CRON', cron: '*/20 4-6 * * 2' },
      frequency: 'weekly',
      cron: '*/20 4-6 * * 2',
      losing: { minute: 40 },
      keeping: { is_active: false },
    },
    {
      cadence: { frequency: 'CRON', cron: '0 3 1,15 * *' },
      frequency: 'monthly',
      cron: '0 3 1,15 * *',
      losing: { frequency: 'daily' },
      keeping: { hour: 3 },
    },
  ] as { cadence: object; frequency: string; cron: string; losing: object; keeping: object; after?: string }[])(
    'refuses to lose what $cadence says beyond $frequency',
    async ({ cadence, frequency, cron, losing, keeping, after = cron }) => {
      const { schedule } = await admin.create(MORNING);
      await changeScheduleBy(service.deps, { scheduleId: await idOf(schedule.id), actor: 'test' }, cadence);
      const before = await shown(schedule.id);
      expect(before).toMatchObject({ frequency, cron_expression: cron });
      taken(await admin.send('PUT', 'schedule/', { body: { id: schedule.id, ...losing } }), 409, SHAPES.error);
      expect(await shown(schedule.id)).toEqual(before);
      expect((await admin.update({ id: schedule.id, ...keeping })).schedule.cron_expression).toBe(after);
    },
  );

  it('refuses a time that does not go with a setting it does not show', async () => {
    const { schedule } = await admin.create(MORNING);
    await changeScheduleBy(service.deps, { scheduleId: await idOf(schedule.id), actor: 'test' }, { readyBy: '08:00' });
    taken(await admin.send('PUT', 'schedule/', { body: { id: schedule.id, hour: 9 } }), 409, SHAPES.error);
    expect((await shown(schedule.id))?.hour).toBe(7);
  });

  it('does not go by what it has read when another change came in between', async () => {
    const { schedule } = await admin.create(MORNING);
    const queries = new ScheduleQueries(service.orm.em.fork());
    const before = await queries.byNumber(schedule.id);
    await changeScheduleBy(
      service.deps,
      { scheduleId: await idOf(schedule.id), actor: 'test' },
      { frequency: 'CRON', cron: '0 6 * * 1-5' },
    );
    const stale = [before];
    const byNumber: ScheduleQueries['byNumber'] = (number) => (stale.length > 0 ? Promise.resolve(stale.pop()) : queries.byNumber(number));
    const context = {
      caller: { actor: 'test', role: 'admin' as const, expiresAt: Infinity },
      deps: service.deps,
      views: {
        runs: { byIds: () => Promise.resolve([]) },
        schedules: { byNumber, allNumbered: () => queries.allNumbered(), numbers: () => queries.numbers([]) },
      },
    };
    const changed = changeScheduleCall.carryOut(context, {
      query: new URLSearchParams(),
      body: { id: schedule.id, hour: 5 },
      report: () => undefined,
    });
    await expect(changed).rejects.toMatchObject({ answer: { status: 409 } });
    expect((await shown(schedule.id))?.cron_expression).toBe('0 6 * * 1-5');
  });

  it('answers 409 where five other changes come first, and is taken when it is sent again', async () => {
    const { schedule } = await admin.create(MORNING);
    const scheduleId = await idOf(schedule.id);
    const queries = new ScheduleQueries(service.orm.em.fork());
    let others = 0;
    // Another operator's change comes between each look and the change that follows from it.
    const byNumber: ScheduleQueries['byNumber'] = async (number) => {
      const found = await new ScheduleQueries(service.orm.em.fork()).byNumber(number);
      if (others < 5) await changeScheduleBy(service.deps, { scheduleId, actor: 'another' }, { minute: 30 + (others += 1) });
      return found;
    };
    const context = {
      caller: { actor: 'test', role: 'admin' as const, expiresAt: Infinity },
      deps: service.deps,
      views: {
        runs: { byIds: () => Promise.resolve([]) },
        schedules: { byNumber, allNumbered: () => queries.allNumbered(), numbers: (ids: readonly string[]) => queries.numbers(ids) },
      },
    };
    const call = { query: new URLSearchParams(), body: { id: schedule.id, hour: 5 }, report: () => undefined };
    const refused = { answer: { status: 409, body: { error: expect.stringMatching(/다시/) } } };
    await expect(changeScheduleCall.carryOut(context, call)).rejects.toMatchObject(refused);
    expect([others, await shown(schedule.id)]).toEqual([5, expect.objectContaining({ hour: 7, minute: 35 })]);
    expect(await changeScheduleCall.carryOut(context, call)).toMatchObject({ status: 200, body: { schedule: { hour: 5, minute: 35 } } });
  });

  it('keeps both of two changes that meet', async () => {
    const { schedule } = await admin.create(MORNING);
    await Promise.all([
      admin.update({ id: schedule.id, hour: 3 }),
      admin.update({ id: schedule.id, minute: 4 }),
      admin.update({ id: schedule.id, name: '셋' }),
    ]);
    expect(await shown(schedule.id)).toMatchObject({ hour: 3, minute: 4, name: '셋' });
  });
});
