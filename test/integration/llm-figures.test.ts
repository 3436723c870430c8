import { describe, expect, it } from '@jest/globals';
import { boundedMicros, boundedTokens, boundedWait, MAX_TOKENS, microsOf, tokensOf } from '../../src/domain/figures.js';
import { decode, encode } from '../../src/eventlog/codec.js';
import { usageOf } from '../../src/generators/llm/call-usage.js';
import { readChatAnswer } from '../../src/generators/llm/chat-answer.js';
import type { Permits } from '../../src/generators/llm/permits.js';
import type { Spending } from '../../src/generators/llm/paid-calls.js';
import { BEHAVIOURS } from '../../src/local-model/behaviour.js';
import { patient } from '../domain/advice/advice-fixture.js';
import { openLlmWorld } from '../support/llm-world.js';

const SIZE = { sentBytes: 6_000, writtenBytes: 1_500, isAnswered: true, limit: 4_000 };
const GUESS = { tokensIn: 2_000, tokensOut: 500 };
const ABSURD: readonly unknown[] = [-35, 4_294_967_295, 0, 1e308, Number.NaN, 12.5, '2000', true, null, [2_000], { count: 2_000 }, 2 ** 53];

/** What rate and budget are told of, call by call. */
function accountants() {
  const corrected: number[] = [];
  const settled: number[] = [];
  const permits: Permits = {
    take: () => Promise.resolve(),
    correct: (_, tokens) => void corrected.push(tokens),
    hold: () => Promise.resolve(),
    lift: () => Promise.resolve(),
  };
  const spending: Spending = {
    reserve: () => Promise.resolve(true),
    settle: (_, __, micros) => Promise.resolve(void settled.push(micros)),
  };
  return { corrected, settled, permits, spending };
}

describe('A figure of an endpoint', () => {
  it.each(ABSURD)('of %p is estimated from the texts, and charged at the most that it can have been', (figure) => {
    const usage = usageOf({ prompt_tokens: figure, completion_tokens: figure }, SIZE);
    expect(usage).toEqual({ ...GUESS, mostIn: 6_000, mostOut: 1_500, cachedIn: 0, estimated: figure === null ? 'MISSING' : 'ABSURD' });
  });

  it.each([undefined, null, 'none', 7, [], { total_tokens: 9 }])('is estimated where `usage` is %p', (told) => {
    expect(usageOf(told, SIZE)).toMatchObject({ ...GUESS, estimated: 'MISSING' });
  });

  it('is believed where it fits what was sent and written, reasoning included', () => {
    expect(usageOf({ prompt_tokens: 1_900, completion_tokens: 3_100 }, SIZE)).toEqual({ tokensIn: 1_900, tokensOut: 3_100, mostIn: 1_900, mostOut: 3_100, cachedIn: 0 }); // prettier-ignore
    // One of the two alone may be absurd.
    expect(usageOf({ prompt_tokens: 1_900, completion_tokens: -1 }, SIZE)).toMatchObject({
      tokensIn: 1_900,
      tokensOut: 500,
      estimated: 'ABSURD',
    });
  });

  it.each([
    ['one token for six thousand bytes', { prompt_tokens: 1, completion_tokens: 500 }],
    ['more tokens than bytes', { prompt_tokens: 100_000, completion_tokens: 500 }],
    ['more words than the limit allows', { prompt_tokens: 2_000, completion_tokens: 90_000 }],
  ])('is not believed where it tells of %s', (_, told) => {
    expect(usageOf(told, SIZE)).toMatchObject({ ...GUESS, estimated: 'ABSURD' });
  });

  it.each([
    ['nothing shown at all', 0, 4_000, 4_000],
    ['a part of its thoughts shown', 300, 4_000, 4_000],
    ['more shown than was allowed', 9_000, 4_000, 9_000],
    ['no limit that it takes', 0, undefined, 128_000],
  ])('is taken for the most that was allowed where no answer came, with %s', (_, writtenBytes, limit, tokensOut) => {
    expect(usageOf(undefined, { ...SIZE, writtenBytes, isAnswered: false, limit })).toMatchObject({ tokensOut, mostOut: tokensOut });
    expect(usageOf({ prompt_tokens: 1_900, completion_tokens: 3_100 }, { ...SIZE, writtenBytes, isAnswered: false, limit })).toMatchObject({ tokensOut: 3_100 }); // prettier-ignore
  });

  it('of a cache is believed where it fits a figure that is, and is no discount otherwise', () => {
    const cached = (tokens: unknown, prompt: unknown = 1_900) =>
      usageOf({ prompt_tokens: prompt, completion_tokens: 500, prompt_tokens_details: { cached_tokens: tokens } }, SIZE).cachedIn;
    expect([cached(0), cached(1_024), cached(1_900)]).toEqual([0, 1_024, 1_900]);
    expect([...ABSURD, 1_901, '1024'].map((tokens) => cached(tokens))).toEqual([...ABSURD, 1_901, '1024'].map(() => 0));
    expect(ABSURD.map((prompt) => cached(1_024, prompt))).toEqual(ABSURD.map(() => 0));
    expect(usageOf({ prompt_tokens: 1_900, completion_tokens: 500, prompt_tokens_details: 'all' }, SIZE).cachedIn).toBe(0);
  });

  it('cannot leave its bounds, whatever is computed', () => {
    for (const figure of [Number.NaN, -1, Number.NEGATIVE_INFINITY]) {
      expect([boundedTokens(figure), boundedMicros(figure), boundedWait(figure)]).toEqual([0, 0, 0]);
    }
    expect([boundedTokens(1e308), boundedMicros(1e308), boundedWait(1e308)].every(Number.isSafeInteger)).toBe(true);
    expect(ABSURD.filter((figure) => figure !== 0 && tokensOf(figure) !== undefined)).toEqual([]);
    expect([microsOf(-1), microsOf(1e308), microsOf('1')]).toEqual([undefined, undefined, undefined]);
  });
});

describe('An answer of an endpoint', () => {
  const sent = { sentBytes: 6_000, limit: 4_000 };
  it.each([
    ['null', 'BAD_REQUEST'],
    ['[]', 'BAD_REQUEST'],
    ['"ok"', 'BAD_REQUEST'],
    ['{"choices":{}}', 'BAD_REQUEST'],
    ['{"choices":[null]}', 'BAD_REQUEST'],
    ['{"error":{"message":"no"}}', 'BAD_REQUEST'],
    ['{"error":"no"}', 'BAD_REQUEST'],
    ['{"error":{"code":429}}', 'RATE_LIMITED'],
    ['{"error":{"code":"invalid_api_key"}}', 'REFUSED'],
    ['{"error":{"code":503}}', 'OVERLOADED'],
    ['<html></html>', 'BAD_REQUEST'],
    ['{"choices":[{"mess', 'CUT_OFF'],
    ['', 'CUT_OFF'],
    ['{"choices":[{"message":{"content":"x"}}],"usage":{"prompt_tokens":NaN}}', 'CUT_OFF'],
  ])('of %s is a failure: %s', (body, kind) => {
    expect(() => readChatAnswer({ status: 200, headers: {}, body }, sent, new Date())).toThrow(expect.objectContaining({ kind }));
  });

  it.each([
    ['{"choices":[{"message":{"content":"hello"}}]}', 'hello'],
    ['\uFEFF{"error":null,"choices":[{"message":{"content":[{"type":"text","text":"hel"},{"type":"text","text":"lo"}]}}]}', 'hello'],
    ['{"choices":[{"message":{"content":null,"reasoning_content":"hm"}}],"usage":{"prompt_tokens":2000,"completion_tokens":4000}}', ''],
    ['{"choices":[{"message":{"content":{"__proto__":1}}}],"usage":{"__proto__":{"prompt_tokens":7}}}', ''],
  ])('of %s has the text %j', (body, text) => {
    expect(readChatAnswer({ status: 200, headers: {}, body }, sent, new Date())).toMatchObject({ text });
  });
});

describe('An answer without a word', () => {
  it.each(['null', '""', '" \\n"', '[]', '[{"type":"text","text":""}]'])(
    'of %s takes all that was allowed where nothing is told',
    (content) => {
      const body = `{"choices":[{"message":{"content":${content}}}]}`;
      const { usage } = readChatAnswer({ status: 200, headers: {}, body }, { sentBytes: 6_000, limit: 4_000 }, new Date());
      expect(usage).toMatchObject({ tokensOut: 4_000, mostOut: 4_000, estimated: 'MISSING' });
    },
  );
});

describe('A user whose endpoint tells absurd figures', () => {
  it.each(['usage-none', 'usage-zero', 'usage-negative', 'usage-huge', 'usage-text'])(
    'gets advice all the same (%s), and is counted as estimated; it costs something, and does not hold up the rate',
    async (name) => {
      const { corrected, settled, ...parts } = accountants();
      await using world = await openLlmWorld({ behave: () => BEHAVIOURS[name] ?? { kind: 'hang' }, ...parts });
      const result = await world.generate(patient());
      expect(result).toMatchObject({ status: 'generated', attempts: 1, trace: { estimatedCalls: 1 } });
      const { trace } = result as { trace: { tokensIn: number; tokensOut: number; costMicros: number } };
      expect(trace.tokensIn).toBeGreaterThan(500);
      expect(trace.tokensOut).toBeGreaterThan(20);
      expect(trace.costMicros).toBeGreaterThan(trace.tokensIn);
      expect(settled).toEqual([trace.costMicros]);
      expect(corrected).toEqual([trace.tokensIn + trace.tokensOut]);
      expect(trace.tokensIn + trace.tokensOut).toBeLessThan(20_000);
      expect(world.meter.estimates.size).toBe(1);
      expect(encode('InterventionGenerated', { interventionId: 1, generator: 'LLM', attempts: 1, durationMs: 1, ...trace })).toMatchObject(
        trace,
      );
    },
  );
});

describe('What an endpoint keeps of earlier calls', () => {
  it('is counted, and costs its own price, from the second user on: what is the same for every patient comes first', async () => {
    const { settled, ...parts } = accountants();
    await using world = await openLlmWorld({ settings: { price: { input: 1, cachedInput: 0.25, output: 2 } }, ...parts });
    const traces = [await world.generate(patient()), await world.generate(patient())].map(
      (each) => (each as { trace: { tokensIn: number; tokensOut: number; tokensCached?: number; costMicros: number } }).trace,
    );
    const [first, second] = traces;
    expect(first).toMatchObject({ costMicros: (first?.tokensIn ?? 0) + 2 * (first?.tokensOut ?? 0) });
    expect(first?.tokensCached).toBeUndefined();
    const cached = second?.tokensCached ?? 0;
    expect(cached).toBeGreaterThanOrEqual(1_024);
    expect(second?.costMicros).toBe(Math.ceil((second?.tokensIn ?? 0) - 0.75 * cached + 2 * (second?.tokensOut ?? 0)));
    expect(settled).toEqual(traces.map(({ costMicros }) => costMicros));
    const event = { interventionId: 1, generator: 'LLM', attempts: 1, durationMs: 1, ...second };
    expect(decode('InterventionGenerated', encode('InterventionGenerated', event as never))).toEqual(event);
  });

  it('is set aside at its own price where that is the higher one', async () => {
    const reserved: number[] = [];
    const spending: Spending = { reserve: (_, micros) => Promise.resolve(reserved.push(micros) > 0), settle: () => Promise.resolve() };
    for (const cachedInput of [0, 1, 3]) {
      await using world = await openLlmWorld({ settings: { price: { input: 1, cachedInput, output: 0 } }, spending });
      await world.generate(patient());
    }
    expect(reserved[1]).toBe(reserved[0]);
    expect(reserved[2]).toBe(3 * (reserved[1] ?? 0));
  });
});

describe('A log that holds an absurd figure', () => {
  const outcome = { interventionId: 1, generator: 'LLM', attempts: 1, durationMs: 5 };
  it.each([-35, 4_294_967_295, 1e300, 'many', [1], null, MAX_TOKENS + 1])('is read without it: %p', (figure) => {
    const read = decode('InterventionGenerated', { ...outcome, tokensIn: figure, tokensOut: 20, tokens: figure, costMicros: figure });
    expect(read).toEqual({ ...outcome, tokensOut: 20 });
    const failed = { code: 'UNSAFE_ADVICE', retryable: true, attempts: 2 };
    expect(decode('UserFailed', { ...failed, tokensIn: 5, tokensOut: figure, costMicros: 7 })).toEqual({ ...failed, tokensIn: 5 });
  });

  it('is read with ordinary figures as ever, and takes no absurd one in', () => {
    const figures = { tokens: 30, tokensIn: 20, tokensOut: 10, costMicros: 7 };
    expect(decode('InterventionGenerated', { ...outcome, ...figures })).toEqual({ ...outcome, ...figures });
    expect(() => encode('InterventionGenerated', { ...outcome, tokensIn: 4_294_967_295 })).toThrow(/another shape/u);
  });

  it('is read without a forecast that was made from it', () => {
    const plan = { roster: 1, chunks: [] };
    const forecast = { eligible: 1, tokensIn: -5, tokensOut: 1, costMicros: 1, seconds: null, basis: 'ESTIMATE' };
    expect(decode('RunPlanned', { ...plan, forecast })).toEqual(plan);
  });
});
