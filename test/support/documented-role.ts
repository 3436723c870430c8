import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { migrate } from '../../src/migrations/migrate.js';
import { createIbsafeTables, createRecordIndexes } from '../../src/records/ibsafe-tables/create-ibsafe-tables.js';
import { adminUrl } from './admin-url.js';
import { createEmptyDatabase } from './empty-database.js';

/** A database of IBSafe's own, and the service's account on it with the rights that docs/deploy/connecting.md names, and no others. */
export interface DocumentedRole extends AsyncDisposable {
  /** The address for the service's account. */
  readonly url: string;
  readonly role: string;
  /** Does something as the owner of the database; `{role}` is the account. */
  asOwner(sql: string): Promise<void>;
  /** Rows that the owner sees. */
  rows(sql: string): Promise<unknown[]>;
}

/** The grants of docs/deploy/connecting.md as they stand there, for another role and database. */
export function documentedGrants(role: string, database: string): string[] {
  const text = readFileSync(new URL('../../docs/deploy/connecting.md', import.meta.url), 'utf8');
  const [, block = ''] = /## Rights in the database[\s\S]*?```sql\n([\s\S]*?)```/.exec(text) ?? [];
  const statements = block.split(';').map((statement) => statement.trim()).filter((statement) => statement !== ''); // prettier-ignore
  return statements.map((statement) => statement.replace('database ibsafe', `database ${database}`).replace(/to batch$/, `to ${role}`));
}

/** Makes one: IBSafe's tables by their owner, schema `batch` by the account. */
export async function createDocumentedRole(): Promise<DocumentedRole> {
  const database = await createEmptyDatabase();
  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  const role = `batch_${randomUUID().replaceAll('-', '')}`;
  const asOwner = async (sql: string): Promise<void> => void (await owner.query(sql.replaceAll('{role}', role)));
  await createIbsafeTables(owner);
  await createRecordIndexes(owner);
  await asOwner(`create role {role} login password 'secret-of-the-test'; revoke usage on schema public from public`);
  for (const grant of documentedGrants(role, new URL(database.url).pathname.slice(1))) await asOwner(grant);
  const url = Object.assign(new URL(database.url), { username: role, password: 'secret-of-the-test' }).href;
  await migrate(url, { ibsafeTables: false });
  return {
    url,
    role,
    asOwner,
    rows: async (sql) => (await owner.query(sql)).rows as unknown[],
    async [Symbol.asyncDispose]() {
      await asOwner('drop owned by {role} cascade').catch(() => undefined);
      await owner.end();
      await database.drop();
      const admin = new Client({ connectionString: adminUrl() });
      await admin.connect();
      await admin.query(`drop role if exists ${role}`);
      await admin.end();
    },
  };
}
