import { expect, it } from '@jest/globals';
import { Client, Pool } from 'pg';
import { randomUUID } from 'node:crypto';
import { localDate } from '../../src/domain/local-date.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { migrate } from '../../src/migrations/migrate.js';
import { demoFoodsOf } from '../../src/demo/demo-foods.js';
import { loadDemo } from '../../src/demo/load-demo.js';
import { createIbsafeTables } from '../../src/records/ibsafe-tables/create-ibsafe-tables.js';
import type { CheckResult } from '../../src/doctor/finding.js';
import { judgeIbsafeRights } from '../../src/doctor/rights.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import { dataOf, subscribe } from '../support/graphql-client.js';
import { startTestService } from '../support/test-service.js';
import { blocksOf, readDocument } from './markdown.js';

it('An account with the rights that docs/deploy/connecting.md grants, and no others, can migrate, run each program and import schedules', async () => {
  await using place = await databaseWithAccount();
  await migrate(place.url, { ibsafeTables: false });
  await expect(doctorOnRights(place.url)).resolves.toMatchObject({ status: 'ok' });
  await using service = await startTestService(place);
  for (const [program, date] of [
    ['DAILY', '2026-03-01'],
    ['SLEEP', '2026-03-02'],
  ] as const) {
    const end = await runTo(service.url, program, date);
    expect([program, end]).toEqual([program, { status: 'COMPLETED', generated: expect.any(Number), failed: 0 }]);
    expect([program, end?.generated]).not.toEqual([program, 0]);
  }
  const imported = await dataOf(service.url, 'mutation { importSchedules { __typename } }');
  expect(imported).toEqual({ importSchedules: { __typename: 'SchedulesImported' } });
});

async function doctorOnRights(url: string): Promise<CheckResult> {
  const pool = new Pool({ connectionString: url });
  try {
    return await judgeIbsafeRights(pool);
  } finally {
    await pool.end();
  }
}

interface Progress {
  readonly status: string;
  readonly generated: number;
  readonly failed: number;
}

/** Runs a program over a date. @returns its progress at the end */
async function runTo(url: string, program: string, date: string): Promise<Progress | undefined> {
  const made = 'mutation ($input: RunBatchInput!) { runBatch(input: $input) { ... on RunBatchAccepted { run { id } } } }';
  const { runBatch } = await dataOf<{ runBatch: { run: { id: string } } }>(url, made, { input: { program, recordDate: date } });
  const watch = 'subscription ($id: UUID!) { batchProgress(runId: $id) { status generated failed } }';
  let last: Progress | undefined;
  for await (const value of subscribe<{ batchProgress: Progress }>(url, watch, { id: runBatch.run.id })) last = value.batchProgress;
  return last;
}

/** A database of IBSafe's with patients, and the URL of an account that was granted what the document says. */
async function databaseWithAccount(): Promise<{ url: string } & AsyncDisposable> {
  const database = await createEmptyDatabase();
  const role = `account_${randomUUID().replaceAll('-', '')}`; // roles are the whole server's, unlike databases
  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  await createIbsafeTables(owner);
  await migrate(database.url, { ibsafeTables: false }); // the demo leaves its mark in schema batch …
  await loadDemo(database.url, { users: 50, days: 7, seed: 1, until: localDate('2026-03-01'), foods: demoFoodsOf(loadCatalogue()) });
  await owner.query('drop schema batch cascade'); // … which the account is to make itself
  const name = new URL(database.url).pathname.slice(1);
  const [grants] = blocksOf(readDocument('docs/deploy/connecting.md'), 'sql');
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
