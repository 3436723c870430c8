import { describe, expect, it } from '@jest/globals';
import { GenerationMeter } from '../../src/generators/generation-meter.js';
import { Account } from '../../src/generators/llm/account.js';
import { fullForm, limitOf, type CallForm } from '../../src/generators/llm/call-form.js';
import { mostOf, usageOf } from '../../src/generators/llm/call-usage.js';
import { bytesOf } from '../../src/generators/llm/model.js';
import { PaidCalls, type Spending } from '../../src/generators/llm/paid-calls.js';
import { FreePermits } from '../../src/generators/llm/permits.js';

const SIZE = { sentBytes: 6_000, writtenBytes: 0, isAnswered: true };

/** Calls of an endpoint that tells of so many tokens written, and what was set aside and booked for each. */
async function called(form: CallForm, ...written: number[]): Promise<{ reserved: number; spent: number }[]> {
  const kept: { reserved: number; spent: number }[] = [];
  const spending: Spending = {
    reserve: () => Promise.resolve(true),
    settle: (_, reserved, spent) => Promise.resolve(void kept.push({ reserved, spent })),
  };
  const left = [...written];
  const price = { input: 1, cachedInput: 1, output: 2 };
  const maxOutputTokens = 500;
  const calls = new PaidCalls({
    model: {
      name: 'local',
      ask: (question) => {
        const [sentBytes, tokens] = [bytesOf(question), left.shift() ?? 0];
        const told = { prompt_tokens: sentBytes + 7_000, completion_tokens: tokens };
        const usage = usageOf(told, { sentBytes, writtenBytes: tokens, isAnswered: true, limit: limitOf(form, { maxOutputTokens }) });
        return Promise.resolve({ text: 'a', usage });
      },
    },
    permits: new FreePermits(),
    spending,
    meter: new GenerationMeter(),
    settings: { price, maxOutputTokens, loadMs: 1_000 },
  });
  const account = new Account('a-run', { price, timeoutMs: 1_000 });
  const question = { system: 'b', messages: [{ role: 'user' as const, content: 'c' }], seed: 1 };
  for (const _ of written) await calls.once({ question, form, account, patienceMs: 1_000, signal: new AbortController().signal });
  return kept;
}

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
    const [kept] = await called({ ...fullForm('auto'), limit: 'none' }, 90_000);
    expect(kept?.spent).toBeGreaterThan(180_000);
    expect(kept?.reserved).toBeGreaterThanOrEqual(kept?.spent ?? 0);
  });

  it('is booked in full where an endpoint writes beyond its limit, and covered from the next call on', async () => {
    const [honest, first, second, short] = await called(fullForm('auto'), 500, 3_000, 3_000, 100);
    expect(honest?.reserved).toBeGreaterThanOrEqual(honest?.spent ?? 0);
    expect(first?.spent).toBeGreaterThan((first?.reserved ?? 0) / 2 + 2_000);
    expect(first?.reserved).toBe(honest?.reserved);
    expect(second?.reserved).toBe((first?.reserved ?? 0) + 2 * (3_000 - 500));
    expect(second?.reserved).toBeGreaterThanOrEqual(second?.spent ?? 0);
    expect(short?.reserved).toBe(second?.reserved);
  });
});
