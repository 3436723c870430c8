import { randomUUID } from 'node:crypto';
import { adminUrl } from './admin-url.js';
import { asAdmin, type TestDatabase } from './test-database.js';

/** A database with nothing in it at all, for what begins there. Throws outside a jest run with the global setup. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(`create database ${name} strategy file_copy`);
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(`drop database if exists ${name} with (force)`) };
}
