import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dataOf } from '../support/graphql-client.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

let database: TestDatabase;
let service: TestService;
beforeAll(async () => {
  database = await createTestDatabase();
  service = await startTestService(database);
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
  await database?.drop();
});

it('tells of events in the log before PostgreSQL has looked at its tables for the first time', async () => {
  const { pool } = service.core;
  const { rows } = await pool.query<{ events: number }>('select count(*)::int as events from batch.event_log');
  expect(rows[0]?.events).toBeGreaterThan(0); // those of the first schedule
  const told = async (): Promise<number> =>
    (await dataOf<{ systemStatus: { log: { events: number } } }>(service.url, '{ systemStatus { log { events } } }')).systemStatus.log
      .events;
  await until(async () => (await told()) > 0);
});
