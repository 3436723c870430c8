import { describe, expect, it } from '@jest/globals';
import { BEHAVIOURS } from '../../src/local-model/behaviour.js';
import { idOf, patient } from '../domain/advice/advice-fixture.js';
import { openLlmWorld } from '../support/llm-world.js';

const generated = { status: 'generated' };
const HASH = expect.stringMatching(/^[0-9a-f]{64}$/);
/** A row's `outputs`. */
const outputsOf = (result: unknown): unknown => JSON.parse((result as { row: { outputs: string } }).row.outputs);

describe('The LLM generator', () => {
  it('takes a sound answer, and records how it came about', async () => {
    await using world = await openLlmWorld();
    const result = await world.generate(patient());
    expect(result).toMatchObject({
      status: 'generated',
      attempts: 1,
      trace: { model: 'local', promptVersion: 'daily-1', inputsHash: HASH, responseHash: HASH, tokensIn: expect.any(Number) },
      row: { gubun: 'all', inputOllamaModel: 'local', exerciseTarget: 5_500 },
    });
    expect(result).not.toHaveProperty('fallbackOf');
    expect(outputsOf(result)).toMatchObject({ generator: 'LLM', temperature: 0.3, seed: expect.any(Number), promptVersion: 'daily-1' });
    expect(world.received).toHaveLength(1);
  });

  it.each(['ko', 'en'] as const)('gives the same advice for the same inputs, whoever they are of (%s)', async (language) => {
    await using world = await openLlmWorld({ language });
    const [one, other] = await Promise.all([world.generate(patient()), world.generate(patient({ userId: 8 as never }))]);
    expect(one).toMatchObject(generated);
    const advice = (result: typeof one) => ({ ...(result as { row: object }).row, outputs: null, processingTime: 0 });
    expect(advice(one)).toEqual(advice(other));
    expect(outputsOf(one)).toMatchObject({ inputsHash: (outputsOf(other) as { inputsHash: string }).inputsHash });
    const third = await world.generate(patient({ today: [idOf('쌀밥')], recent: [idOf('쌀밥')] }));
    expect(third).toMatchObject(generated);
    expect((outputsOf(third) as { inputsHash: string }).inputsHash).toMatch(/^[0-9a-f]+$/);
    expect((outputsOf(third) as { inputsHash: string }).inputsHash).not.toBe((outputsOf(one) as { inputsHash: string }).inputsHash);
  });

  it('names the violations and takes the repaired answer', async () => {
    await using world = await openLlmWorld({ behave: (n) => (n === 1 ? (BEHAVIOURS['unsafe'] ?? { kind: 'sound' }) : { kind: 'sound' }) });
    const result = await world.generate(patient());
    expect(result).toMatchObject({ status: 'generated', attempts: 2, trace: { violations: ['CURE_PROMISED'] } });
    expect(JSON.parse(world.received[1]?.body ?? '')).toMatchObject({
      messages: [
        { role: 'system' },
        { role: 'user' },
        { role: 'assistant' },
        { role: 'user', content: expect.stringContaining('CURE_PROMISED') },
      ],
    });
    expect(Object.fromEntries(world.meter.violations)).toEqual({ CURE_PROMISED: 1 });
  });

  it.each([
    ['unsafe', 'CURE_PROMISED'],
    ['unknown', 'NOT_IN_CATALOGUE'],
    ['malformed', 'MALFORMED_ANSWER'],
  ])('lets the rules stand in after two %s answers, or fails the user where they may not', async (name, code) => {
    const behave = () => BEHAVIOURS[name] ?? { kind: 'sound' as const };
    await using world = await openLlmWorld({ behave });
    const result = await world.generate(patient());
    expect(result).toMatchObject({
      status: 'generated',
      generator: 'RULES',
      fallbackOf: 'LLM',
      attempts: 2,
      trace: { violations: expect.arrayContaining([code]), fallbackReason: 'UNSAFE_ADVICE', tokensIn: expect.any(Number) },
      row: { inputOllamaModel: 'RULE' },
    });
    expect(outputsOf(result)).toMatchObject({ generator: 'RULES', ruleVersion: 'rules-1', fallbackReason: 'UNSAFE_ADVICE' });
    await using strict = await openLlmWorld({ behave, settings: { fallback: 'NONE' } });
    expect(await strict.generate(patient())).toMatchObject({ status: 'failed', code: 'UNSAFE_ADVICE', attempts: 2 });
  });

  it('works with an endpoint that knows no structured output', async () => {
    await using world = await openLlmWorld({
      behave: (_, { response_format }) => (response_format === undefined ? { kind: 'sound' } : { kind: 'error', status: 400 }),
    });
    expect(await world.generate(patient())).toMatchObject(generated);
    expect(await world.generate(patient())).toMatchObject(generated);
    const asked = world.received.map(({ body }) => 'response_format' in (JSON.parse(body) as object));
    // Questions of our own found out what it was; after that nobody is asked with it.
    expect([asked[0], ...asked.slice(-2)]).toEqual([true, false, false]);
    expect(asked.lastIndexOf(true)).toBeLessThan(asked.length - 4);
  });
});
