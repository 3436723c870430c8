import { request as httpRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sentence } from '../../src/rest/words.js';
import { BEGIN_HELD } from '../support/held-transaction.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';
import { RestClient, SHAPES, taken } from './rest-client.js';

const WAITING = `select 1 from pg_stat_activity where datname = current_database() and application_name = 'ibsafe-batch views' and wait_event_type = 'Lock'`;
const GOOD = { name: '아침 중재', frequency: 'daily', hour: 7, minute: 15 };

let database: TestDatabase;
let service: TestService;
let client: RestClient;

beforeAll(async () => {
  database = await createTestDatabase();
  service = await startTestService(database, { role: 'api' });
  client = new RestClient(service.url);
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** Asks under another name than the address has: `fetch` does not let a program do that. */
async function askedAs(host: string): Promise<{ status: number | undefined; body: unknown }> {
  const { hostname, port } = new URL(service.url);
  const request = httpRequest({ hostname, port, path: '/api/batch/schedule/', headers: { host }, agent: false });
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode, body: await json(response) };
}

describe('A service that knows no callers', () => {
  it('takes a caller on this machine for its admin, as it does over GraphQL', async () => {
    const { schedule } = await client.create(GOOD);
    expect((await client.update({ id: schedule.id, hour: 8 })).schedule.hour).toBe(8);
    await client.remove(schedule.id);
    const { rows } = await service.core.pool.query<{ actor: string }>('select actor from batch.event order by position desc limit 3');
    expect(rows).toEqual([{ actor: 'local' }, { actor: 'local' }, { actor: 'local' }]);
  });

  it('answers to names of this machine alone: a page can give its own name this machine’s address', async () => {
    expect((await askedAs('localhost:4000')).status).toBe(200);
    const strange = await askedAs('batch.example');
    expect(strange.status).toBe(403);
    expect(SHAPES.detail.safeParse(strange.body).success).toBe(true);
  });
});

describe('A service whose job store does not answer', () => {
  beforeAll(() => service.core.pool.query('alter table batch.agenda_jobs rename to elsewhere'));
  afterAll(() => service.core.pool.query('alter table batch.elsewhere rename to agenda_jobs'));

  it('saves what it is told, and says that the jobs are not in line', async () => {
    const made = await client.create(GOOD);
    expect(made.sync_success).toBe(false);
    expect((await client.update({ id: made.schedule.id, minute: 1 })).sync_success).toBe(false);
    const { sync_success, status } = await client.sync();
    expect({ sync_success, ...status }).toMatchObject({ sync_success: false, periodic_tasks: 0, enabled_tasks: 0 });
    expect(status.total_schedules).toBeGreaterThan(0);
    expect((await client.list()).schedules).toContainEqual(expect.objectContaining({ id: made.schedule.id, minute: 1 }));
    expect((await client.remove(made.schedule.id)).sync_success).toBe(false);
  });
});

describe('A call that waits for a lock of another session when its time is over', () => {
  it('is answered 503 with that, and its statement is cancelled', async () => {
    await using quick = await startTestService(database, { role: 'api', environment: { BATCH_OPERATION_MS: '100' } });
    const lock = await service.core.pool.connect();
    try {
      await lock.query(`${BEGIN_HELD}; lock table batch.schedule_view in access exclusive mode`);
      const rest = new RestClient(quick.url);
      // On a busy machine the time may be over before the statement has come to the lock.
      await until(async () => taken(await rest.send('GET', 'schedule/'), 503, SHAPES.error).error === sentence('DATABASE_LOCKED'));
      await until(async () => (await lock.query(WAITING)).rows.length === 0);
    } finally {
      await lock.query('rollback');
      lock.release();
    }
  });
});
