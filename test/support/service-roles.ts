import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { addServiceRole, migrate } from '../../src/migrations/migrate.js';

/** The three roles of `deploy/postgres/roles.sql`, under names of their own: roles belong to the whole server, which tests share. */
export interface ServiceRoles extends AsyncDisposable {
  readonly owner: string;
  readonly service: string;
  /** Addresses of the database for the roles that log in. */
  readonly urls: Readonly<Record<'migrate' | 'service', string>>;
  /** Runs the file once more, as after a dump of the app's tables came in. */
  again(): Promise<void>;
  /** A statement of the server's superuser. */
  asSuperuser(sql: string): Promise<unknown[]>;
}

const ROLES_SQL = readFileSync(new URL('../../deploy/postgres/roles.sql', import.meta.url), 'utf8');
const PASSWORD = 'secret-of-the-test';

/** Makes the roles on a database of a superuser's by the file that operators run, migrates as the migrating role, and gives the service its rights. */
export async function createServiceRoles(superuserUrl: string): Promise<ServiceRoles> {
  const mark = randomUUID().replaceAll('-', '').slice(0, 12);
  const named = (name: string): string => `batch_${name}_${mark}`;
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  const again = async (): Promise<void> =>
    void (await client.query(ROLES_SQL.replaceAll(/\bbatch_(owner|migrate|service)\b/g, `batch_$1_${mark}`)));
  await again();
  const as = (name: string): string => Object.assign(new URL(superuserUrl), { username: named(name), password: PASSWORD }).href;
  for (const name of ['migrate', 'service']) await client.query(`alter role ${named(name)} password '${PASSWORD}'`);
  const urls = { migrate: as('migrate'), service: as('service') };
  await migrate(urls.migrate, { ibsafeTables: false });
  await addServiceRole(urls.migrate, named('service'));
  return {
    owner: named('owner'),
    service: named('service'),
    urls,
    again,
    asSuperuser: async (sql) => (await client.query(sql)).rows as unknown[],
    async [Symbol.asyncDispose]() {
      for (const name of ['service', 'migrate', 'owner'])
        await client.query(`drop owned by ${named(name)} cascade; drop role ${named(name)}`);
      await client.end();
    },
  };
}
