import { describe, expect, it } from '@jest/globals';
import { boundedWait, type WaitMs } from '../../src/domain/figures.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { Circuit } from '../../src/generators/llm/circuit.js';
import { ModelFailure } from '../../src/generators/llm/model-failure.js';
import { FreePermits } from '../../src/generators/llm/permits.js';
import { Slowdown } from '../../src/generators/llm/model-caller.js';
import type { Behaviour } from '../../src/local-model/behaviour.js';
import type { ChatRequest } from '../../src/local-model/chat-request.js';
import { patient } from '../domain/advice/advice-fixture.js';
import { openLlmWorld } from '../support/llm-world.js';

const never = new AbortController().signal;
const twenty = Array.from({ length: 20 });
const ODD = { steps: [4_321] };
const quiet = { away: () => undefined, back: () => undefined };
const unlucky = (_: number, { messages }: ChatRequest): Behaviour =>
  messages.some(({ content }) => content.includes('4321')) ? { kind: 'error', status: 429 } : { kind: 'sound' };
const limitedThrice = (n: number): Behaviour => (n > 1 && n < 5 ? { kind: 'error', status: 429 } : { kind: 'sound' });

describe('A user’s question', () => {
  it.each([429, 503])(
    'makes everybody wait when the endpoint wants a wait that no user has, in the middle of a run as well (%d)',
    async (status) => {
      await using world = await openLlmWorld({
        behave: (n) => (n === 1 ? { kind: 'sound' } : { kind: 'error', status, retryAfter: '600' }),
      });
      await world.generate(patient());
      expect(await world.generate(patient())).toMatchObject({ status: 'unavailable' });
      expect(world.generator.standing(DAILY)).toMatchObject({ status: 'AWAY' });
    },
  );

  it('that meets nothing but rate limits fails alone: everybody else is answered meanwhile', async () => {
    await using world = await openLlmWorld({ behave: unlucky, settings: { fallback: 'NONE', timeoutMs: 20_000 } });
    for (const _ of twenty) await world.generate(patient());
    const [one, ...others] = await Promise.all([world.generate(patient(ODD)), ...twenty.map(() => world.generate(patient()))]);
    expect(one).toMatchObject({ status: 'failed', code: 'GENERATOR_UNAVAILABLE', retryable: true, attempts: 5 });
    for (const other of others) expect(other).toMatchObject({ status: 'generated', attempts: 1 });
    expect(world.generator.standing(DAILY)).toEqual({ status: 'SERVES' });
  });

  it('slows everybody’s down when it meets a rate limit that names no wait, more with each in a row', async () => {
    const held: number[] = [];
    class Watched extends FreePermits {
      override hold(ms: WaitMs): Promise<void> {
        held.push(ms);
        return super.hold(ms);
      }
    }
    await using world = await openLlmWorld({ behave: limitedThrice, permits: new Watched(), settings: { timeoutMs: 20_000 } });
    await world.generate(patient());
    expect(await world.generate(patient())).toMatchObject({ status: 'generated', attempts: 4 });
    expect(held).toEqual([250, 500, 1_000]);
  });
});

describe('The circuit', () => {
  it.each(['RATE_LIMITED', 'OVERLOADED', 'CUT_OFF', 'TIMEOUT'] as const)(
    'counts %s: half of the last calls end the service',
    async (kind) => {
      const circuit = new Circuit(quiet);
      (await circuit.enter(never)).answered();
      const pass = await circuit.enter(never);
      for (let time = 0; time < 6; time += 1) pass.callFailed(new ModelFailure(kind));
      expect(circuit.state).toBe('SERVES'); // too few to say so
      pass.callFailed(new ModelFailure(kind));
      expect(circuit.state).toBe('AWAY');
    },
  );

  it.each(['RATE_LIMITED', 'OVERLOADED', 'CUT_OFF', 'TIMEOUT'] as const)(
    'serves the others when one user’s tries all ended with %s, also where it asked for a wait',
    async (kind) => {
      const circuit = new Circuit(quiet);
      for (let user = 0; user < 10; user += 1) (await circuit.enter(never)).answered();
      const pass = await circuit.enter(never);
      const failure = new ModelFailure(kind, { status: 429, retryAfterMs: boundedWait(1_000) });
      for (let time = 0; time < 5; time += 1) pass.callFailed(failure);
      expect(pass.failed(failure)).toBe(failure);
      expect(circuit.state).toBe('SERVES');
    },
  );
});

describe('A slowdown', () => {
  it('grows while calls are refused, not with those that were under way, and shrinks with answers', () => {
    let now = 0;
    const slowdown = new Slowdown(() => now);
    const after = (ms: number): number => {
      now += ms;
      return slowdown.limited();
    };
    expect([after(0), after(1), after(248), after(1)]).toEqual([250, 0, 0, 500]);
    slowdown.answered();
    expect(after(500)).toBe(500);
    for (const _ of twenty) slowdown.answered();
    expect(after(500)).toBe(250);
    for (const _ of twenty) after(10_000);
    expect(after(10_000)).toBe(10_000);
  });
});
