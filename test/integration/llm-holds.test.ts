import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { boundedTokens, boundedWait } from '../../src/domain/figures.js';
import { FreePermits, type Permits, type Turn } from '../../src/generators/llm/permits.js';
import { PostgresPermits } from '../../src/generators/llm/postgres-permits.js';
import { patient } from '../domain/advice/advice-fixture.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { openLlmWorld } from '../support/llm-world.js';

const TEN_MINUTES = boundedWait(600_000);
const never = new AbortController().signal;
const turn = (patienceMs: number): Turn => ({ tokens: boundedTokens(1), patienceMs, signal: never });

let batch: TestBatch;
beforeAll(async () => {
  batch = await createTestBatch({ users: 1 });
});
afterAll(() => batch.close());

const named = (name: string): Permits => new PostgresPermits(batch.pool, name, { requestsPerMinute: 6_000 });

describe.each<[string, () => Permits]>([
  ['without a rate', () => new FreePermits()],
  ['with a rate that processes share', () => new PostgresPermits(batch.pool, 'a', { requestsPerMinute: 60_000 })],
])('A wait that the endpoint asked for, %s', (_, open) => {
  it('is told at once to a call that may not wait so long', async () => {
    const permits = open();
    await permits.hold(TEN_MINUTES);
    await expect(permits.take(turn(60_000))).rejects.toMatchObject({ name: 'HeldTooLong', ms: expect.any(Number) });
    await permits.lift();
  });

  it('ends for those who wait for it when an operator wants the endpoint tried', async () => {
    const permits = open();
    await permits.hold(TEN_MINUTES);
    const waiting = permits.take(turn(TEN_MINUTES));
    await permits.lift();
    await waiting;
    await permits.take(turn(0));
  });
});

describe('A wait that the endpoint asked of another process', () => {
  it('is told to a call that may not wait so long, and ends with that process’s order', async () => {
    const [ours, theirs] = [named('b'), named('b')];
    await theirs.hold(TEN_MINUTES);
    await expect(ours.take(turn(60_000))).rejects.toMatchObject({ name: 'HeldTooLong' });
    await theirs.lift();
    await ours.take(turn(0));
  });

  it('is waited for by a call that has the time, and by those who only wait for a turn', async () => {
    const [ours, theirs] = [named('c'), named('c')];
    await theirs.hold(boundedWait(300));
    await Promise.all([ours.take(turn(60_000)), ours.take(turn(0))]);
    const { rows } = await batch.pool.query(
      `select free_at > clock_timestamp() + interval '1 second' as held from batch.llm_rate where endpoint = 'c'`,
    );
    expect(rows).toEqual([{ held: false }]);
  });
});

describe('An endpoint that asked for ten minutes and answers again', () => {
  it.each<[string, () => Permits]>([
    ['without a rate', () => new FreePermits()],
    ['with a rate', () => new PostgresPermits(batch.pool, 'd', { requestsPerMinute: 60_000 })],
  ])('is tried at once when an operator resumes, %s', async (_, open) => {
    const permits = open();
    await using world = await openLlmWorld({
      permits,
      behave: (n) => (n === 1 ? { kind: 'error', status: 429, retryAfter: '999999' } : { kind: 'sound' }),
    });
    const { generator } = world;
    expect(await world.generate(patient())).toMatchObject({ status: 'unavailable' });
    expect(await world.generate(patient())).toMatchObject({ status: 'unavailable' });
    generator.tryNow();
    expect(await world.generate(patient())).toMatchObject({ status: 'generated' });
    expect(await world.generate(patient())).toMatchObject({ status: 'generated' });
    expect(world.received).toHaveLength(3);
  });
});

describe('A call that was given up', () => {
  it.each<[string, () => Permits]>([
    ['without a rate', () => new FreePermits()],
    ['with a rate that processes share', () => named('d')],
  ])('before it asked for its turn is told so and not kept waiting, %s', async (_, open) => {
    const givenUp = new Error('the lease is lost');
    const asked = open().take({ ...turn(60_000), signal: AbortSignal.abort(givenUp) });
    expect(await Promise.race([asked.then(() => 'HAS A TURN', String), delay(2_000, 'WAITS', { ref: false })])).toBe(String(givenUp));
  });
});
