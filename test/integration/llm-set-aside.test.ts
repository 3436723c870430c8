import { describe, expect, it } from '@jest/globals';
import { GenerationMeter } from '../../src/generators/generation-meter.js';
import { Account } from '../../src/generators/llm/account.js';
import { fullForm } from '../../src/generators/llm/call-form.js';
import { mostOf, usageOf } from '../../src/generators/llm/call-usage.js';
import { bytesOf } from '../../src/generators/llm/model.js';
import { PaidCalls, type Spending } from '../../src/generators/llm/paid-calls.js';
import { FreePermits } from '../../src/generators/llm/permits.js';

const SIZE = { sentBytes: 6_000, writtenBytes: 0, isAnswered: true };

describe('What a call takes', () => {
  it.each([
    ['a limit', 4_000],
    ['no limit', undefined],
  ])('is never believed beyond what was set aside, with %s', (_, limit) => {
    const most = mostOf({ sentBytes: 6_000, limit });
    const told = { prompt_tokens: most.in, completion_tokens: most.out };
    expect(usageOf(told, { ...SIZE, limit })).toMatchObject({ mostIn: most.in, mostOut: most.out });
    expect(usageOf({ prompt_tokens: most.in + 1, completion_tokens: most.out + 1 }, { ...SIZE, limit })).toMatchObject({
      estimated: 'ABSURD',
    });
  });

  it('is covered by what was set aside, where an endpoint takes no limit and its own preamble is long', async () => {
    const kept: { reserved: number; spent: number }[] = [];
    const spending: Spending = {
      reserve: () => Promise.resolve(true),
      settle: (_, reserved, spent) => Promise.resolve(void kept.push({ reserved, spent })),
    };
    const calls = new PaidCalls({
      model: {
        name: 'local',
        ask: (question) => {
          const sentBytes = bytesOf(question);
          const told = { prompt_tokens: sentBytes + 7_000, completion_tokens: 90_000 };
          const usage = usageOf(told, { sentBytes, writtenBytes: 300, isAnswered: true, limit: undefined });
          return Promise.resolve({ text: 'a', usage });
        },
      },
      permits: new FreePermits(),
      spending,
      meter: new GenerationMeter(),
      settings: { price: { input: 1, cachedInput: 1, output: 2 }, maxOutputTokens: 500, loadMs: 1_000 },
    });
    const account = new Account('a-run', { price: { input: 1, cachedInput: 1, output: 2 }, timeoutMs: 1_000 });
    const question = { system: 'b', messages: [{ role: 'user' as const, content: 'c' }], seed: 1 };
    const form = { ...fullForm('auto'), limit: 'none' as const };
    await calls.once({ question, form, account, patienceMs: 1_000, signal: new AbortController().signal });
    expect(kept).toHaveLength(1);
    expect(kept[0]?.spent).toBeGreaterThan(180_000);
    expect(kept[0]?.reserved).toBeGreaterThanOrEqual(kept[0]?.spent ?? 0);
  });
});
