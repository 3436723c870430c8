import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { openPool } from '../../src/database/pool.js';
import { hashSecret, isSecretOf, makeApiKey, parseApiKey, writeApiKey } from '../../src/identity/api-key.js';
import { readApiKey } from '../../src/identity/api-key-reader.js';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import { cli, documents } from '../support/cli-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let pool: pg.Pool;
let keys: ApiKeyStore;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool({ url: database.url, max: 4, name: 'test', onError: () => undefined });
  keys = new ApiKeyStore(pool);
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

async function made(name: string): Promise<{ key: string; prefix: string }> {
  const key = await keys.create({ name, role: 'operator', createdBy: 'test' });
  if (key === undefined) throw new Error(`a key named ${name} was there`);
  return key;
}

/** Runs `key …` on the test's database. */
function run(...args: string[]): ReturnType<typeof cli> {
  return cli(['key', ...args], { env: { DATABASE_URL: database.url } });
}

describe('An API key', () => {
  it('is taken apart as it was put together, and nothing else is one', () => {
    const parts = makeApiKey(Buffer.from(Array.from({ length: 40 }, (_, index) => index * 7)));
    expect(writeApiKey(parts)).toMatch(/^ibk_[a-z2-7]{8}_[\w-]{43}$/);
    expect(parseApiKey(writeApiKey(parts))).toEqual(parts);
    for (const text of [
      '',
      'ibk_',
      `ibk_${parts.prefix}`,
      `${writeApiKey(parts)}A`,
      writeApiKey(parts).toUpperCase(),
      ` ${writeApiKey(parts)}`,
    ]) {
      expect(parseApiKey(text)).toBeUndefined();
    }
  });

  it('is never the same twice', () => {
    expect(new Set(Array.from({ length: 1_000 }, () => writeApiKey(makeApiKey()))).size).toBe(1_000);
  });

  it('is proven by its whole secret only', () => {
    const { secret } = makeApiKey();
    expect(isSecretOf(secret, hashSecret(secret))).toBe(true);
    for (const other of ['', secret.slice(1), `${secret}A`, makeApiKey().secret]) expect(isSecretOf(other, hashSecret(secret))).toBe(false);
  });
});

describe('The table of keys', () => {
  it('holds nothing from which a key could be made', async () => {
    const { key } = await made('hash only');
    const { secret = '' } = parseApiKey(key) ?? {};
    const { rows } = await pool.query<{ row: string }>('select row_to_json(k)::text as row from batch.api_key k');
    const text = rows.map(({ row }) => row).join('\n');
    expect(text).toContain('hash only');
    expect(text).not.toContain(secret);
    expect(text).not.toContain(Buffer.from(secret).toString('hex'));
  });

  it('knows a key by name and role until it is revoked, by its name or its prefix', async () => {
    for (const by of ['name', 'prefix'] as const) {
      const { key, prefix } = await made(`revoked by ${by}`);
      expect(await readApiKey(key, keys)).toEqual({ actor: `key:revoked by ${by}`, role: 'operator', expiresAt: Infinity });
      expect(await keys.revoke(by === 'name' ? 'revoked by name' : prefix, 'test')).toMatchObject({ prefix, revokedAt: expect.any(Date) });
      await expect(readApiKey(key, keys)).rejects.toMatchObject({ name: 'IdentityError', code: 'UNAUTHENTICATED' });
      expect(await keys.revoke(prefix, 'test')).toBeUndefined();
    }
  });

  it('gives a name to one key in use at a time, also when several ask at once, and again when that is revoked', async () => {
    const asked = await Promise.all(Array.from({ length: 8 }, () => keys.create({ name: 'only one', role: 'viewer', createdBy: 'test' })));
    expect(asked.filter((key) => key !== undefined)).toHaveLength(1);
    await keys.revoke('only one', 'test');
    await made('only one');
    expect((await keys.list()).filter(({ name }) => name === 'only one')).toHaveLength(2);
  });

  it('notes the use of a key to the minute, not each one', async () => {
    const { key, prefix } = await made('used');
    const usedAt = async () => (await keys.list()).find((one) => one.prefix === prefix)?.lastUsedAt;
    expect(await usedAt()).toBeNull();
    await readApiKey(key, keys);
    const first = await usedAt();
    await readApiKey(key, keys);
    expect(await usedAt()).toEqual(first);
    await pool.query("update batch.api_key set last_used_at = now() - interval '61 seconds' where prefix = $1", [prefix]);
    await readApiKey(key, keys);
    expect((await usedAt())?.getTime()).toBeGreaterThanOrEqual(first?.getTime() ?? Infinity);
  });

  it('lets a key in although its use cannot be noted', async () => {
    const { key } = await made('unnoted');
    const readOnly = { find: keys.find.bind(keys), noteUse: () => Promise.reject(new Error('read-only')) };
    expect(await readApiKey(key, readOnly)).toMatchObject({ actor: 'key:unnoted' });
  });
});

describe('The command key', () => {
  it('makes a key and shows it once, lists it without, and revokes it', async () => {
    const created = await run('create', '--name', '야간 배치', '--role', 'operator');
    expect(created.code).toBe(0);
    expect(created.stdout).toMatch(/^ibk_[a-z2-7]{8}_[\w-]{43}\n$/); // a script can keep it as it is
    const key = created.stdout.trim();
    expect(await readApiKey(key, keys)).toMatchObject({ actor: 'key:야간 배치', role: 'operator' });

    const listed = await run('list');
    expect(listed.stdout).toMatch(/operator .+ used .+ 야간 배치/);
    expect(`${listed.stdout}${listed.stderr}`).not.toContain(parseApiKey(key)?.secret ?? '');

    expect(documents((await run('revoke', '야간 배치', '--json')).stdout)).toMatchObject([
      { revoked: { name: '야간 배치', role: 'operator' } },
    ]);
    await expect(readApiKey(key, keys)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await run('list')).stdout).toMatch(/revoked .+ 야간 배치/);
  });

  it('refuses what is no role, no name, a name in use and a key that is not there', async () => {
    await made('taken');
    expect(await run('create', '--name', 'x', '--role', 'root')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/viewer, operator, admin/),
    });
    expect(await run('create', '--name', 'a\nb', '--role', 'viewer')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/Expected 1 to 60/),
    });
    expect(await run('create', '--role', 'viewer')).toMatchObject({ code: 2 });
    expect(await run('create', '--name', 'taken', '--role', 'viewer')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/named "taken"/),
    });
    const whole = writeApiKey(makeApiKey());
    const revoked = await run('revoke', whole);
    expect([revoked.code, revoked.stderr]).toEqual([1, expect.not.stringContaining(whole)]);
  });

  it.each([
    [
      'by default, where nobody is asked for one',
      {},
      /^AUTH_API_KEYS is auto, and no other way .* asks no caller for a key\. Set AUTH_API_KEYS=on/m,
    ],
    ['with off', { AUTH_API_KEYS: 'off' }, /^AUTH_API_KEYS is off: .* asks no caller for a key/m],
    [
      'with off beside tokens',
      { AUTH_API_KEYS: 'off', AUTH_JWT_SECRET: 'a secret of more than thirty-two bytes' },
      /takes tokens and no keys/,
    ],
  ])('says that keys are not taken %s', async (_, settings, sentence) => {
    const env = { DATABASE_URL: database.url, ...settings };
    const name = `unheard ${Object.keys(settings).length}`;
    const created = await cli(['key', 'create', '--name', name, '--role', 'viewer', '--json'], { env });
    expect(created).toMatchObject({ code: 0, stderr: expect.stringMatching(sentence) });
    expect(documents(created.stdout)).toEqual([expect.objectContaining({ name, notTaken: expect.stringMatching(sentence) })]);
    expect((await cli(['key', 'list'], { env })).stderr).toMatch(sentence);
  });

  it.each([
    ['with on', { AUTH_API_KEYS: 'on' }],
    ['with auto beside tokens', { AUTH_JWT_SECRET: 'a secret of more than thirty-two bytes' }],
    ['in production, with on', { AUTH_API_KEYS: 'on', NODE_ENV: 'production' }],
  ])('says nothing of the kind %s', async (label, settings) => {
    const env = { DATABASE_URL: database.url, ...settings };
    const created = await cli(['key', 'create', '--name', `heard ${label.replaceAll(',', '')}`, '--role', 'viewer', '--json'], { env });
    expect(documents(created.stdout)).toEqual([expect.objectContaining({ notTaken: null })]);
    expect(created).toMatchObject({ code: 0, stderr: expect.not.stringMatching(/AUTH_API_KEYS/) });
  });
});
