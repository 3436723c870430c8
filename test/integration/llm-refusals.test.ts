import { describe, expect, it } from '@jest/globals';
import { fullForm, LearntForm, parametersIn } from '../../src/generators/llm/call-form.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { BEHAVIOURS, type Behaviour } from '../../src/local-model/behaviour.js';
import type { ChatRequest } from '../../src/local-model/chat-request.js';
import { patient } from '../domain/advice/advice-fixture.js';
import { openLlmWorld } from '../support/llm-world.js';
import { until } from '../support/until.js';

const named = (name: string): Behaviour => {
  const found = BEHAVIOURS[name];
  if (found === undefined) throw new RangeError(`there is no behaviour ${name}`);
  return found;
};
const sound: Behaviour = { kind: 'sound' };
/** Whether a question is this user's, whose steps no other has. */
const isAbout = (steps: number, { messages }: ChatRequest): boolean => messages.some(({ content }) => content.includes(String(steps)));

describe('A refusal that meets everybody', () => {
  const EVERYBODYS = ['404', '405', '422', '424', 'bad-key-400', 'unknown-model-400', 'error-200', 'page', 'redirect', '101', 'thinking'];
  it.each(EVERYBODYS)('pauses the run instead of failing anybody, and is told (%s)', async (name) => {
    const told: string[] = [];
    const listener = { away: ({ kind }: { kind: string }) => void told.push(kind), back: () => void told.push('back') };
    await using world = await openLlmWorld({ behave: () => named(name), listener });
    const results = await Promise.all([1_111, 2_222, 3_333].map((steps) => world.generate(patient({ steps: [steps] }))));
    for (const result of results)
      expect(result).toEqual({ status: 'unavailable', reason: expect.stringContaining('refuses every question') });
    expect(told).toEqual(['UNFIT']);
    expect(world.generator.standing(DAILY)).toMatchObject({ status: 'AWAY', reason: expect.stringContaining('mend') });
    expect(world.received.filter(({ body }) => ['2222', '3333'].some((steps) => body.includes(steps)))).toEqual([]); // one user went first
  });

  it('lets the rules stand in where that is configured, and its outcomes say so', async () => {
    await using world = await openLlmWorld({ behave: () => named('405'), settings: { onOutage: 'RULES' } });
    for (const steps of [1_111, 2_222]) {
      const result = await world.generate(patient({ steps: [steps] }));
      expect(result).toMatchObject({ status: 'generated', generator: 'RULES', trace: { fallbackReason: 'GENERATOR_REFUSED' } });
    }
    expect(world.generator.standing(DAILY)).toEqual({ status: 'SERVES' });
  });

  it('is found out in the middle of a run too, whichever user is refused first', async () => {
    let refuses = false;
    await using world = await openLlmWorld({ behave: () => (refuses ? named('422') : sound) });
    expect(await world.generate(patient())).toMatchObject({ status: 'generated' });
    refuses = true;
    const results = await Promise.all([1_111, 2_222, 3_333].map((steps) => world.generate(patient({ steps: [steps] }))));
    expect(results.map(({ status }) => status)).toEqual(['unavailable', 'unavailable', 'unavailable']);
  });

  it('is told by users who are refused alike, one after another, although our own question is taken', async () => {
    await using world = await openLlmWorld({
      behave: (_, request) => (isAbout(7_777, request) ? named('422') : sound),
      settings: { fallback: 'NONE' },
    });
    const results = [];
    for (let user = 0; user < 8; user += 1) results.push(await world.generate(patient({ steps: [7_777], userId: user as never })));
    expect(results.slice(0, 7).map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 'failed'));
    expect(results[7]).toMatchObject({ status: 'unavailable' });
  });
});

describe('A refusal of one user’s question', () => {
  it.each(['404', '422', 'error-200', 'page', 'thinking'])('is that user’s failure and nobody else’s (%s)', async (name) => {
    await using world = await openLlmWorld({
      behave: (_, request) => (isAbout(4_321, request) ? named(name) : sound),
      settings: { fallback: 'NONE' },
    });
    expect(await world.generate(patient({ steps: [4_321] }))).toMatchObject({
      status: 'failed',
      code: 'GENERATOR_ERROR',
      retryable: false,
    });
    expect(await world.generate(patient())).toMatchObject({ status: 'generated', attempts: 1 });
    expect(world.generator.standing(DAILY)).toEqual({ status: 'SERVES' });
    // The question that showed it was our own: it holds no patient.
    expect(world.received.some(({ body }) => body.includes('5000') && !body.includes('4321'))).toBe(true);
  });

  it('does not switch anything off: one unlucky 400, and the next is asked as ever', async () => {
    await using world = await openLlmWorld({ behave: (n) => (n === 1 ? { kind: 'error', status: 400 } : sound) });
    await world.generate(patient());
    await world.generate(patient({ steps: [2_222] }));
    const last = JSON.parse(world.received.at(-1)?.body ?? '') as object;
    expect(last).toMatchObject({ response_format: { type: 'json_schema' }, max_tokens: 1_500, temperature: 0.3, seed: expect.any(Number) });
  });
});

describe('A parameter that an endpoint refuses', () => {
  it.each([
    ['no-max-tokens', { max_completion_tokens: 1_500 }, ['max_tokens']],
    ['no-limit', {}, ['max_tokens', 'max_completion_tokens']],
    ['no-temperature', { max_tokens: 1_500 }, ['temperature']],
    ['no-seed', { temperature: 0.3 }, ['seed']],
    ['no-format', { seed: expect.any(Number) }, ['response_format']],
    ['reasoning-model', { max_completion_tokens: 1_500 }, ['max_tokens', 'temperature', 'seed']],
    ['silent-about-seed', { max_tokens: 1_500, temperature: 0.3, response_format: expect.anything() }, ['seed']],
  ])('is left out, what else there is stays, and the next user is asked so at once (%s)', async (name, kept, left) => {
    await using world = await openLlmWorld({ behave: () => named(name) });
    expect(await world.generate(patient())).toMatchObject({ status: 'generated' });
    const before = world.received.length;
    expect(await world.generate(patient({ steps: [2_222] }))).toMatchObject({ status: 'generated', attempts: 1 });
    expect(world.received).toHaveLength(before + 1);
    const last = JSON.parse(world.received.at(-1)?.body ?? '') as object;
    expect(last).toMatchObject(kept);
    for (const parameter of left) expect(last).not.toHaveProperty(parameter);
  });

  it('is asked for again after an hour', () => {
    let now = 0;
    const forms = new LearntForm(fullForm('auto'), () => now);
    forms.learn({ ...forms.full, seed: false });
    now = 3_599_999;
    expect(forms.current.seed).toBe(false);
    now = 3_600_000;
    expect(forms.current).toBe(forms.full);
  });

  it.each([
    ["Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", ['limit']],
    ['{"detail":[{"loc":["body","seed"],"msg":"Extra inputs are not permitted"}]}', ['seed']],
    ["Unsupported value: 'temperature' does not support 0.3 with this model.", ['temperature']],
    ["Invalid parameter: 'response_format' of type 'json_schema' is not supported", ['structured']],
    ['seeds and temperatures', []],
  ])('is found in what endpoints say: %s', (text, parameters) => {
    expect(parametersIn(text)).toEqual(parameters);
  });

  it('is paid for: every further request takes a turn and money', async () => {
    let [turns, reserved] = [0, 0];
    const permits = {
      take: () => Promise.resolve(void (turns += 1)),
      correct: () => undefined,
      hold: () => Promise.resolve(),
      lift: () => Promise.resolve(),
    };
    const spending = { reserve: () => Promise.resolve((reserved += 1) > 0), settle: () => Promise.resolve() };
    await using world = await openLlmWorld({ behave: () => named('silent-about-seed'), permits, spending });
    await world.generate(patient());
    expect(world.received.length).toBeGreaterThan(3);
    expect([turns, reserved]).toEqual([world.received.length, world.received.length]);
  });

  it('stays where it must: structured output that is on is never left out', async () => {
    await using world = await openLlmWorld({ behave: () => named('no-format'), settings: { structured: 'on' } });
    expect(await world.generate(patient())).toMatchObject({ status: 'unavailable' });
    expect(world.received.every(({ body }) => body.includes('response_format'))).toBe(true);
  });
});

describe('A connection', () => {
  it.each(['101', 'hang', 'drip', 'cut', 'reset', 'hangup', 'flood', 'endless-headers', 'endless-100'])(
    'that does as it likes settles within the user’s time (%s)',
    async (name) => {
      await using world = await openLlmWorld({
        behave: (n) => (n === 1 ? sound : named(name)),
        settings: { timeoutMs: 3_000, fallback: 'NONE' },
      });
      expect(await world.generate(patient())).toMatchObject({ status: 'generated' });
      // What never settles runs into the test's own time.
      expect(['failed', 'unavailable']).toContain((await world.generate(patient())).status);
    },
  );

  it('of a first user that stays silent is kept open, since a model may be loading, and the user is not failed for it', async () => {
    await using world = await openLlmWorld({
      behave: (n) => (n === 1 ? { kind: 'sound', latencyMs: 5_000 } : sound),
      settings: { timeoutMs: 2_000, loadMs: 60_000, fallback: 'NONE' },
    });
    expect(await world.generate(patient())).toEqual({ status: 'unavailable', reason: expect.stringContaining('does not answer') });
    expect(world.generator.standing(DAILY)).toMatchObject({ status: 'AWAY' }); // also when its pause is over: the first call still is open
    await until(() => Promise.resolve(world.generator.standing(DAILY).status === 'ON_TRIAL'));
    expect(await world.generate(patient())).toMatchObject({ status: 'generated' });
    expect(world.received).toHaveLength(2);
  });
});
