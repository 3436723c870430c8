import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { adminUrl } from './admin-url.js';
import type { TestDatabase } from './test-database.js';

/** A database with nothing in it at all, for what begins there. Throws outside a jest run with the global setup. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const server = adminUrl();
  const asAdmin = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: server });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await asAdmin(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(`drop database if exists ${name} with (force)`) };
}
