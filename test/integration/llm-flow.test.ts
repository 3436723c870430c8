import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Pool } from 'pg';
import { readConfig } from '../../src/config/config.js';
import { boundedMicros, boundedTokens, boundedWait } from '../../src/domain/figures.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { Circuit } from '../../src/generators/llm/circuit.js';
import { ModelFailure, failureOf, requestedWaitMs } from '../../src/generators/llm/model-failure.js';
import { PostgresPermits } from '../../src/generators/llm/postgres-permits.js';
import { PostgresSpending } from '../../src/generators/llm/paid-calls.js';
import type { Behaviour } from '../../src/local-model/behaviour.js';
import type { ChatRequest } from '../../src/local-model/chat-request.js';
import { llmSettings } from '../../src/generators/llm/llm-settings.js';
import { patient } from '../domain/advice/advice-fixture.js';
import { openLlmWorld, RUN_ID } from '../support/llm-world.js';
import { Resources } from '../support/resources.js';
import { createTestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const resources = new Resources();
let pools: Pool[];

beforeAll(async () => {
  const database = await createTestDatabase();
  pools = [1, 2].map(() => new Pool({ connectionString: database.url, max: 4 }));
  resources.use({
    [Symbol.asyncDispose]: async () => {
      for (const pool of pools) await pool.end();
      await database.drop();
    },
  });
});

afterAll(async () => {
  await resources.end();
});

const never = new AbortController().signal;
const turn = (tokens: number) => ({ tokens: boundedTokens(tokens), patienceMs: 60_000, signal: never });
const twenty = Array.from({ length: 20 });

const limited = (n: number): Behaviour => (n === 1 ? { kind: 'error', status: 429, retryAfter: '0.4' } : { kind: 'sound' });
const limitedForLong = (): Behaviour => ({ kind: 'error', status: 429, retryAfter: '600' });
/** A patient whose question the endpoint does not take. */
const ODD = { steps: [4_321] };
const tooLong = (_: number, { messages }: ChatRequest): Behaviour =>
  messages.some(({ content }) => content.includes('4321'))
    ? { kind: 'error', status: 400, code: 'context_length_exceeded' }
    : { kind: 'sound' };

describe('A failed call is sorted', () => {
  const now = new Date('2026-03-01T00:00:00Z');
  it.each<[number, string, Record<string, string>, string, number]>([
    [429, 'rate_limit_exceeded', { 'retry-after': '7' }, 'RATE_LIMITED', 7_000],
    [429, 'rate_limit_exceeded', { 'retry-after': 'Sun, 01 Mar 2026 00:00:30 GMT' }, 'RATE_LIMITED', 30_000],
    [429, 'rate_limit_exceeded', { 'retry-after-ms': '1500', 'retry-after': '7' }, 'RATE_LIMITED', 1_500],
    [429, 'insufficient_quota', { 'retry-after': '7' }, 'REFUSED', 0],
    [401, '', {}, 'REFUSED', 0],
    [404, 'model_not_found', {}, 'REFUSED', 0],
    [429, '', { 'retry-after': '86400' }, 'RATE_LIMITED', 600_000],
    [429, '', { 'retry-after': 'Fri, 01 Mar 2126 00:00:00 GMT' }, 'RATE_LIMITED', 600_000],
    [429, '', { 'retry-after-ms': '1e308' }, 'RATE_LIMITED', 600_000],
    [429, '', { 'retry-after-ms': ' ', 'retry-after': '7' }, 'RATE_LIMITED', 7_000],
    [429, '', { 'retry-after': 'Sat, 28 Feb 2026 00:00:00 GMT' }, 'RATE_LIMITED', 0],
    [503, '', { 'retry-after': '2' }, 'OVERLOADED', 2_000],
    [500, '', {}, 'OVERLOADED', 0],
    [404, '', {}, 'BAD_REQUEST', 0],
    [301, '', {}, 'BAD_REQUEST', 0],
    [422, '', {}, 'BAD_REQUEST', 0],
    [200, '', {}, 'BAD_REQUEST', 0],
    [400, 'context_length_exceeded', {}, 'BAD_REQUEST', 0],
  ])('%d %s with %j is %s', (status, code, headers, ...[kind, retryAfterMs]) => {
    expect(failureOf({ status, code, headers }, now)).toMatchObject({ kind, retryAfterMs });
  });

  it.each(['nonsense', '-5', '', '1e9', 'NaN', 'true', '٣'])('and a Retry-After of %j asks for no wait', (text) => {
    expect(requestedWaitMs({ 'retry-after': text }, now)).toBe(0);
  });
});

describe('A user’s question', () => {
  it('is not asked again before the endpoint’s Retry-After is over, nor is anybody else’s', async () => {
    await using world = await openLlmWorld({ behave: limited, settings: { concurrency: 1 } });
    const both = await Promise.all([world.generate(patient()), world.generate(patient({ allergens: 1 }))]);
    expect(both).toMatchObject([{ attempts: 2 }, { attempts: 1 }]);
    const [first, ...others] = world.received.map(({ at }) => at);
    for (const at of others) expect(at - (first ?? 0)).toBeGreaterThanOrEqual(399);
  });

  it('is not asked again for what does not pass: the user fails, or the rules stand in', async () => {
    await using world = await openLlmWorld({ behave: tooLong, settings: { structured: 'off', fallback: 'NONE' } });
    expect(await world.generate(patient(ODD))).toMatchObject({ status: 'failed', code: 'GENERATOR_ERROR', retryable: false, attempts: 2 });
    // The user's question twice, since a refusal may be bad luck, and between them one of our own, which shows that it is the user's affair.
    expect(world.received).toHaveLength(3);
  });

  it('ends with its time, however many tries are left', async () => {
    await using world = await openLlmWorld({
      behave: (n) => ({ kind: n === 1 ? 'sound' : 'hang' }),
      settings: { timeoutMs: 3_000, fallback: 'NONE' },
    });
    await world.generate(patient()); // an endpoint that answers nobody is not this user's failure
    expect(await world.generate(patient())).toMatchObject({ status: 'failed', code: 'GENERATOR_TIMEOUT', retryable: true, attempts: 1 });
  });

  it('makes everybody wait when the endpoint wants a wait that no user has: nobody fails for it', async () => {
    await using world = await openLlmWorld({ behave: limitedForLong });
    expect(await world.generate(patient())).toEqual({ status: 'unavailable', reason: expect.stringContaining('come back later') });
    expect(world.generator.standing(DAILY)).toMatchObject({ status: 'AWAY' });
    expect(await world.generate(patient())).toMatchObject({ status: 'unavailable' });
    expect(world.received).toHaveLength(1); // nobody was tried before the time
  });

  it('is given up when the run is stopped', async () => {
    await using world = await openLlmWorld({ behave: () => ({ kind: 'hang' }) });
    const stop = new AbortController();
    const generating = world.generate(patient(), stop.signal);
    stop.abort();
    await expect(generating).rejects.toThrow(/abort/i);
  });

  it.each([1, 12])(
    'that was given up with its run says nothing of the endpoint: the next run’s are asked (%i of them)',
    async (stopped) => {
      let served = 0;
      await using world = await openLlmWorld({ behave: () => ((served += 1) > stopped ? { kind: 'sound' } : { kind: 'hang' }) });
      for (let user = 0; user < stopped; user += 1) {
        const stop = new AbortController();
        const generating = world.generate(patient(), stop.signal);
        await until(() => Promise.resolve(world.received.length > user));
        stop.abort();
        await expect(generating).rejects.toThrow(/abort/i);
      }
      expect(world.generator.standing(DAILY)).toEqual({ status: 'SERVES' });
      expect(await world.generate(patient())).toMatchObject({ status: 'generated' });
    },
  );
});

describe('The circuit', () => {
  it('opens at the first refusal, stays open a while, and says for how long', async () => {
    const told: string[] = [];
    const circuit = new Circuit({
      away: ({ kind }, ms, trials) => told.push(`${kind} ${ms / 1_000} ${trials}`),
      back: () => told.push('back'),
    });
    const pass = await circuit.enter(never);
    expect(pass.failed(new ModelFailure('REFUSED', { status: 401 }))).toMatchObject({ name: 'EndpointOutage' });
    await expect(circuit.enter(never)).rejects.toMatchObject({ name: 'EndpointOutage', failure: { status: 401 } });
    expect(told).toEqual(['REFUSED 60 0']);
  });

  it('tells anew of what an operator has to mend, with the wait of a first time, when it was silent before', async () => {
    const told: string[] = [];
    const circuit = new Circuit({
      away: ({ kind }, ms, trials) => told.push(`${kind} ${ms / 1_000} ${trials}`),
      back: () => told.push('back'),
    });
    for (const kind of ['TIMEOUT', 'TIMEOUT', 'OVERLOADED', 'UNFIT', 'UNFIT', 'TIMEOUT', 'UNFIT'] as const) {
      circuit.tryNow();
      (await circuit.enter(never)).failed(new ModelFailure(kind));
    }
    expect(told).toEqual(['TIMEOUT 1 0', 'TIMEOUT 2 1', 'OVERLOADED 4 2', 'UNFIT 60 0', 'UNFIT 120 1', 'TIMEOUT 4 2', 'UNFIT 480 3']);
  });
});

describe('What all processes share', () => {
  it('spaces calls evenly, of whatever process, and holds them all when one is told to wait', async () => {
    const permits = pools.map((pool) => new PostgresPermits(pool, 'endpoint', { requestsPerMinute: 3_000, tokensPerMinute: 1_000_000 }));
    const began = performance.now();
    await Promise.all(permits.flatMap((each) => twenty.map(() => each.take(turn(10)))));
    expect(performance.now() - began).toBeGreaterThanOrEqual(39 * 20 - 5);
    await permits[0]?.hold(boundedWait(300));
    const held = performance.now();
    await permits[1]?.take(turn(10));
    expect(performance.now() - held).toBeGreaterThanOrEqual(290);
  });

  it('gives back what a call did not take of the tokens', async () => {
    const [pool] = pools;
    const permits = new PostgresPermits(pool as Pool, 'tokens', { tokensPerMinute: 60_000 });
    await permits.take(turn(60_000)); // a minute's worth
    permits.correct(boundedTokens(60_000), boundedTokens(100));
    const began = performance.now();
    await permits.take(turn(1));
    expect(performance.now() - began).toBeLessThan(30_000); // it would have been a minute
  });

  it('spends no more than the budget of a run, however many spend at once', async () => {
    const budgets = pools.map((pool) => new PostgresSpending(pool, 1_000));
    const taken = await Promise.all(budgets.flatMap((budget) => twenty.map(() => budget.reserve(RUN_ID, boundedMicros(90)))));
    expect(taken.filter(Boolean)).toHaveLength(11);
    await budgets[0]?.settle(RUN_ID, boundedMicros(90), boundedMicros(10));
    expect([await budgets[1]?.reserve(RUN_ID, boundedMicros(90)), await budgets[0]?.reserve(RUN_ID, boundedMicros(1))]).toEqual([
      true,
      false,
    ]);
  });
});

describe('The configuration of a model', () => {
  it.each([
    [{ GENERATOR: 'LLM' }, /Set LLM_BASE_URL to an OpenAI-compatible endpoint.*and LLM_MODEL/u],
    [{ LLM_BASE_URL: 'http://127.0.0.1:1/v1' }, /Set LLM_MODEL/u],
    [{ LLM_BASE_URL: 'http://127.0.0.1:1/v1', LLM_MODEL: 'm', LLM_RUN_BUDGET: '5' }, /LLM_PRICE_INPUT/u],
  ])('%j stops the start and says what to set', (environment, message) => {
    expect(() => llmSettings(readConfig(environment as Record<string, string>))).toThrow(message);
  });

  it.each(['ftp://x/v1', 'http://user:pw@x/v1', 'http://x/v1?key=1', 'nonsense'])('takes no address such as %s', (url) => {
    expect(() => readConfig({ LLM_BASE_URL: url })).toThrow(/LLM_BASE_URL: expected a URL/u);
  });

  it('is not there without an address, and complete with one', () => {
    expect(llmSettings(readConfig({}))).toBeUndefined();
    const given = { LLM_BASE_URL: 'http://x/v1/', LLM_MODEL: 'gpt-oss:20b', LLM_PRICE_INPUT: '0.15', LLM_RUN_BUDGET: '2.5' };
    expect(llmSettings(readConfig(given))).toMatchObject({ baseUrl: 'http://x/v1', model: 'gpt-oss:20b', runBudgetMicros: 2_500_000 });
  });
});
