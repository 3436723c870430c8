import { expect, it } from '@jest/globals';
import { Client } from 'pg';
import { randomUUID } from 'node:crypto';
import { localDate } from '../../src/domain/local-date.js';
import { loadCatalogue } from '../../src/generators/catalogue-file.js';
import { migrate } from '../../src/migrations/migrate.js';
import { loadDemo } from '../../src/records/demo/index.js';
import { createIbsafeTables } from '../../src/records/ibsafe-tables/create-ibsafe-tables.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import { dataOf, subscribe } from '../support/graphql-client.js';
import { startTestService } from '../support/test-service.js';
import { blocksOf, readDocument } from './markdown.js';

it('An account with the rights that docs/operations.md grants, and no others, can migrate, run the batch and import schedules', async () => {
  await using place = await databaseWithAccount();
  await migrate(place.url, { ibsafeTables: false });
  await using service = await startTestService(place);
  const made = 'mutation { runBatch(input: { recordDate: "2026-03-01" }) { ... on RunBatchAccepted { run { id } } } }';
  const { runBatch } = await dataOf<{ runBatch: { run: { id: string } } }>(service.url, made);
  const watch = 'subscription ($id: UUID!) { batchProgress(runId: $id) { status generated failed } }';
  let last: unknown;
  for await (const value of subscribe(service.url, watch, { id: runBatch.run.id })) last = value;
  expect(last).toEqual({ batchProgress: { status: 'COMPLETED', generated: expect.any(Number), failed: 0 } });
  expect(last).not.toHaveProperty('batchProgress.generated', 0);
  const imported = await dataOf(service.url, 'mutation { importSchedules { __typename } }');
  expect(imported).toEqual({ importSchedules: { __typename: 'SchedulesImported' } });
});

/** A database of IBSafe's with patients, and the URL of an account that was granted what the document says. */
async function databaseWithAccount(): Promise<{ url: string } & AsyncDisposable> {
  const database = await createEmptyDatabase();
  const role = `account_${randomUUID().replaceAll('-', '')}`; // roles are the whole server's, unlike databases
  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  await createIbsafeTables(owner);
  await migrate(database.url, { ibsafeTables: false }); // the demo leaves its mark in schema batch …
  await loadDemo(database.url, { users: 50, days: 7, seed: 1, until: localDate('2026-03-01'), foods: loadCatalogue().foods });
  await owner.query('drop schema batch cascade'); // … which the account is to make itself
  const name = new URL(database.url).pathname.slice(1);
  const [grants] = blocksOf(readDocument('docs/operations.md'), 'sql');
  await owner.query(`create role ${role} login password 'secret'`);
  await owner.query((grants?.code ?? '').replaceAll('database ibsafe ', `database ${name} `).replaceAll('to batch;', `to ${role};`));
  const url = new URL(database.url);
  [url.username, url.password] = [role, 'secret'];
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      await owner.end();
      await database.drop();
      await dropRole(database.url, role);
    },
  };
}

async function dropRole(anyUrl: string, role: string): Promise<void> {
  const url = new URL(anyUrl);
  url.pathname = '/postgres';
  const admin = new Client({ connectionString: url.href });
  await admin.connect();
  await admin.query(`drop role ${role}`);
  await admin.end();
}
