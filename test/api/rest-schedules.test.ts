import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importSchedules } from '../../src/application/schedules/import-schedules.js';
import { SHAPES, taken, type RestClient, type RestSchedule } from './rest-client.js';
import { ACCOUNTS, startRestService, type RestService } from './rest-fixture.js';

const MORNING = { name: '아침 중재', frequency: 'daily', hour: 7, minute: 15 };

let service: RestService;
let admin: RestClient;

beforeAll(async () => {
  service = await startRestService();
  admin = await service.as('superuser');
  await importSchedules(service.deps, 'test');
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
});

const shown = async (id: number): Promise<RestSchedule | undefined> => (await admin.list()).schedules.find((each) => each.id === id);

describe('GET schedule/', () => {
  it('lists rows of IBSafe’s table by the ids that they have there, and what is new by ids above a million, newest first', async () => {
    const { schedules, count } = await admin.list();
    expect(count).toBe(schedules.length);
    const ids = schedules.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([7, 12]));
    expect(ids.filter((id) => ![7, 12].includes(id)).every((id) => id > 1_000_000)).toBe(true);
    const times = schedules.map(({ created_at }) => created_at);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('shows what the original showed of them', async () => {
    expect(await shown(7)).toMatchObject({
      name: '일일 중재 권고사항 생성',
      frequency: 'daily',
      frequency_display: '매일',
      hour: 9,
      minute: 0,
      is_active: true,
      cron_expression: '0 9 * * *',
    });
    expect(await shown(12)).toMatchObject({
      frequency: 'weekly',
      frequency_display: '매주',
      is_active: false,
      cron_expression: '30 8 * * 0',
    });
    const far = (await admin.list()).schedules.find(({ name }) => name === '먼 번호');
    expect(far).toMatchObject({ frequency: 'monthly', frequency_display: '매월', cron_expression: '2 1 1 * *' });
  });

  it('gives them the ids that GraphQL has as their numbers', async () => {
    const response = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await service.tokenOf(ACCOUNTS.superuser)}` },
      body: JSON.stringify({ query: '{ schedules { nodes { number name } } }' }),
    });
    const { data } = (await response.json()) as { data: { schedules: { nodes: { number: number; name: string }[] } } };
    const { schedules } = await admin.list();
    expect(new Map(schedules.map(({ id, name }) => [id, name]))).toEqual(
      new Map(data.schedules.nodes.map(({ number, name }) => [number, name])),
    );
  });

  it('counts schedules and jobs', async () => {
    await admin.sync();
    const { status, count } = await admin.list();
    expect(status).toEqual({ total_schedules: count, active_schedules: count - 1, periodic_tasks: count, enabled_tasks: count - 1 });
  });
});

describe('POST schedule/', () => {
  it('makes a schedule that is active unless told otherwise, and its job', async () => {
    const { schedule, sync_success } = await admin.create(MORNING);
    expect(schedule).toMatchObject({ ...MORNING, is_active: true, cron_expression: '15 7 * * *' });
    expect(schedule.id).toBeGreaterThan(1_000_000);
    expect(sync_success).toBe(true);
    expect(await shown(schedule.id)).toEqual(schedule);
    const paused = await admin.create({ ...MORNING, frequency: 'monthly', is_active: false });
    expect(paused.schedule).toMatchObject({ is_active: false, cron_expression: '15 7 1 * *' });
    expect(paused.schedule.id).toBeGreaterThan(schedule.id);
  });

  it('passes by fields that it does not know, an id among them', async () => {
    const { schedule } = await admin.create({ ...MORNING, id: 7, timezone: 'UTC', created_at: 'yesterday' });
    expect(schedule.id).toBeGreaterThan(1_000_000);
  });

  it('names the first field that is missing: name, frequency, hour, minute', async () => {
    for (const [sent, missing] of [
      [{}, 'name'],
      [{ hour: 1, minute: 2 }, 'name'],
      [{ name: 'a', minute: 99 }, 'frequency'],
      [{ name: 'a', frequency: 'daily', minute: 2 }, 'hour'],
      [{ name: 'a', frequency: 'daily', hour: 2 }, 'minute'],
    ] as const) {
      const { error } = taken(await admin.send('POST', 'schedule/', { body: sent }), 400, SHAPES.error);
      expect(error).toContain(missing);
    }
  });
});

describe('DELETE schedule/', () => {
  it('deletes a schedule and its job, and gives its id to no other', async () => {
    const { schedule } = await admin.create(MORNING);
    const jobs = (await admin.sync()).status.periodic_tasks;
    expect(await admin.remove(String(schedule.id))).toMatchObject({ sync_success: true });
    expect((await admin.sync()).status.periodic_tasks).toBe(jobs - 1);
    for (const method of ['PUT', 'DELETE']) taken(await admin.send(method, 'schedule/', { body: { id: schedule.id } }), 404, SHAPES.error);
    expect((await admin.create(MORNING)).schedule.id).toBeGreaterThan(schedule.id);
  });
});
