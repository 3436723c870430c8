import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Generator } from '../application/ports.js';
import type { Workers } from '../store/workers.js';
import type { Config } from '../config/config.js';
import type { Catalogue } from '../domain/advice/catalogue/catalogue.js';
import type { FoodBook } from '../domain/advice/patient-inputs.js';
import type { Tongue } from '../domain/advice/points/tell.js';
import type { SafetyGate } from '../domain/advice/safety-gate.js';
import { GenerationMeter } from '../generators/generation-meter.js';
import { assembleLlm, newEndpoint, type KnownEndpoint } from '../generators/llm/assemble.js';
import type { LlmGenerator } from '../generators/llm/llm-generator.js';
import { FreePermits, type Permits } from '../generators/llm/permits.js';
import { PostgresPermits } from '../generators/llm/postgres-permits.js';
import { loadPrompt, type Prompt } from '../generators/llm/prompt-file.js';
import type { LlmSettings } from '../generators/llm/settings.js';
import { PostgresSpending, UNLIMITED } from '../generators/llm/paid-calls.js';
import type { Logger } from '../server/http/options.js';
import { llmSettings } from '../generators/llm/llm-settings.js';
import { asTyped } from '../base/as-typed.js';
import type { CircuitListener } from '../generators/llm/circuit.js';
import type { ReadingListener } from '../generators/llm/readability.js';
import { outageTold } from '../generators/llm/call-failure.js';
import { PAUSES } from '../domain/run/pause-words.js';

/** What the LLM generator shares with the rest of the process. */
export interface LlmNeeds {
  readonly config: Config;
  readonly pool: pg.Pool;
  readonly logger: Logger;
  readonly meter: GenerationMeter;
  readonly workerId: string;
  readonly workers: Pick<Workers, 'noteModel'>;
  readonly catalogue: Catalogue;
  readonly tongue: Tongue;
  readonly gate: SafetyGate;
  readonly book: () => FoodBook;
  readonly rules: Generator;
  /** Other than the project's own. */
  readonly prompt?: Prompt;
  readonly known: ModelKnown;
  /** What is tried on a share of users. When its endpoint is away no run waits for it, and nothing is told of this process's model. */
  readonly isCandidate?: boolean;
}

/**
 * What a process knows of a model, for as long as it runs: an outage that one generator met is over for the one that was made after a recall as well, and a wait
 * that the endpoint asked for still holds.
 */
export class ModelKnown {
  #made: (KnownEndpoint & { readonly watch: ModelWatch }) | undefined;

  /** @param calls the bulkhead of all that know the same model, as soon as one of them has made it */
  constructor(private readonly calls: { bulkhead?: KnownEndpoint['bulkhead'] } = {}) {}

  /** What is known, made by the first caller. */
  of(make: () => KnownEndpoint & { readonly watch: ModelWatch }): KnownEndpoint {
    if (this.#made !== undefined) return this.#made;
    const made = make();
    this.calls.bulkhead ??= made.bulkhead;
    return (this.#made = { ...made, bulkhead: this.calls.bulkhead });
  }

  /** One that has learnt nothing of the model yet. Calls that are under way are counted with those of this one: there is no more room for them. */
  anew(): ModelKnown {
    return new ModelKnown(this.calls);
  }

  /** The model is not asked any more: nothing is amiss with it until it is. */
  rest(): void {
    this.#made?.readability.forget();
    this.#made?.watch.rest();
  }
}

/** The LLM generator as configured; undefined when no endpoint is. @throws when its prompt cannot be read */
export function makeLlmGenerator(needs: LlmNeeds): LlmGenerator | undefined {
  const {
    config,
    pool,
    logger,
    meter,
    workerId,
    workers,
    known,
    isCandidate = false,
    prompt = loadPrompt(needs.tongue.language),
    ...shared
  } = needs;
  const settings = llmSettings(config);
  if (settings === undefined) return undefined;
  const spending = settings.runBudgetMicros === undefined ? UNLIMITED : new PostgresSpending(pool, settings.runBudgetMicros);
  const note = (problem: string | null): void => void workers.noteModel(workerId, problem).catch(() => undefined); // the next sign of this process says it
  const watched = isCandidate
    ? { logger: tellingCandidate(logger), meter: new GenerationMeter(), note: () => undefined }
    : { logger, meter, note };
  const endpoint = known.of(() => {
    const watch = watchModel({ ...watched, model: settings.model });
    return { watch, ...newEndpoint(watch, permitsOf(settings, pool), settings) };
  });
  return assembleLlm({
    ...shared,
    settings,
    prompt,
    endpoint,
    spending,
    meter,
  });
}

const toldOfCandidate = (fields: object): object => ({ ...fields, candidate: true });

/** Whatever is told says that it is of the candidate of a rollout. */
function tellingCandidate(logger: Logger): Logger {
  return {
    debug: (fields, message) => logger.debug(toldOfCandidate(fields), message),
    info: (fields, message) => logger.info(toldOfCandidate(fields), message),
    warn: (fields, message) => logger.warn(toldOfCandidate(fields), message),
    error: (fields, message) => logger.error(toldOfCandidate(fields), message),
  };
}

function permitsOf({ baseUrl, model, requestsPerMinute, tokensPerMinute }: LlmSettings, pool: pg.Pool): Permits {
  if (requestsPerMinute === undefined && tokensPerMinute === undefined) return new FreePermits();
  // A hash, because an address says more about a company than a table of rates needs to know.
  const endpoint = createHash('sha256').update(`${baseUrl}\n${model}`).digest('hex').slice(0, 16);
  return new PostgresPermits(pool, endpoint, { requestsPerMinute, tokensPerMinute });
}

/** Where what a process meets of its model is told. */
interface ModelWatchNeeds {
  readonly logger: Logger;
  readonly meter: GenerationMeter;
  /** As configured. */
  readonly model: string;
  /** Keeps what is wrong with the model where `/readyz`, `status` and the doctor find it; null when nothing is. */
  readonly note: (problem: string | null) => void;
}

type ModelWatch = CircuitListener & ReadingListener & { rest(): void };

/** An operator hears once of what begins, at a level that fits: what no wait mends is an error. Vain trials are told of quietly. */
function watchModel({ logger, meter, model, note }: ModelWatchNeeds): ModelWatch {
  let away: string | undefined;
  let unreadable: string | undefined;
  let unsafe: string | undefined;
  const tell = (): void => note(away ?? unreadable ?? unsafe ?? null);
  return {
    away: (failure, forMs, trials) => {
      const { kind: code, status } = failure;
      meter.wentAway(code);
      away = outageTold(failure).text;
      tell();
      const facts = { code, status, forMs, trials };
      if (trials > 0) logger.info(facts, 'the language model was tried with one user, in vain');
      else if (code === 'REFUSED' || code === 'UNFIT') logger.error(facts, `${away}. It is not asked until that is mended`);
      else logger.warn(facts, `${away}. It is left alone for a while, and then tried with one user`);
    },
    back: () => {
      meter.cameBack();
      away = undefined;
      tell();
      logger.info({}, 'the language model answers again');
    },
    unreadable: () => {
      unreadable = PAUSES.tell('MODEL_UNREADABLE', { model, doctor: asTyped('doctor') }).text;
      tell();
      logger.warn({ code: 'MALFORMED_ANSWER' }, unreadable);
    },
    readable: () => {
      unreadable = undefined;
      tell();
      logger.info({}, "the language model's answers can be read again");
    },
    unsafe: () => {
      unsafe = PAUSES.tell('MODEL_UNSAFE', { model, rollout: asTyped('rollout start') }).text;
      tell();
      logger.warn({ code: 'UNSAFE_ADVICE' }, unsafe);
    },
    safe: () => {
      unsafe = undefined;
      tell();
      logger.info({}, "the safety gate lets the language model's answers through again");
    },
    rest: () => {
      if (away !== undefined) meter.cameBack();
      [away, unreadable, unsafe] = [undefined, undefined, undefined];
      tell();
    },
  };
}
