import { randomUUID } from 'node:crypto';
import { Client, DatabaseError, Pool } from 'pg';
import { adminUrl } from './admin-url.js';

/** A database of a test's own: migrated, with IBSafe's tables, empty. */
export interface TestDatabase {
  readonly url: string;
  /** Drops it, cutting off who is still connected. */
  drop(): Promise<void>;
}

const OBJECT_IN_USE = '55006';
const ATTEMPTS = 5;

/**
 * Clones the template that the global setup made (26 ms of CPU by copying files, 230 ms through the write-ahead log, PostgreSQL's own way). Throws outside a jest run with that setup, and when another session
 * keeps the template busy through all attempts, each of which PostgreSQL itself stretches to five seconds.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  return cloneOf('template_batch');
}

/** Fills a database that its template is made of. */
export type Fill = (url: string) => Promise<void>;

/** Begins the names of templates that tests made. A server that is not ours keeps them until the next run. */
export const FILLED = 'template_filled_';

const filled = new Map<string, Promise<void>>();

/**
 * Clones a database that is filled once a server, by the test that asks first: the same patients need not be made for each test.
 * `content` names what is in it, in small letters, digits and `_`.
 */
export async function createFilledDatabase(content: string, fill: Fill): Promise<TestDatabase> {
  const template = `${FILLED}${content}`;
  let made = filled.get(template);
  if (made === undefined) filled.set(template, (made = fillTemplate(template, fill)));
  await made;
  return cloneOf(template);
}

async function fillTemplate(template: string, fill: Fill): Promise<void> {
  const client = new Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [template]); // of the other processes of this run one makes it
    if ((await client.query('select from pg_database where datname = $1', [template])).rowCount === 1) return;
    const { url } = await cloneOf('template_batch', `${template}_new`);
    await fill(url);
    await whileInUse(`alter database ${template}_new rename to ${template}`);
  } finally {
    await client.end();
  }
}

async function cloneOf(template: string, name = `test_${randomUUID().replaceAll('-', '')}`): Promise<TestDatabase> {
  await whileInUse(`create database ${name} template ${template} strategy file_copy`);
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(`drop database if exists ${name} with (force)`) };
}

async function whileInUse(sql: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await asAdmin(sql);
      return;
    } catch (error) {
      const isBusy = error instanceof DatabaseError && error.code === OBJECT_IN_USE;
      if (!isBusy || attempt === ATTEMPTS) throw error;
    }
  }
}

/** A cache of the connections over which this file makes and drops databases: one for each statement cost a fifth of what a database does. */
let admin: Pool | undefined;

/** Has a database made or dropped. */
export async function asAdmin(sql: string): Promise<void> {
  if (admin === undefined) {
    // It keeps no process, and leaves the server some moments after the file's last database.
    admin = new Pool({ connectionString: adminUrl(), max: 4, idleTimeoutMillis: 3_000, allowExitOnIdle: true });
    admin.on('error', () => undefined); // the server of a run ends before its last idle connection does
  }
  await admin.query(sql);
}
