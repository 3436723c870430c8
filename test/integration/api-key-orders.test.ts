import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { openPool } from '../../src/database/pool.js';
import { readApiKey } from '../../src/identity/api-key-reader.js';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
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

describe('An API key that is ordered under an idempotency key', () => {
  it('is told again to who orders it again after a lost answer, as long as it opened nothing: with another secret, and the first one opens nothing', async () => {
    const order = { name: 'a lost answer', role: 'operator', createdBy: 'key:admin' } as const;
    const opens = (key: string): Promise<string> => readApiKey(key, keys).then(({ actor }) => actor, ({ name }) => name as string); // prettier-ignore
    const [first, second] = [await keys.createOnce(order, 'form-1'), await keys.createOnce(order, 'form-1')];
    if (typeof first === 'string' || typeof second === 'string') throw new Error('no key was made');
    expect(second.prefix).toBe(first.prefix);
    expect(second.key).not.toBe(first.key);
    expect([await opens(first.key), await opens(second.key)]).toEqual(['IdentityError', 'key:a lost answer']);
    expect(await keys.createOnce(order, 'form-1')).toBe('TAKEN'); // it was used
    expect(await opens(second.key)).toBe('key:a lost answer');
    expect(await keys.createOnce(order, 'form-2')).toBe('TAKEN'); // of another form
    expect(await keys.createOnce({ ...order, createdBy: 'key:other' }, 'form-1')).toBe('TAKEN'); // of another caller
    expect(await keys.createOnce({ ...order, role: 'admin' }, 'form-1')).toBe('REUSED');
    expect((await keys.list()).filter(({ name }) => name === order.name)).toHaveLength(1);
  });

  it('is one when it is ordered twice at once, and one of the two secrets opens', async () => {
    const order = { name: 'a double click', role: 'viewer', createdBy: 'key:admin' } as const;
    const made = await Promise.all([keys.createOnce(order, 'form-3'), keys.createOnce(order, 'form-3')]);
    const open = await Promise.all(
      made.map(async (each) => typeof each !== 'string' && (await readApiKey(each.key, keys).then(() => true, () => false))), // prettier-ignore
    );
    expect(open.filter(Boolean)).toHaveLength(1);
    expect((await keys.list()).filter(({ name }) => name === order.name)).toHaveLength(1);
  });
});
