import { describe, expect, it } from '@jest/globals';
import { recordedAdvice } from '../../src/domain/advice/points/explain.js';
import type { Generator } from '../../src/application/ports.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { localDate } from '../../src/domain/local-date.js';
import { profileOf } from '../../src/records/profile-columns.js';
import { RULE_VERSION } from '../../src/domain/advice/rule-engine.js';
import type { InterventionRow } from '../../src/domain/programs/intervention-row.js';
import { loadPrompt } from '../../src/generators/llm/prompt-file.js';
import { BEHAVIOURS, type Behaviour } from '../../src/local-model/behaviour.js';
import type { ChatRequest } from '../../src/local-model/chat-request.js';
import { soundAnswer } from '../../src/local-model/sound-answer.js';
import { idOf, patient, vocabulary } from '../domain/advice/advice-fixture.js';
import { openLlmWorld, RUN_ID } from '../support/llm-world.js';

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
      trace: { model: 'local', promptVersion: 'daily-3', inputsHash: HASH, responseHash: HASH, tokensIn: expect.any(Number) },
      row: { gubun: 'all', inputOllamaModel: 'local', exerciseTarget: 5_500 },
    });
    expect(result).not.toHaveProperty('fallbackOf');
    expect(outputsOf(result)).toMatchObject({ generator: 'LLM', temperature: 0.3, seed: expect.any(Number), promptVersion: 'daily-3' });
    // By these each sentence can be explained: the vocabulary, and what was said by which of its wordings.
    expect(recordedAdvice(outputsOf(result))).toMatchObject({
      vocabulary: vocabulary.version,
      points: expect.arrayContaining([expect.objectContaining({ id: 'COMPOSED_MEAL' })]),
    });
    expect(world.received).toHaveLength(1);
  });

  it.each(['ko', 'en'] as const)(
    'gives the same advice for the same inputs, byte for byte, and other sentences to other people (%s)',
    async (language) => {
      await using world = await openLlmWorld({ language });
      const given = patient({ today: [idOf('김치찌개')], recent: [idOf('김치찌개')] });
      const [one, again, other] = await Promise.all([
        world.generate(given),
        world.generate(given),
        world.generate({ ...given, userId: 8 as never }),
      ]);
      expect(one).toMatchObject(generated);
      const advice = (result: typeof one) => {
        const { row } = result as { row: object & { outputs: string } };
        const { durationMs: _, ...outputs } = JSON.parse(row.outputs) as { durationMs: number };
        return JSON.stringify({ ...row, processingTime: 0, outputs });
      };
      expect(advice(again)).toBe(advice(one));
      expect(advice(other)).not.toBe(advice(one));
      const third = await world.generate({ ...given, today: [idOf('쌀밥')] });
      const hashOf = (result: typeof one): unknown => (outputsOf(result) as { inputsHash: string }).inputsHash;
      expect(hashOf(third)).toMatch(/^[0-9a-f]+$/);
      expect(hashOf(third)).not.toBe(hashOf(one));
    },
  );

  it('asks no model about a patient to whom no dish is offered, by a call or in a batch', async () => {
    await using world = await openLlmWorld();
    const profile = profileOf([0, null, null, '투석 중이에요', null], localDate('2026-03-14'));
    expect(await world.generate(patient({ profile }))).toMatchObject({
      status: 'generated',
      generator: 'RULES',
      fallbackOf: 'LLM',
      trace: { fallbackReason: 'DIET_BY_CLINIC' },
      row: { dietTarget: { Breakfast: [], Lunch: [], Dinner: [] } },
    });
    expect(world.received).toEqual([]);
    expect(await world.generate(patient())).toMatchObject({ status: 'generated' });
    expect(world.received).toHaveLength(1);
  });

  it('gives the advice of a recorded answer again, from any endpoint', async () => {
    const given = patient({ today: [idOf('라면')], recent: [idOf('라면')] });
    const answers: string[] = [];
    const rowsOf = async (behave: (received: number, request: ChatRequest) => Behaviour): Promise<unknown> => {
      await using world = await openLlmWorld({ behave });
      const result = await world.generate(given);
      const { dietEvaluation, dietTarget, exerciseEvaluation, exerciseTarget } = (result as { row: InterventionRow }).row;
      return JSON.stringify([dietEvaluation, dietTarget, exerciseEvaluation, exerciseTarget]);
    };
    const recorded = await rowsOf((_, request) => {
      answers.push(JSON.stringify(soundAnswer(request)));
      return { kind: 'sound' };
    });
    expect(answers).toHaveLength(1);
    expect(await rowsOf(() => ({ kind: 'text', text: answers[0] ?? '' }))).toBe(recorded);
  });

  it.each(['thoughts', 'channels', 'fenced'])('takes a sound answer with %s around it', async (name) => {
    await using world = await openLlmWorld({ behave: () => BEHAVIOURS[name] ?? { kind: 'hang' } });
    const result = await world.generate(patient());
    expect(result).toMatchObject({ status: 'generated', attempts: 1 });
    expect(result).not.toHaveProperty('fallbackOf');
  });

  it('leaves out what is not true, counts it, and saves the rest', async () => {
    await using world = await openLlmWorld({ behave: () => BEHAVIOURS['untrue'] ?? { kind: 'hang' } });
    const result = await world.generate(patient());
    expect(result).toMatchObject({ status: 'generated', attempts: 1, trace: { violations: ['POINT_NOT_TRUE'] } });
    expect(result).not.toHaveProperty('fallbackOf');
    const { droppedPoints } = outputsOf(result) as { droppedPoints: number };
    expect(droppedPoints).toBeGreaterThanOrEqual(2);
    expect(Object.fromEntries(world.meter.violations)).toEqual({ POINT_NOT_TRUE: droppedPoints });
  });

  it.each(['RULES', 'NONE'] as const)(
    'asks no model about a patient of whom a warning is true that may not be said, and no other try mends that (%s)',
    async (fallback) => {
      const words = vocabulary.keeping(vocabulary.points.filter(({ id }) => id !== 'COOK_WITHOUT'), 'without a warning'); // prettier-ignore
      await using world = await openLlmWorld({ words, settings: { fallback } });
      expect(await world.generate(patient())).toMatchObject({ status: 'failed', code: 'UNSAFE_ADVICE', retryable: false, trace: { violations: ['UNSAID_WARNING'] } }); // prettier-ignore
      expect(world.generator.batches.questions([patient()])).toEqual([]);
      expect(world.received).toHaveLength(0);
    },
  );

  it('names what was wrong and where, and takes the repaired answer', async () => {
    await using world = await openLlmWorld({ behave: (n) => (n === 1 ? (BEHAVIOURS['unknown'] ?? { kind: 'sound' }) : { kind: 'sound' }) });
    const result = await world.generate(patient());
    expect(result).toMatchObject({ status: 'generated', attempts: 2, trace: { violations: expect.arrayContaining(['NOT_IN_CATALOGUE']) } });
    expect(JSON.parse(world.received[1]?.body ?? '')).toMatchObject({
      messages: [
        { role: 'system' },
        { role: 'user' },
        { role: 'assistant' },
        { role: 'user', content: expect.stringContaining(`l[0]=99: ${loadPrompt('ko').ruleOf.NOT_IN_CATALOGUE}`) },
      ],
    });
    expect(world.meter.violations.get('NOT_IN_CATALOGUE')).toBe(1);
  });

  it.each([
    ['unsafe', 'REPEATED_FOOD'],
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
    expect(outputsOf(result)).toMatchObject({
      generator: 'RULES',
      ruleVersion: RULE_VERSION,
      fallbackReason: 'UNSAFE_ADVICE',
      vocabulary: vocabulary.version,
    });
    expect(recordedAdvice(outputsOf(result))?.points.length).toBeGreaterThan(3);
    await using strict = await openLlmWorld({ behave, settings: { fallback: 'NONE' } });
    expect(await strict.generate(patient())).toMatchObject({ status: 'failed', code: 'UNSAFE_ADVICE', attempts: 2 });
  });

  it('asks no more at once than it may, together with one that is made anew for the same endpoint', async () => {
    const answered: string[] = [];
    const before: string[][] = [];
    await using world = await openLlmWorld({
      settings: { concurrency: 1 },
      behave: () => {
        before.push([...answered]);
        return { kind: 'sound', latencyMs: 50 };
      },
    });
    const ask = async (name: string, generator: Generator): Promise<void> => {
      await generator.generate(patient(), DAILY, new AbortController().signal, RUN_ID);
      answered.push(name);
    };
    await Promise.all([ask('earlier', world.generator), ask('later', world.renewed())]);
    expect(before).toEqual([[], ['earlier']]);
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
