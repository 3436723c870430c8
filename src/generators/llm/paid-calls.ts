import type pg from 'pg';
import { boundedMicros, boundedTokens, type Micros } from '../../domain/figures.js';
import { traced } from '../../base/tracing.js';
import type { GenerationMeter } from '../generation-meter.js';
import { reserveOf, type Account } from './account.js';
import { limitOf, type CallForm } from './call-form.js';
import { mostOf, type CallSize } from './call-usage.js';
import { ModelFailure } from './model-failure.js';
import { bytesOf, type Model, type Question, type Reply } from './model.js';
import { RESERVE } from '../../store/reserve-money.js';
import { Overruns } from './overruns.js';
import { HeldTooLong, type Permits } from './permits.js';
import type { LlmSettings } from './settings.js';
import { BYTES_A_TOKEN } from './token-guess.js';

/** Money of runs, in millionths of a US$. */
export interface Spending {
  /** Sets money aside for a call. @returns false when the run's budget does not hold so much any more */
  reserve(runId: string, micros: Micros): Promise<boolean>;
  /** Replaces what was set aside by what the call took. */
  settle(runId: string, reserved: Micros, micros: Micros): Promise<void>;
}

/** For runs without a budget. */
export const UNLIMITED: Spending = { reserve: () => Promise.resolve(true), settle: () => Promise.resolve() };

/**
 * A budget for each run, in one row that all processes share: money is set aside before a call and only then spent, so that no number of workers goes
 * beyond it. What a killed worker had set aside stays spent, since it is not known whether its calls were answered.
 */
export class PostgresSpending implements Spending {
  constructor(
    private readonly pool: Pick<pg.Pool, 'query'>,
    private readonly budgetMicros: number,
  ) {}

  async reserve(runId: string, micros: Micros): Promise<boolean> {
    const { rowCount } = await this.pool.query(RESERVE, [runId, micros, this.budgetMicros]);
    return rowCount === 1;
  }

  async settle(runId: string, reserved: Micros, micros: Micros): Promise<void> {
    if (reserved === micros) return;
    await this.pool.query('update batch.llm_spending set micros = greatest(0, micros + $2::bigint) where run_id = $1', [
      runId,
      micros - reserved,
    ]);
  }
}

/** The run's budget does not hold another call. */
export class BudgetReached extends Error {
  override readonly name = 'BudgetReached';
}

/** The database that holds budget and rate did not answer: without it no call may be made. */
export class ReckoningLost extends Error {
  override readonly name = 'ReckoningLost';
}

/** What calls go through on their way to the model. */
export interface CallParts {
  readonly model: Model;
  readonly permits: Permits;
  readonly spending: Spending;
  readonly meter: GenerationMeter;
  readonly settings: Pick<LlmSettings, 'price' | 'maxOutputTokens' | 'loadMs'>;
}

/** One request to the endpoint. */
export interface Call {
  readonly question: Question;
  readonly form: CallForm;
  /** Whose run pays. */
  readonly account: Account;
  /** ms after which it has failed. */
  readonly patienceMs: number;
  /** Whether the question is our own: no try of the user's, and not in the user's time. */
  readonly isOurs?: boolean;
  readonly signal: AbortSignal;
  /** Given, a request that is given up stays open for as long as loading a model may take, and is handed over here. */
  readonly linger?: (request: Promise<unknown>) => void;
}

/** Every request to the endpoint, by any caller: money is set aside, a turn is waited for, and what it took is booked. */
export class PaidCalls {
  readonly #overruns = new Overruns();

  constructor(private readonly parts: CallParts) {}

  /** Asks once. @throws ModelFailure, BudgetReached, ReckoningLost; or as `signal` aborts */
  async once(call: Call): Promise<Reply> {
    const { spending, permits, settings } = this.parts;
    const { account, signal } = call;
    const sent = bytesOf(call.question);
    const limit = limitOf(call.form, settings);
    const reserved = await this.#reserved({ account, signal, sentBytes: sent, limit });
    let spent = boundedMicros(0);
    try {
      const expected = boundedTokens(sent / BYTES_A_TOKEN + settings.maxOutputTokens);
      await reckoned(permits.take({ tokens: expected, patienceMs: account.timeMs, signal }), signal);
      const { text, usage } = await this.#timed(call);
      spent = account.book(usage);
      if (limit !== undefined && usage.mostOut > limit) this.#overruns.saw(usage.mostOut);
      permits.correct(expected, boundedTokens(usage.tokensIn + usage.tokensOut));
      if (usage.estimated !== undefined) this.parts.meter.estimated(usage.estimated);
      if (text.trim() === '') throw new ModelFailure('NO_TEXT', { status: 200 });
      return { text, usage };
    } catch (error) {
      // It is not known whether an answer that never arrived is charged for.
      if (error instanceof ModelFailure && (error.kind === 'TIMEOUT' || error.kind === 'CUT_OFF')) spent = reserved;
      throw error;
    } finally {
      this.parts.meter.paid(spent);
      // If this fails the money stays set aside, which errs on the side of the budget.
      await spending.settle(account.runId, reserved, spent).catch(() => undefined);
    }
  }

  /** Sets aside the most that a call can cost. @throws BudgetReached, ReckoningLost */
  async #reserved({
    account,
    signal,
    sentBytes,
    limit,
  }: Pick<Call, 'account' | 'signal'> & Pick<CallSize, 'sentBytes' | 'limit'>): Promise<Micros> {
    const { spending, settings } = this.parts;
    for (;;) {
      const beyond = this.#overruns.most;
      const micros = reserveOf(settings.price, mostOf({ sentBytes, limit: limit && Math.max(limit, beyond) }));
      if (await reckoned(spending.reserve(account.runId, micros), signal)) return micros;
      this.#overruns.doubt();
      if (limit === undefined || this.#overruns.most >= beyond) throw new BudgetReached();
    }
  }

  async #timed(call: Call): Promise<Reply> {
    const { account, isOurs = false } = call;
    const began = performance.now();
    if (!isOurs) account.attempts += 1;
    let result = 'ANSWERED';
    try {
      return await traced('model call', { generator: 'LLM', runId: account.runId }, async (tell) => {
        const reply = await this.#answer(call);
        tell({ tokensIn: reply.usage.tokensIn, tokensOut: reply.usage.tokensOut });
        return reply;
      });
    } catch (error) {
      result = error instanceof ModelFailure ? error.kind : 'BROKEN';
      throw error;
    } finally {
      const tookMs = performance.now() - began;
      if (!isOurs) account.leftMs = Math.max(0, account.leftMs - tookMs);
      this.parts.meter.called(result, tookMs);
    }
  }

  /** Settles within the call's patience, whatever the model's adapter does. */
  async #answer({ question, form, patienceMs, signal, linger }: Call): Promise<Reply> {
    const { model, settings } = this.parts;
    const openMs = linger === undefined ? patienceMs : Math.max(patienceMs, settings.loadMs);
    const request = model.ask(question, form, AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(openMs))]));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), Math.ceil(patienceMs))));
    try {
      const reply = await Promise.race([request, late]);
      if (reply !== undefined) return reply;
      request.catch(() => undefined);
      linger?.(request);
      throw new ModelFailure('TIMEOUT');
    } finally {
      clearTimeout(timer);
    }
  }
}

/** @throws ReckoningLost; ModelFailure where the endpoint asked for a wait that no user has; or as the signal aborts */
async function reckoned<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof HeldTooLong) throw new ModelFailure('RATE_LIMITED', { retryAfterMs: cause.ms });
    throw signal.aborted ? cause : new ReckoningLost('the database that keeps budget and rate did not answer', { cause });
  }
}
