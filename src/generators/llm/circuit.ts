import { ModelFailure, type ModelFailureKind } from './model-failure.js';
import { FailureWindow } from './failure-window.js';

/** Told when the endpoint is given up for a while, again at each vain trial, and when it serves again. */
export interface CircuitListener {
  /** @param trials how many were vain so far: 0 when it is given up, and when it shows that an operator has to mend it */
  away(failure: ModelFailure, forMs: number, trials: number): void;
  back(): void;
}

/** The endpoint answers no user just now. */
export class EndpointOutage extends Error {
  override readonly name = 'EndpointOutage';

  /** @param failure is what opened the circuit; REFUSED and UNFIT are for an operator to mend */
  constructor(readonly failure: ModelFailure) {
    super('the endpoint of the model answers no user');
  }
}

/** A user's way through the circuit, with all the tries it takes. */
export interface Pass {
  /** Whether all others wait for how this ends. */
  readonly onTrial: boolean;
  /** A call of it failed: enough of them end the service for all. */
  callFailed(failure: ModelFailure): void;
  /** The endpoint wants a wait that no user has: no user is let through before it is over. */
  mustWait(failure: ModelFailure): void;
  /** The endpoint answered, or refused this user alone. */
  answered(): void;
  /** Nothing came of it. @returns what the user is told: an outage where the failure meets all users */
  failed(error: unknown): unknown;
  /** A request of it was given up and stays open: if it is answered late, the endpoint is tried again at once. */
  lingers(request: Promise<unknown>): void;
}

/** Whether calls go through, one may be tried, or none. */
export type CircuitState = 'SERVES' | 'ON_TRIAL' | 'AWAY';

/** ms until an endpoint that failed is tried again, doubled with each vain trial. */
const PAUSES_MS = { passing: { first: 1_000, longest: 60_000 }, lasting: { first: 60_000, longest: 600_000 } };
/** ms for which an answer vouches for an endpoint. After that its model may have been unloaded, and one user goes first again. */
const VOUCHED_MS = 300_000;
/** What an operator has to mend. */
const LASTING: ReadonlySet<ModelFailureKind> = new Set(['REFUSED', 'UNFIT']);
const COUNTED: ReadonlySet<ModelFailureKind> = new Set(['RATE_LIMITED', 'OVERLOADED', 'TIMEOUT', 'CUT_OFF']);

/**
 * Keeps calls from an endpoint that fails. Where no user was answered lately one goes first, and the others wait for how that ends. Half of the last
 * twenty calls failed, or the first user's, or a refusal that meets all users: no user is let through for a while, then one user at a time, with the work
 * that failed, until one is answered. The while doubles.
 */
export class Circuit {
  #vouchedUntil = 0;
  #failure: ModelFailure | undefined;
  #awayUntil = 0;
  #vainTrials = 0;
  /** Whether what it is away for is known to be for an operator to mend. */
  #isLasting = false;
  #trial: Promise<void> | undefined;
  #lingering: Promise<unknown> | undefined;
  readonly #window = new FailureWindow();

  constructor(
    private readonly listener: CircuitListener,
    /** ms of a clock that does not jump. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  get state(): CircuitState {
    if (this.#failure === undefined) return 'SERVES';
    return this.#trial !== undefined || this.#lingering !== undefined || this.now() < this.#awayUntil ? 'AWAY' : 'ON_TRIAL';
  }

  /** Why it is away or on trial; undefined while it serves. */
  get failure(): ModelFailure | undefined {
    return this.#failure;
  }

  /** Forgets how long no user was to be let through. */
  tryNow(): void {
    this.#awayUntil = 0;
    this.#lingering = undefined;
  }

  /** Lets a user through, perhaps after another one's trial. @throws EndpointOutage while no user is; the signal's reason */
  async enter(signal: AbortSignal): Promise<Pass> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#failure !== undefined && this.state === 'AWAY') throw new EndpointOutage(this.#failure);
      if (this.#trial === undefined) return this.#failure === undefined && this.now() < this.#vouchedUntil ? this.#pass() : this.#onTrial();
      await unless(signal, this.#trial);
    }
  }

  #pass(): Pass {
    return {
      onTrial: false,
      callFailed: (failure) => {
        if (COUNTED.has(failure.kind) && this.#failure === undefined && this.#window.failed()) this.#open(failure);
      },
      mustWait: (failure) => {
        if (this.#failure === undefined) this.#open(failure);
      },
      answered: () => this.#answered(),
      failed: (error) => {
        // What passes is one user's bad luck, unless enough calls of all of them ended so.
        if (error instanceof ModelFailure && LASTING.has(error.kind) && this.#failure === undefined) this.#open(error);
        return this.#failure !== undefined && error instanceof ModelFailure ? new EndpointOutage(this.#failure) : error;
      },
      lingers: () => undefined,
    };
  }

  #onTrial(): Pass {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#trial = promise;
    const end = (): void => {
      this.#trial = undefined;
      resolve();
    };
    return {
      onTrial: true,
      callFailed: () => undefined, // what matters is how all of its tries end
      mustWait: () => undefined,
      answered: () => {
        end();
        this.#serveAgain();
      },
      failed: (error) => {
        end();
        if (!(error instanceof ModelFailure)) return error;
        this.#open(error);
        return new EndpointOutage(error);
      },
      lingers: (request) => this.#watch(request),
    };
  }

  #answered(): void {
    this.#vouchedUntil = this.now() + VOUCHED_MS;
    this.#window.answered();
  }

  #serveAgain(): void {
    const wasAway = this.#failure !== undefined;
    this.#failure = undefined;
    this.#vainTrials = 0;
    this.#isLasting = false;
    this.#window.clear();
    this.#answered();
    if (wasAway) this.listener.back();
  }

  #open(failure: ModelFailure): void {
    const lasts = LASTING.has(failure.kind);
    // What turns out to be for an operator to mend is a new trouble, however often it was taken for one that passes.
    if (this.#failure !== undefined) this.#vainTrials = lasts && !this.#isLasting ? 0 : this.#vainTrials + 1;
    this.#isLasting ||= lasts;
    this.#failure = failure;
    const { first, longest } = lasts ? PAUSES_MS.lasting : PAUSES_MS.passing;
    const forMs = Math.max(Math.min(longest, first * 2 ** Math.min(this.#vainTrials, 20)), failure.retryAfterMs);
    this.#awayUntil = this.now() + forMs;
    this.listener.away(failure, forMs, this.#vainTrials);
  }

  #watch(request: Promise<unknown>): void {
    this.#lingering = request;
    const settled = (answered: boolean): void => {
      if (this.#lingering !== request) return;
      this.#lingering = undefined;
      if (answered) this.#awayUntil = 0;
    };
    request.then(
      () => settled(true),
      () => settled(false),
    );
  }
}

/** Waits for a promise that never rejects, or until the signal aborts. */
async function unless(signal: AbortSignal, promise: Promise<void>): Promise<void> {
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const onAbort = (): void => resolve();
  signal.addEventListener('abort', onAbort, { once: true });
  await Promise.race([promise, aborted]);
  signal.removeEventListener('abort', onAbort);
}
