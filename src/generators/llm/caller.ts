import { setTimeout as delay } from 'node:timers/promises';
import type { GenerationMeter } from '../generation-meter.js';
import { costMicros, tokensAtMost, type Account } from './account.js';
import type { Circuit } from './circuit.js';
import { ModelFailure } from './model-failure.js';
import type { Model, Question, Reply } from './model.js';
import type { Permits } from './permits.js';
import { CALL, type LlmSettings } from './settings.js';
import type { Spending } from './spending.js';

/** The run's budget does not hold another call. */
export class BudgetReached extends Error {
  override readonly name = 'BudgetReached';
}

/** The database that holds budget and rate did not answer: without it no call may be made. */
export class ReckoningLost extends Error {
  override readonly name = 'ReckoningLost';
}

/** What calls go through on their way to the model. */
export interface CallerParts {
  readonly model: Model;
  readonly permits: Permits;
  readonly spending: Spending;
  readonly circuit: Circuit;
  readonly meter: GenerationMeter;
  readonly settings: Pick<LlmSettings, 'price'>;
}

/** Tries that a question is worth. */
const MOST_TRIES = 5;
/** ms that asking whether the endpoint answers may wait for its turn: whoever has to wait longer asks another time. */
const SOON_MS = 100;
/** ms that it may take to answer that question: a sweep waits for it. */
const PING_MS = 10_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 20_000;

/** Asks the model within budget, rate and deadline, and again after failures that pass. */
export class Caller {
  constructor(private readonly parts: CallerParts) {}

  /**
   * Asks until there is an answer. What the endpoint asks to wait is the least that is waited; what would not fit into the account's time is not tried.
   * @throws ModelFailure, EndpointOutage, BudgetReached, ReckoningLost; or as `signal` aborts
   */
  async ask(question: Question, account: Account, signal: AbortSignal): Promise<Reply> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#once(question, account, signal);
      } catch (error) {
        if (!(error instanceof ModelFailure) || signal.aborted) throw error;
        if (error.kind === 'REFUSED' || this.parts.circuit.isOpen) throw this.parts.circuit.outage();
        const waitMs = Math.max(error.retryAfterMs, jittered(tries));
        // For all processes: each would otherwise have to be told by a refused call of its own.
        if (error.retryAfterMs > 0) await this.parts.permits.hold(error.retryAfterMs).catch(() => undefined);
        if (!error.passes || tries === MOST_TRIES || waitMs >= account.leftMs) throw error;
        account.leftMs -= waitMs;
        await delay(waitMs, undefined, { signal });
      }
    }
  }

  /** Whether the endpoint answers again: asks it for a single token, unless it is too early to. */
  async answers(): Promise<boolean> {
    const { circuit, permits, model } = this.parts;
    if (circuit.opensInMs > 0) return false;
    try {
      await permits.take(1, AbortSignal.timeout(SOON_MS));
      await circuit.through(() => model.ping(AbortSignal.timeout(PING_MS)));
      return true;
    } catch (error) {
      if (error instanceof ModelFailure && error.retryAfterMs > 0) await permits.hold(error.retryAfterMs).catch(() => undefined);
      return false;
    }
  }

  async #once(question: Question, account: Account, signal: AbortSignal): Promise<Reply> {
    const { spending, permits, circuit, settings } = this.parts;
    const estimate = { tokensIn: tokensOf(question) };
    const reserved = costMicros(settings.price, estimate.tokensIn, CALL.maxOutputTokens);
    if (!(await reckoned(spending.reserve(account.runId, reserved), signal))) throw new BudgetReached();
    let spent = 0;
    try {
      // About three bytes a token is what prompts of JSON and Korean come to; `correct` sets it right afterwards.
      const tokens = Math.ceil(estimate.tokensIn / 3) + CALL.maxOutputTokens;
      await reckoned(permits.take(tokens, signal), signal);
      const reply = await circuit.through(() => this.#timed(question, account, signal));
      spent = account.book(reply, estimate);
      permits.correct(tokens, (reply.tokensIn ?? 0) + (reply.tokensOut ?? 0) || tokens);
      return reply;
    } catch (error) {
      // Nobody knows whether an answer that never arrived is charged for.
      if (error instanceof ModelFailure && (error.kind === 'TIMEOUT' || error.kind === 'CUT_OFF')) spent = reserved;
      throw error;
    } finally {
      // If this fails the money stays set aside, which errs on the side of the budget.
      await spending.settle(account.runId, reserved, spent).catch(() => undefined);
    }
  }

  async #timed(question: Question, account: Account, signal: AbortSignal): Promise<Reply> {
    const { model, meter } = this.parts;
    const began = performance.now();
    account.attempts += 1;
    let result = 'ANSWERED';
    try {
      return await model.ask(question, AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, Math.ceil(account.leftMs)))]));
    } catch (error) {
      result = error instanceof ModelFailure ? error.kind : 'BROKEN';
      throw error;
    } finally {
      account.leftMs -= performance.now() - began;
      meter.called(result);
    }
  }
}

function tokensOf({ system, messages }: Question): number {
  return messages.reduce((sum, { content }) => sum + tokensAtMost(content), tokensAtMost(system));
}

/** Doubles with each try; the jitter (half to whole) keeps those who failed together from coming back together. */
function jittered(tries: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1)) * (0.5 + Math.random() / 2);
}

async function reckoned<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw signal.aborted ? cause : new ReckoningLost('the database that keeps budget and rate did not answer', { cause });
  }
}
