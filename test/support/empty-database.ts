import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { TestDatabase } from './test-database.js';

/** A database with nothing in it at all, for what begins there. Throws outside a jest run with the global setup. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const adminUrl = process.env['TEST_ADMIN_URL'];
  if (adminUrl === undefined) throw new Error('there is no test server: run the tests through npm test, whose global setup starts it');
  const asAdmin = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: adminUrl });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await asAdmin(`create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(`drop database if exists ${name} with (force)`) };
}
