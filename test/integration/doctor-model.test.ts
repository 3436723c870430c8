import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { HEARTBEAT_MS, Workers } from '../../src/store/workers.js';
import { readConfig } from '../../src/config/config.js';
import { BEHAVIOURS, type Behaviour } from '../../src/local-model/behaviour.js';
import { openLocalModel } from '../../src/local-model/local-model.js';
import { judgeModel } from '../../src/doctor/model.js';
import { runDoctor } from '../../src/doctor/run-doctor.js';
import type { CheckResult } from '../../src/doctor/finding.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { codedError } from '../support/coded-error.js';
import { until } from '../support/until.js';

let batch: TestBatch;
beforeAll(async () => {
  batch = await createTestBatch({ users: 1 });
});
afterAll(() => batch.close());
afterEach(() => void jest.useRealTimers());

/** What the doctor says of an endpoint that behaves so, and what it was asked. */
async function judged(
  how: string | Behaviour | ((n: number) => Behaviour),
  more: Record<string, string> = {},
): Promise<{ verdict: CheckResult; bodies: string[] }> {
  const bodies: string[] = [];
  let received = 0;
  const named = typeof how === 'string' ? (BEHAVIOURS[how] ?? { kind: 'sound' as const }) : how;
  const behave = (): Behaviour => (typeof named === 'function' ? named((received += 1)) : named);
  await using model = await openLocalModel({ port: 0, behave, onReceived: ({ body }) => bodies.push(body) });
  const config = readConfig({ DATABASE_URL: batch.url, LLM_BASE_URL: model.url, LLM_MODEL: 'local', LLM_TIMEOUT_MS: '2000', ...more });
  return { verdict: await judgeModel(config, batch.pool), bodies };
}

describe('The doctor, of a language model', () => {
  it.each(['sound', 'no-format', 'reasoning-model', 'silent-about-seed'])(
    'says that a run would work where one would (%s)',
    async (name) => {
      const { verdict, bodies } = await judged(name);
      expect(verdict).toMatchObject({ status: 'ok', found: 'local answers a question without a patient', advice: null });
      for (const body of bodies) expect(body).toContain('5000'); // nobody's steps
    },
  );

  it.each([
    ['401', /refuses the key, the model or the quota \(HTTP 401\)/u],
    ['404', /refuses every question \(HTTP 404\)/u],
    ['page', /refuses every question/u],
    ['thinking', /refuses every question.*LLM_MAX_OUTPUT_TOKENS/u],
    ['hang', /does not answer/u],
    ['hangup', /does not answer/u],
    ['retry-after-a-day', /asks to come back later \(HTTP 429\)/u],
  ])('names what a run would meet, and what to do (%s)', async (name, found) => {
    expect((await judged(name)).verdict).toMatchObject({
      status: 'problem',
      found: expect.stringMatching(found),
      advice: expect.stringContaining('pauses'),
    });
    if (name === '404') expect((await judged(name, { LLM_ON_OUTAGE: 'RULES' })).verdict.advice).toContain('The rules stand in');
  });

  it.each([
    ['usage-none', 'tells no usage'],
    ['usage-huge', 'tells a usage that cannot be'],
  ])('warns of figures that cannot be believed (%s)', async (name, found) => {
    expect((await judged(name)).verdict).toMatchObject({ status: 'warning', found: expect.stringContaining(found) });
  });

  it.each<[string, string | Behaviour, string]>([
    ['JSON that is cut', 'malformed', 'JSON'],
    ['prose', { kind: 'text', text: '오늘은 쌀밥이 좋겠어요.' }, 'JSON'],
    ['thoughts alone', { kind: 'text', text: '<think>{"b":[1],"l":[2],"d":[3],"p":[]}' }, 'JSON'],
    ['an answer of another shape', { kind: 'text', text: '{"b":[1],"l":["쌀밥을 드세요 쌀밥을 드세요 쌀밥을 드세요 쌀밥을 드세요 쌀밥을 드세요 쌀밥을 드세요 쌀밥을 드세요 쌀밥을 드세요"],"d":[3],"p":[]}' }, 'l[0]'], // prettier-ignore
  ])('warns of a model that answers with nothing that can be read, and says what to do: %s', async (_, how, place) => {
    const { verdict, bodies } = await judged(how);
    expect(verdict).toMatchObject({
      status: 'warning',
      found: `local answers a question without a patient, but with nothing that can be read (what is wrong: ${place})`,
      advice: expect.stringMatching(/^The rules write.*Choose a model.*LLM_MAX_OUTPUT_TOKENS/u),
    });
    expect(bodies).toHaveLength(2);
    expect((await judged(how, { LLM_FALLBACK: 'NONE' })).verdict.advice).toContain('fails');
  });

  it('gives a model the second chance that it has in a run', async () => {
    const { verdict } = await judged((n) => (n === 1 ? { kind: 'text', text: 'Sure!' } : { kind: 'sound' }));
    expect(verdict.status).toBe('ok');
  });

  it('tells of a worker that cannot reach it, for as long as that lives', async () => {
    const workers = new Workers(batch.pool);
    const workerId = '0198f0a0-0000-7000-8000-00000000000a';
    await workers.signIn({ workerId, roles: 'worker', lanes: 1, version: '0' });
    await workers.noteModel(workerId, 'the endpoint does not answer');
    expect((await judged('sound')).verdict).toMatchObject({
      status: 'warning',
      found: expect.stringContaining('the endpoint does not answer'),
    });
    await workers.signOut(workerId);
    expect((await judged('sound')).verdict).toMatchObject({ status: 'ok' });
  });

  it('is well again with the next sign of a worker whose word of that the database did not take', async () => {
    jest.useFakeTimers({
      doNotFake: [
        'Date',
        'hrtime',
        'nextTick',
        'performance',
        'queueMicrotask',
        'setImmediate',
        'clearImmediate',
        'setTimeout',
        'clearTimeout',
      ],
    });
    let isAway = false;
    const query = ((text: string, values?: unknown[]) =>
      isAway ? Promise.reject(codedError('57P03')) : batch.pool.query(text, values)) as TestBatch['pool']['query'];
    const workers = new Workers({ query });
    const workerId = '0198f0a0-0000-7000-8000-00000000000b';
    await workers.signIn({ workerId, roles: 'worker', lanes: 1, version: '0' });
    await workers.noteModel(workerId, 'the endpoint does not answer');
    isAway = true;
    await expect(workers.noteModel(workerId, null)).rejects.toMatchObject({ code: '57P03' });
    isAway = false;
    expect(await workers.modelProblem()).toBe('the endpoint does not answer');
    jest.advanceTimersByTime(HEARTBEAT_MS);
    await until(async () => (await workers.modelProblem()) === null);
    await workers.signOut(workerId);
  });

  it('is asked for with everything else, where a model is configured', async () => {
    const none = await runDoctor(readConfig({ NODE_ENV: 'test', DATABASE_URL: batch.url }), { invariants: false });
    expect(none).toContainEqual(
      expect.objectContaining({ check: 'language model', status: 'ok', found: 'none is configured', advice: null }),
    );
    const nowhere = { LLM_BASE_URL: 'http://127.0.0.1:1/v1', LLM_MODEL: 'local', LLM_TIMEOUT_MS: '2000' };
    const findings = await runDoctor(readConfig({ NODE_ENV: 'test', DATABASE_URL: batch.url, ...nowhere }), { invariants: false });
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'language model', status: 'problem', found: expect.any(String), advice: expect.any(String) }),
    );
  });
});
