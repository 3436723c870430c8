import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Identity } from '../../src/identity/caller.js';
import { SessionDesk } from '../../src/identity/sessions/session-desk.js';
import type { SessionIdentity } from '../../src/identity/sessions/session-identity.js';
import { SessionStore } from '../../src/identity/sessions/session-store.js';
import { Resources } from '../support/resources.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService } from '../support/test-service.js';
import { openPool } from '../../src/database/pool.js';
import { until } from '../support/until.js';

const DAY_MS = 86_400_000;
const LIMITS = { idleMs: 3_600_000, longestMs: DAY_MS };

const resources = new Resources();
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  resources.use({ [Symbol.asyncDispose]: () => database.drop() });
});
afterAll(() => resources.end());

describe('What is kept of sessions', () => {
  it('is no session that was opened and could not be handed to its caller', async () => {
    const pool = openPool({ url: database.url, max: 2, name: 'test', onError: () => undefined });
    resources.use({ [Symbol.asyncDispose]: () => pool.end() });
    const gone = new Error('the database is away');
    const identity = {
      callerOf: () => Promise.reject(gone),
      forget: () => undefined,
      forgetSecret: () => undefined,
    } as unknown as SessionIdentity;
    const store = new SessionStore(pool, LIMITS);
    const parts = { store, identity, tokens: { identify: () => Promise.reject(gone) } as unknown as Identity, ways: new Set(), clock: Date.now } as const; // prettier-ignore
    const desk = new SessionDesk(parts as ConstructorParameters<typeof SessionDesk>[0]);
    await expect(desk.open({ way: 'OIDC', actor: 'nobody holds it', role: 'viewer', until: Infinity }, undefined)).rejects.toBe(gone);
    const { rows } = await pool.query(`select ended_at is not null as ended from batch.session where actor = 'nobody holds it'`);
    expect(rows).toEqual([{ ended: true }]);
    await pool.query(`delete from batch.session where actor = 'nobody holds it'`);
  });

  it('goes some days after the end, by expiry, sign-out or revocation alike; what goes on or ended lately stays', async () => {
    const pool = openPool({ url: database.url, max: 2, name: 'test', onError: () => undefined });
    resources.use({ [Symbol.asyncDispose]: () => pool.end() });
    const store = new SessionStore(pool, LIMITS);
    const opened = async (actor: string, daysAgo: number): Promise<{ id: string; secret: string }> =>
      store.open({ way: 'OIDC', actor, role: 'viewer', until: Infinity }, new Date(Date.now() - daysAgo * DAY_MS));
    await opened('expired long ago', 40);
    const out = await opened('signed out long ago', 35.1);
    await store.endBySecret(out.secret, { at: new Date(Date.now() - 35 * DAY_MS) });
    const revoked = await opened('revoked long ago', 34.02);
    await store.end(revoked.id, { by: 'an admin', at: new Date(Date.now() - 34 * DAY_MS) });
    await opened('expired lately', 20);
    await opened('goes on', 0);
    await using service = await startTestService(database, { role: 'scheduler', environment: { SESSION_KEEP_DAYS: '30' } });
    const left = async (): Promise<string[]> =>
      (await pool.query<{ actor: string }>('select actor from batch.session order by actor')).rows.map(({ actor }) => actor);
    await until(async () => (await left()).length === 2);
    expect(await left()).toEqual(['expired lately', 'goes on']);
    expect(service.logged.some((line) => line.includes('"sessions":3'))).toBe(true);
  });
});
