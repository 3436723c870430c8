import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { migrate } from '../../src/migrations/migrate.js';
import { createIbsafeTables } from '../../src/records/ibsafe-tables/create-ibsafe-tables.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import { Resources } from '../support/resources.js';
import { createServiceRoles } from '../support/service-roles.js';

const resources = new Resources();
let roles: Awaited<ReturnType<typeof createServiceRoles>>;

beforeAll(async () => {
  const database = await createEmptyDatabase();
  resources.use({ [Symbol.asyncDispose]: () => database.drop() });
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await createIbsafeTables(client);
  await client.end();
  roles = resources.use(await createServiceRoles(database.url));
});
afterAll(() => resources.end());

it('A start gives the service its rights where a process was killed between its migrations and the rights, whichever was left out', async () => {
  for (const [lost, held] of [
    [
      'execute on function batch.is_order',
      "has_function_privilege('{role}', (select oid from pg_proc where proname = 'is_order'), 'execute')",
    ],
    ['insert on batch.erased_person', "has_table_privilege('{role}', 'batch.erased_person', 'insert')"],
    ['execute on function batch.append', "has_function_privilege('{role}', (select oid from pg_proc where proname = 'append'), 'execute')"],
    ['usage on schema batch', "has_schema_privilege('{role}', 'batch', 'usage')"],
  ] as const) {
    const holds = (): Promise<unknown> => roles.asSuperuser(`select ${held.replace('{role}', roles.service)} as holds`);
    await roles.asSuperuser(`revoke ${lost} from ${roles.service}`);
    expect([lost, await holds()]).toEqual([lost, [{ holds: false }]]);
    await migrate(roles.urls.migrate, { ibsafeTables: false });
    expect([lost, await holds()]).toEqual([lost, [{ holds: true }]]);
  }
});

it('The service seals an order under a key before it has the rights of a new release, and reads the secret neither before nor after', async () => {
  const service = new Client({ connectionString: roles.urls.service });
  await service.connect();
  try {
    await roles.asSuperuser(`revoke execute on function batch.seal_order, batch.is_order from ${roles.service}`);
    const insert = `insert into batch.idempotency_key (actor, key, fingerprint, run_id) values ('test', 'sealed', 'an order', gen_random_uuid()) returning fingerprint`;
    expect((await service.query(insert)).rows).toEqual([{ fingerprint: expect.stringMatching(/^1:[0-9a-f]{64}$/u) }]);
    await expect(service.query('table batch.idempotency_secret')).rejects.toThrow('permission denied');
    await migrate(roles.urls.migrate, { ibsafeTables: false });
    const isOrder = `select batch.is_order(fingerprint, 'an order') as same, batch.is_order(fingerprint, 'another') as other from batch.idempotency_key where key = 'sealed'`;
    expect((await service.query(isOrder)).rows).toEqual([{ same: true, other: false }]);
    await expect(service.query('table batch.idempotency_secret')).rejects.toThrow('permission denied');
  } finally {
    await service.end();
  }
});
