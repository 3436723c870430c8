import { expect, it } from '@jest/globals';
import { Client } from 'pg';
import { migrate } from '../../src/migrations/migrate.js';
import { createIbsafeTables } from '../../src/records/ibsafe-tables/create-ibsafe-tables.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import { Resources } from '../support/resources.js';
import { createServiceRoles } from '../support/service-roles.js';

it('A start gives the service its rights where a process was killed between its migrations and the rights, whichever was left out', async () => {
  const resources = new Resources();
  try {
    const database = await createEmptyDatabase();
    resources.use({ [Symbol.asyncDispose]: () => database.drop() });
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await createIbsafeTables(client);
    await client.end();
    const roles = resources.use(await createServiceRoles(database.url));
    for (const [lost, held] of [
      ['select on batch.idempotency_secret', "has_table_privilege('{role}', 'batch.idempotency_secret', 'select')"],
      ['insert on batch.erased_person', "has_table_privilege('{role}', 'batch.erased_person', 'insert')"],
      [
        'execute on function batch.append',
        "has_function_privilege('{role}', (select oid from pg_proc where proname = 'append'), 'execute')",
      ],
      ['usage on schema batch', "has_schema_privilege('{role}', 'batch', 'usage')"],
    ] as const) {
      const holds = (): Promise<unknown> => roles.asSuperuser(`select ${held.replace('{role}', roles.service)} as holds`);
      await roles.asSuperuser(`revoke ${lost} from ${roles.service}`);
      expect([lost, await holds()]).toEqual([lost, [{ holds: false }]]);
      await migrate(roles.urls.migrate, { ibsafeTables: false });
      expect([lost, await holds()]).toEqual([lost, [{ holds: true }]]);
    }
  } finally {
    await resources.end();
  }
});
