import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { parse } from 'yaml';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService } from '../support/test-service.js';
import { composeFile, projectFile } from './compose-file.js';

const PASSWORDS = Object.fromEntries(['POSTGRES', 'MIGRATE', 'SERVICE', 'MONGO', 'MONGO_ROOT'].map((name) => [`${name}_PASSWORD`, 'one']));

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

  it('give the roles what they need as often as they are run, and say in a sentence without a password why they cannot', async () => {
    const env = { DATABASE_URL: database.url, MIGRATE_PASSWORD: "m'1", SERVICE_PASSWORD: 'b-1' };
    expect(await script('roles.mjs', { ...env, SERVICE_PASSWORD: '' })).toBe(1);
    expect([await script('roles.mjs', env), await script('roles.mjs', env)]).toEqual([0, 0]);
    for (const [username, password] of [
      ['batch_migrate', "m'1"],
      ['batch_service', 'b-1'],
    ] as const) {
      const client = new Client({ connectionString: Object.assign(new URL(database.url), { username, password }).href });
      await client.connect();
      await client.end();
    }
    expect(await script('roles.mjs', { ...env, DATABASE_URL: 'postgresql://127.0.0.1:1/none' })).toBe(1);
    // Roles are the whole server's.
    for (const role of ['batch_service', 'batch_migrate', 'batch_owner'])
      await sql(`reassign owned by ${role} to current_user; drop owned by ${role}; drop role ${role}`);
  });

  it('pin digests where a registry answers, and write nothing and say so where none does', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-pin-'));
    const output = join(folder, 'digests.yml');
    const pin = (docker: string): SpawnSyncReturns<string> => {
      writeFileSync(join(folder, 'docker'), `#!/bin/sh\n${docker}\n`, { mode: 0o755 });
      const file = fileURLToPath(new URL('../../deploy/pin-digests.mjs', import.meta.url));
      return spawnSync(process.execPath, [file, output], { env: { PATH: `${folder}:/bin:/usr/bin` }, encoding: 'utf8' });
    };
    try {
      const none = pin('echo "no such host" >&2; exit 1');
      expect([none.status, existsSync(output)]).toEqual([1, false]);
      expect(none.stderr).toMatch(/^The digest of postgres:18\S+ could not be had: .*Try again where a registry can be reached\.\n$/);
      expect(pin(`echo sha256:${'a'.repeat(63)}`).status).toBe(1); // no digest
      expect(pin(`echo sha256:${'a'.repeat(64)}`).status).toBe(0);
      const { services } = parse(readFileSync(output, 'utf8')) as {
        services: Record<string, { image?: string; build?: { args: object } }>;
      };
      expect(Object.keys(services).toSorted()).toEqual(Object.keys(composeFile(PASSWORDS).services).toSorted());
      expect(
        Object.values(services).every(({ image, build }) => /@sha256:a{64}$/.test(image ?? Object.values(build?.args ?? {}).join(' '))),
      ).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('run with the flags that the service runs with elsewhere', () => {
    const flags = projectFile('scripts/node-flags.mjs').match(/(?<=')--[^']+(?=')/g) ?? [];
    expect(flags.length).toBeGreaterThan(0);
    expect(projectFile('Dockerfile')).toContain(
      `ENTRYPOINT ["node", ${flags.map((flag) => `"${flag}", `).join('')}"dist/program/main.js"]`,
    );
  });
});
