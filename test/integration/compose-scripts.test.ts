import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService } from '../support/test-service.js';
import { projectFile } from './compose-file.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

/** Runs a script as the containers do. @returns its exit code */
async function script(name: string, env: Record<string, string>): Promise<number> {
  const file = fileURLToPath(new URL(`../../docker/${name}`, import.meta.url));
  const child = spawn(process.execPath, [file], { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number];
  return code;
}

async function sql<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}

const columns = () =>
  sql(`select table_name, column_name, data_type, is_nullable from information_schema.columns where table_schema = 'public'
    order by table_name, ordinal_position`);

describe('The scripts of the containers', () => {
  it('make IBSafe’s tables where there are none, and touch none that are there', async () => {
    const ofTheTests = await columns();
    await sql('drop schema public cascade; create schema public');
    expect(await script('ibsafe-tables.mjs', { DATABASE_URL: database.url })).toBe(0);
    expect(await columns()).toEqual(ofTheTests);
    await sql('create table public.app_has_more (id int); drop index public.ibsafe_userfoodrecord_user_id_record_date_idx');
    expect(await script('ibsafe-tables.mjs', { DATABASE_URL: database.url })).toBe(0);
    expect(await sql("select from pg_indexes where indexname = 'ibsafe_userfoodrecord_user_id_record_date_idx'")).toEqual([]);
  });

  it('tell a process that gives signs of life from one that does not, and an api that serves from none', async () => {
    const env = { DATABASE_URL: database.url };
    expect(await script('process-health.mjs', env)).toBe(1);
    {
      await using service = await startTestService(database, { role: 'api' });
      expect(await script('process-health.mjs', env)).toBe(0);
      expect(await script('api-health.mjs', { PORT: new URL(service.url).port })).toBe(0);
    }
    expect(await script('process-health.mjs', env)).toBe(1); // it signed out
    await sql("update batch.worker set stopped_at = null, seen_at = now() - interval '31 seconds' where host = $1", [hostname()]);
    expect(await script('process-health.mjs', env)).toBe(1); // as if it had been killed
    expect(await script('api-health.mjs', { PORT: '1' })).toBe(1);
    expect(await script('process-health.mjs', { DATABASE_URL: 'postgresql://127.0.0.1:1/none' })).toBe(1);
  });

  it('run with the flags that the service runs with elsewhere', () => {
    const flags = projectFile('scripts/node-flags.mjs').match(/(?<=')--[^']+(?=')/g) ?? [];
    expect(flags.length).toBeGreaterThan(0);
    expect(projectFile('Dockerfile')).toContain(
      `ENTRYPOINT ["node", ${flags.map((flag) => `"${flag}", `).join('')}"dist/program/main.js"]`,
    );
  });
});
