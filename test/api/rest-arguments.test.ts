import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SHAPES, taken, type RestClient } from './rest-client.js';
import { startRestService, type RestService } from './rest-fixture.js';
import { errorsOf } from '../support/errors-of.js';

const GOOD = { name: '아침 중재', frequency: 'daily', hour: 7, minute: 15 };

let service: RestService;
let client: RestClient;
let id: number;

beforeAll(async () => {
  service = await startRestService();
  client = await service.as('superuser');
  id = (await client.create(GOOD)).schedule.id;
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
});

const emoji = '🧑‍⚕️';
/** By field: what is taken, and what is refused. */
const VALUES: Readonly<Record<string, { readonly good: readonly unknown[]; readonly bad: readonly unknown[] }>> = {
  name: {
    good: ['a', '가'.repeat(100), '🙂'.repeat(100), ' 앞뒤 ', `${emoji} 중재`, '<b>', "'; drop table x", '%00', 'hour'],
    bad: [null, '', '   ', '가'.repeat(101), '🙂'.repeat(101), 'a\nb', 'a\u0000b', '\ud800', 5, true, ['a'], { name: 'a' }],
  },
  frequency: {
    good: ['daily', 'weekly', 'monthly'],
    bad: [null, '', 'DAILY', 'Daily', 'CRON', 'cron', 'yearly', ' daily', '매일', 1, true, ['daily'], {}, 'constructor', '__proto__'],
  },
  hour: { good: [0, 23, 9.0], bad: [null, -1, 24, 9.5, 1e9, '9', '', 'nine', true, [9], {}, 2 ** 53] },
  minute: { good: [0, 59], bad: [null, -1, 60, 0.1, '0', false, [], { minute: 1 }, -1e300] },
  is_active: { good: [true, false], bad: [null, 'true', 'false', '', 0, 1, [], {}] },
};
const good = Object.entries(VALUES).flatMap(([field, values]) => values.good.map((value) => [field, value] as const));
const bad = Object.entries(VALUES).flatMap(([field, values]) => values.bad.map((value) => [field, value] as const));

describe('A field of a schedule', () => {
  it.each(good)('%s may be %j', async (field, value) => {
    const { schedule } = await client.create({ ...GOOD, [field]: value });
    const kept = typeof value === 'string' ? value.trim() : value;
    expect(schedule).toMatchObject({ [field]: kept });
    expect((await client.update({ id, [field]: value })).schedule).toMatchObject({ id, [field]: kept });
  });

  it.each(bad)('%s must not be %j, and the field is named', async (field, value) => {
    const before = await client.list();
    for (const [method, body] of [
      ['POST', { ...GOOD, [field]: value }],
      ['PUT', { id, [field]: value }],
    ] as const) {
      expect(taken(await client.send(method, 'schedule/', { body }), 400, SHAPES.error).error).toContain(field);
    }
    expect((await client.list()).schedules).toEqual(before.schedules);
  });
});

describe('An id', () => {
  it.each([1, 0, -1, -7, 999_999, 2_147_483_647, 2_147_483_648, 1e300, '99999999999999999999999', '-5', '0', '+3'])(
    '%j is nobody’s: 404',
    async (unknown) => {
      for (const method of ['PUT', 'DELETE']) taken(await client.send(method, 'schedule/', { body: { id: unknown } }), 404, SHAPES.error);
    },
  );

  it.each([undefined, null, '', 'seven', '7.0', '0x7', '1e3', 7.5, true, [7], { id: 7 }, "7' or '1'='1", '７'])(
    '%j is none: 400',
    async (wrong) => {
      for (const method of ['PUT', 'DELETE'])
        taken(await client.send(method, 'schedule/', { body: { id: wrong, hour: 5 } }), 400, SHAPES.error);
    },
  );
});

describe('A body', () => {
  it.each(['', '{', '{"name": "a"', 'null', '[]', '"text"', '7', 'NaN', '{"hour": NaN}', "{'name': 'a'}", 'name=a&hour=1'])(
    '%j is 400',
    async (body) => {
      for (const method of ['POST', 'PUT', 'DELETE']) taken(await client.send(method, 'schedule/', { body }), 400, SHAPES.error);
    },
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'json',
    '',
    'application/json; charset=euc-kr',
  ])('of the type %j is 400: the original could not take it either', async (type) => {
    const sent = { body: JSON.stringify({ id, ...GOOD }), headers: { 'content-type': type } };
    for (const method of ['POST', 'PUT', 'DELETE']) taken(await client.send(method, 'schedule/', sent), 400, SHAPES.error);
  });

  it.each(['application/json; charset=utf-8', 'application/json; indent=4', 'Application/JSON'])('of the type %j is read', async (type) => {
    const answer = await client.send('PUT', 'schedule/', { body: JSON.stringify({ id, hour: 4 }), headers: { 'content-type': type } });
    taken(answer, 200, SHAPES.saved);
  });

  it('of more than a megabyte is 413, and one that is no UTF-8 or compressed 400', async () => {
    taken(await client.send('POST', 'schedule/', { body: { ...GOOD, note: 'x'.repeat(1_048_600) } }), 413, SHAPES.error);
    taken(
      await client.send('POST', 'schedule/', { body: JSON.stringify(GOOD), headers: { 'content-encoding': 'gzip' } }),
      400,
      SHAPES.error,
    );
  });

  it('of keys that JavaScript knows is taken for what it says', async () => {
    const body = `{"__proto__": {"hour": 3}, "constructor": 1, "name": "이름", "frequency": "daily", "minute": 1}`;
    expect(taken(await client.send('POST', 'schedule/', { body }), 400, SHAPES.error).error).toContain('hour');
  });

  it('says nothing to a run, a sync or a list', async () => {
    for (const body of ['{', '[]', 'x']) {
      taken(await client.send('POST', 'sync/', { body, headers: { 'content-type': 'text/plain' } }), 200, SHAPES.sync);
    }
    expect([200, 409]).toContain((await client.send('POST', 'run/', { body: '{"userIds": [1]' })).status);
  });
});

it('Nothing of all this was an error of the service', () => {
  expect(errorsOf(service)).toEqual([]);
});
