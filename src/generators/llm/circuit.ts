import { BrokenCircuitError, circuitBreaker, CircuitState, CountBreaker, DelegateBackoff, handleWhen, type IBreaker } from 'cockatiel';
import { ModelFailure } from './model-failure.js';

/** Told when the endpoint is given up for a while, and when it is taken up again. */
export interface CircuitListener {
  opened(failure: ModelFailure, forMs: number): void;
  closed(): void;
}

/** The endpoint answers nobody just now. */
export class EndpointOutage extends Error {
  override readonly name = 'EndpointOutage';

  /** @param failure is what opened the circuit; REFUSED is for an operator to mend */
  constructor(readonly failure: ModelFailure) {
    super('the endpoint of the model answers nobody');
  }
}

/** ms until an endpoint that failed is tried again, doubled with each vain try. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Keeps calls from an endpoint that fails (cockatiel's breaker): open when half of the last 20 calls failed, at once when the endpoint refuses the key,
 * the model or the quota. Then a single call is let through from time to time, and all of them again when one is answered. A rate limit is not a
 * failure: whoever says when to come back is well.
 */
export class Circuit {
  readonly #refusals = new RefusalBreaker();
  #openUntil = 0;
  #failure = new ModelFailure('OVERLOADED');
  readonly #policy;

  constructor(listener: CircuitListener) {
    const failed = handleWhen((error) => error instanceof ModelFailure && COUNTED.has(error.kind));
    const halfOpenAfter = new DelegateBackoff<{ attempt: number; result: unknown }>(({ attempt }) => this.#pauseMs(attempt));
    this.#policy = circuitBreaker(failed, { breaker: this.#refusals, halfOpenAfter });
    this.#policy.onBreak(() => listener.opened(this.#failure, this.opensInMs));
    this.#policy.onReset(() => listener.closed());
  }

  /** ms until a call may be tried; 0 while calls go through. */
  get opensInMs(): number {
    return this.#policy.state === CircuitState.Open ? Math.max(0, this.#openUntil - performance.now()) : 0;
  }

  /** Calls, unless the circuit is open. @throws EndpointOutage then, and whatever the call throws */
  async through<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await this.#policy.execute(async () => {
        try {
          return await call();
        } catch (error) {
          if (error instanceof ModelFailure && COUNTED.has(error.kind)) this.#note(error);
          throw error;
        }
      });
    } catch (error) {
      throw error instanceof BrokenCircuitError ? this.outage() : error;
    }
  }

  /** The outage as it is now. */
  outage(): EndpointOutage {
    return new EndpointOutage(this.#failure);
  }

  get isOpen(): boolean {
    return this.#policy.state === CircuitState.Open;
  }

  #note(failure: ModelFailure): void {
    this.#failure = failure;
    this.#refusals.refused = failure.kind === 'REFUSED';
  }

  #pauseMs(attempt: number): number {
    const { kind, retryAfterMs } = this.#failure;
    const pause = kind === 'REFUSED' ? LONGEST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt - 1, 10));
    const ms = Math.max(pause, retryAfterMs);
    this.#openUntil = performance.now() + ms;
    return ms;
  }
}

const COUNTED: ReadonlySet<string> = new Set(['OVERLOADED', 'TIMEOUT', 'CUT_OFF', 'REFUSED']);

/** Counts failures, and takes a refusal for the last word. */
class RefusalBreaker implements IBreaker {
  refused = false;
  readonly #counting = new CountBreaker({ threshold: 0.5, size: 20, minimumNumberOfCalls: 8 });

  get state(): unknown {
    return this.#counting.state;
  }

  set state(value: unknown) {
    this.#counting.state = value;
  }

  success(state: CircuitState): void {
    this.#counting.success(state);
  }

  failure(state: CircuitState): boolean {
    return this.#counting.failure(state) || this.refused;
  }
}
