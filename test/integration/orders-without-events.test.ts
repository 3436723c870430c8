import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { AlertDesk } from '../../src/alerts/alert-desk.js';
import { openPool } from '../../src/database/pool.js';
import { untilAnswered } from '../../src/database/until-answered.js';
import { readApiKey } from '../../src/identity/api-key-reader.js';
import { ApiKeyStore, type MadeKey } from '../../src/identity/api-key-store.js';
import { SessionStore } from '../../src/identity/sessions/session-store.js';
import { ErasureDesk } from '../../src/lifecycle/erasure/erasure-desk.js';
import { openPostgresProxy, type PostgresProxy } from '../support/postgres-proxy.js';
import { Resources } from '../support/resources.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';

const resources = new Resources();
let database: PatientsDatabase;
let proxy: PostgresProxy;
let pool: pg.Pool;
let lost: number;

beforeAll(async () => {
  database = resources.use(await createPatients(2));
  proxy = resources.use(await openPostgresProxy(database.url));
  pool = openPool({ url: proxy.url, max: 4, name: 'orders', onError: () => undefined });
});
afterAll(async () => {
  await pool?.end();
  await resources.end();
});
beforeEach(() => void (lost = proxy.lostAnswers));

/** What an order comes to, the answer to whose statement with these words is lost. */
async function losing<T>(words: string, order: () => Promise<T>): Promise<T> {
  proxy.loseAnswerTo(words);
  const answer = await order();
  expect(proxy.lostAnswers - lost).toBe(1);
  return answer;
}

const made = (key: MadeKey | string | undefined): MadeKey => {
  if (key === undefined || typeof key === 'string') throw new Error(`no key was made: ${key ?? 'the name is taken'}`);
  return key;
};

describe('An order of which no event tells, that was carried out without an answer, is told as done and is done once:', () => {
  it('an API key', async () => {
    const keys = new ApiKeyStore(pool);
    const order = { name: 'night watch', role: 'operator', createdBy: 'test' } as const;
    const { key, prefix } = made(await losing('insert into batch.api_key', () => keys.create(order)));
    expect(await readApiKey(key, keys)).toMatchObject({ actor: 'key:night watch' });
    expect((await keys.list()).filter(({ name }) => name === order.name)).toHaveLength(1);
    expect(await keys.create(order)).toBeUndefined(); // the name is taken as ever

    lost = proxy.lostAnswers;
    expect(await losing('update batch.api_key set revoked_at', () => keys.revokePrefix(prefix, 'test'))).toMatchObject({ prefix });
    expect(await keys.revokePrefix(prefix, 'test')).toBeUndefined();
  });

  it('an API key under an idempotency key, and the other secret that a repeated order gives it', async () => {
    const keys = new ApiKeyStore(pool);
    const order = { name: 'by a form', role: 'viewer', createdBy: 'test' } as const;
    const first = made(await losing('insert into batch.api_key', () => keys.createOnce(order, 'form-1')));
    lost = proxy.lostAnswers;
    const second = made(await losing('set secret_hash', () => keys.createOnce(order, 'form-1')));
    expect(second.prefix).toBe(first.prefix);
    expect(await readApiKey(second.key, keys)).toMatchObject({ actor: 'key:by a form' });
    lost = proxy.lostAnswers;
    expect(await losing('update batch.api_key set revoked_at', () => keys.revoke('by a form', 'test'))).toMatchObject({
      prefix: second.prefix,
    });
  });

  it('a session that is opened, one that is ended, and all of an actor', async () => {
    const sessions = new SessionStore(pool, { idleMs: 60_000, longestMs: 600_000 });
    const now = new Date();
    const standing = { way: 'OIDC', actor: 'oidc:kim', role: 'viewer', until: Infinity } as const;
    const opened = await losing('insert into batch.session', () => sessions.open(standing, now));
    expect(await sessions.find(opened.secret)).toMatchObject({ id: opened.id });
    lost = proxy.lostAnswers;
    const end = { by: 'oidc:lee', at: new Date(now.getTime() + 1) };
    expect(await losing('update batch.session s set ended_at', () => sessions.end(opened.id, end))).toMatchObject({ id: opened.id });
    expect(await sessions.end(opened.id, end)).toBeUndefined();
    const three = [await sessions.open(standing, now), await sessions.open(standing, now), await sessions.open(standing, now)];
    lost = proxy.lostAnswers;
    const out = await losing('update batch.session s set ended_at', () => sessions.endBySecret(three[0]?.secret ?? '', end));
    expect(out).toMatchObject({ id: three[0]?.id });
    lost = proxy.lostAnswers;
    const later = { ...end, at: new Date(now.getTime() + 2) };
    expect(await losing('update batch.session set ended_at', () => sessions.endAll('oidc:kim', later))).toHaveLength(2);
    expect(await sessions.endAll('oidc:kim', later)).toHaveLength(0);
  });

  it('a silence, with an idempotency key and without one, and its end', async () => {
    const desk = new AlertDesk(pool);
    const order = { kind: 'RUN_FAILED', until: { inMs: 60_000 }, reason: 'a look' } as const;
    const caller = { actor: 'test', idempotencyKey: 'silence-1' };
    const silence = await losing('commit\0', () => desk.silence(order, { actor: 'test' }));
    expect(await desk.silences()).toEqual([expect.objectContaining({ id: 'id' in silence ? silence.id : '' })]);
    lost = proxy.lostAnswers;
    const keyed = await losing('commit\0', () => desk.silence(order, caller));
    lost = proxy.lostAnswers;
    expect(await losing('commit\0', () => desk.silence(order, caller))).toMatchObject({ ...keyed, repeated: true });
    const silences = await desk.silences();
    expect(silences).toHaveLength(2);
    for (const { id } of silences) {
      lost = proxy.lostAnswers;
      expect(await losing('update batch.alert_silence', () => desk.endSilence(id, 'test'))).toMatchObject({ id });
      expect(await desk.endSilence(id, 'test')).toBeUndefined();
    }
  });

  it('an erasure', async () => {
    const [id = 0] = await database.column<number>('select id from auth_user order by id limit 1');
    await database.rows('insert into batch.subject (user_id, subject) select $1, 1', [id]);
    const desk = new ErasureDesk(pool);
    const { name } = await desk.preview(id);
    const { erased } = (await losing('commit\0', () => desk.erase(id, { name, actor: 'test' }))) as { erased: object };
    expect(erased).toMatchObject({ known: 1 });
    expect(await database.column("select count(*)::int from batch.event where type = 'PersonErased'")).toEqual([1]);
  });
});

const lostConnection = (): Error => Object.assign(new Error('gone'), { code: 'ECONNRESET' });

describe('A statement that may be sent twice', () => {
  it.each([
    ['that was refused', Object.assign(new Error('a rule'), { code: '23505' })],
    ['that waited for a lock too long', Object.assign(new Error('a lock'), { code: '55P03' })],
    ['for which there was no connection', Object.assign(new Error('away'), { code: 'ECONNREFUSED' })],
    ['of an operation that is over', new Error('too slow')],
  ])('is sent once where it is one %s', async (_, error) => {
    const sent: boolean[] = [];
    const work = (isAgain: boolean): Promise<never> => {
      sent.push(isAgain);
      return Promise.reject(error);
    };
    await expect(untilAnswered(work)).rejects.toBe(error);
    expect(sent).toEqual([false]);
  });

  it('is told as what it first came to where the database does not come back, and at once where it refuses the second', async () => {
    const [first, refused] = [lostConnection(), Object.assign(new Error('a rule'), { code: '23505' })];
    let tries = 0;
    await expect(untilAnswered((isAgain) => Promise.reject((tries += 1) && isAgain ? lostConnection() : first))).rejects.toBe(first);
    expect(tries).toBeGreaterThan(2);
    await expect(untilAnswered((isAgain) => Promise.reject(isAgain ? refused : first))).rejects.toBe(refused);
  });
});
