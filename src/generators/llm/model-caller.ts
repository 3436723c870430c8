import { setTimeout as delay } from 'node:timers/promises';
import { type WaitMs, boundedWait } from '../../domain/figures.js';
import type { Account } from './account.js';
import { without, type CallForm, type LearntForm } from './call-form.js';
import type { Circuit, Pass } from './circuit.js';
import { ModelFailure } from './model-failure.js';
import type { Question, Reply } from './model.js';
import type { PaidCalls } from './paid-calls.js';
import type { Permits } from './permits.js';
import type { Refusals } from './refusals.js';

const FIRST_MS = 250;
const LONGEST_MS = 10_000;

/**
 * How long all calls are held after a rate limit that names no wait. It doubles from one hold to the next, and halves with each answer: calls become as
 * many as the endpoint takes.
 */
export class Slowdown {
  #nextMs = FIRST_MS;
  #heldUntil = 0;

  /** @param now ms of a clock that does not jump */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** A call was refused. @returns ms to hold all calls; 0 while a hold is under way, since the call was made before it */
  limited(): WaitMs {
    if (this.now() < this.#heldUntil) return boundedWait(0);
    const heldMs = this.#nextMs;
    this.#heldUntil = this.now() + heldMs;
    this.#nextMs = Math.min(LONGEST_MS, heldMs * 2);
    return boundedWait(heldMs);
  }

  /** A call was answered. */
  answered(): void {
    this.#nextMs = Math.max(FIRST_MS, this.#nextMs / 2);
  }
}

/** What a user's question goes through on its way to the model. */
export interface ModelCallerParts {
  readonly calls: PaidCalls;
  readonly circuit: Circuit;
  readonly permits: Permits;
  readonly forms: LearntForm;
  readonly refusals: Refusals;
}

/** One user's question under way. */
interface Asking {
  readonly question: Question;
  readonly account: Account;
  readonly signal: AbortSignal;
  readonly pass: Pass;
}

/** Tries that a question is worth. */
const MAX_TRIES = 5;
/** Times that it is put in another way, one for each thing an endpoint may refuse and one to spare. */
const MAX_FORMS = 6;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 20_000;

/** Asks the model within the user's time, again after failures that pass, and in another way where the endpoint refuses the first one. */
export class ModelCaller {
  readonly #slowdown = new Slowdown();

  constructor(private readonly parts: ModelCallerParts) {}

  /**
   * Asks until there is an answer. What the endpoint asks to wait is the least that is waited; what would not fit into the account's time is not tried.
   * @throws ModelFailure, EndpointOutage, BudgetReached, ReckoningLost; or as `signal` aborts
   */
  async ask(question: Question, account: Account, signal: AbortSignal): Promise<Reply> {
    const pass = await this.parts.circuit.enter(signal);
    try {
      const reply = await this.#tries({ question, account, signal, pass });
      this.parts.refusals.answered();
      this.#slowdown.answered();
      pass.answered();
      return reply;
    } catch (error) {
      if (signal.aborted) throw pass.failed(signal.reason); // we cut it off ourselves: that says nothing of the endpoint
      if (!(error instanceof ModelFailure && error.isDoubtful)) throw pass.failed(error);
      pass.answered(); // with a no that is this user's alone
      throw error;
    }
  }

  /** Forgets how long the endpoint was to be left alone, by our own judgement or because it asked for that: an operator wants it tried. */
  tryNow(): void {
    const { circuit, permits } = this.parts;
    circuit.tryNow();
    void permits.lift().catch(() => undefined); // then other processes wait as long as they were told
  }

  async #tries(asking: Asking): Promise<Reply> {
    const { forms } = this.parts;
    const { signal } = asking;
    let [form, lessons, tries, putAnew, isThisUsers] = [forms.current, forms.lessons, 1, 0, false];
    for (;;) {
      try {
        const reply = await this.#once(asking, form);
        if (putAnew > 0 && form !== forms.current && lessons === forms.lessons) forms.learn(form);
        return reply;
      } catch (error) {
        if (!(error instanceof ModelFailure) || signal.aborted) throw error;
        let failure = error;
        if (error.isDoubtful) {
          if (putAnew++ === MAX_FORMS || isThisUsers) throw error;
          const next = await this.#afterRefusal(error, form, asking);
          isThisUsers = next === 'THIS_USER'; // asked once more all the same: it may have been bad luck
          if (next === 'THIS_USER') continue;
          if (!(next instanceof ModelFailure)) {
            [form, lessons] = [next, forms.lessons];
            continue;
          }
          failure = next;
        }
        await this.#wait(failure, tries++, asking);
      }
    }
  }

  /** How to put the question next. @returns a passing failure when nothing could be found out @throws ModelFailure when that ends it */
  async #afterRefusal(failure: ModelFailure, form: CallForm, asking: Asking): Promise<CallForm | ModelFailure | 'THIS_USER'> {
    const { refusals, forms } = this.parts;
    const named = refusals.droppable(form, failure);
    if (named.length > 0) return named.reduce(without, form);
    switch (await refusals.judge({ failure, ...asking })) {
      case 'FORM':
        return forms.current;
      case 'EVERYBODY':
        throw new ModelFailure('UNFIT', { status: failure.status });
      case 'THIS_USER':
        return 'THIS_USER';
      default:
        return new ModelFailure('OVERLOADED', { status: failure.status });
    }
  }

  async #once({ question, account, signal, pass }: Asking, form: CallForm): Promise<Reply> {
    account.form = form;
    const linger = pass.onTrial ? { linger: (request: Promise<unknown>) => pass.lingers(request) } : {};
    try {
      return await this.parts.calls.once({ question, form, account, signal, patienceMs: Math.max(1, account.leftMs), ...linger });
    } catch (error) {
      if (error instanceof ModelFailure && !signal.aborted) pass.callFailed(error);
      throw error;
    }
  }

  /** Waits until a failed call may be made again. @throws the failure when it may not */
  async #wait(failure: ModelFailure, tries: number, { account, signal, pass }: Asking): Promise<void> {
    const { circuit, permits } = this.parts;
    const waitMs = Math.max(failure.retryAfterMs, jittered(tries));
    // For all processes: each would otherwise have to be told by a refused call of its own.
    const holdMs = this.#holdMs(failure, pass);
    if (holdMs > 0) await permits.hold(holdMs).catch(() => undefined);
    if (failure.retryAfterMs >= account.timeMs) pass.mustWait(failure);
    const givenUp = !pass.onTrial && circuit.state !== 'SERVES';
    if (!failure.passes || tries >= MAX_TRIES || waitMs >= account.leftMs || givenUp) throw failure;
    account.leftMs -= waitMs;
    await delay(waitMs, undefined, { signal });
  }

  /** ms for which all calls are held after a failure: what the endpoint asks for, or what slows calls down that are too many. On trial there is no other call to slow. */
  #holdMs({ kind, retryAfterMs }: ModelFailure, { onTrial }: Pass): WaitMs {
    return kind === 'RATE_LIMITED' && retryAfterMs === 0 && !onTrial ? this.#slowdown.limited() : retryAfterMs;
  }
}

/** Doubles with each try; the jitter (half to whole) keeps calls that failed together from coming back together. */
function jittered(tries: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1)) * (0.5 + Math.random() / 2);
}
