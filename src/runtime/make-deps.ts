import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { NO_CANDIDATE } from '../application/rollouts/arms.js';
import { LaneRoom } from '../application/chunk/lane-room.js';
import type { Deps, Generator, ModelFacts, Setback } from '../application/ports.js';
import type { Workers } from '../store/workers.js';
import type { Config } from '../config/config.js';
import type { FoodBook } from '../domain/advice/patient-inputs.js';
import { createSafetyGate } from '../domain/advice/safety-gate.js';
import type { GeneratorName } from '../domain/outcome.js';
import { ALL_PROGRAMS } from '../domain/programs/all-programs.js';
import type { WakeUpSender } from '../feeds/wake-ups.js';
import type { GenerationMeter } from '../generators/generation-meter.js';
import { RulesGenerator } from '../generators/rules-generator.js';
import { loadCatalogue } from '../generators/catalogue/catalogue-file.js';
import { RecalledPromptGenerator } from '../generators/recalled-prompt-generator.js';
import { RenewedGenerators, wordsOfNoFile } from '../generators/renewed-generators.js';
import { SignedGenerator } from '../generators/signed-generator.js';
import { AgendaQueue } from '../jobs/agenda-queue.js';
import type { JobStore } from '../jobs/job-store.js';
import { AgendaScheduleJobs } from '../jobs/schedule-jobs.js';
import { PostgresForecasts } from '../store/postgres-forecasts.js';
import { FoodBookCache } from '../records/food-book-cache.js';
import { IBSAFE } from '../records/ibsafe-names.js';
import { ibsafeSchedules } from '../records/ibsafe-schedules.js';
import { PostgresRecalledAdvice } from '../records/recalled-advice.js';
import { PostgresRecallList, readRecallState } from '../store/recall-store.js';
import { PostgresReviewList } from '../store/review-store.js';
import { PostgresSampledAdvice } from '../projections/sampled-advice.js';
import { isPromptRecalled, type RecallState } from '../domain/recall/recalled-words.js';
import { PostgresRolloutList } from '../store/rollout-store.js';
import { PostgresRecords } from '../records/postgres-records.js';
import type { AdviceWords } from '../generators/advice-words.js';
import { codeOf } from '../base/error-code.js';
import { describeError } from '../server/http/error-frames.js';
import type { Logger } from '../server/http/options.js';
import { candidateSeat, makeCandidate, planCandidate } from './make-candidate.js';
import { makeLlmGenerator, ModelKnown } from './make-llm-generator.js';
import { exclusivelyOn } from '../database/exclusively.js';
import { retryingUpTo, faultOf } from '../database/through-passing-faults.js';
import { runId } from '../domain/ids.js';
import { InterventionRows } from '../records/intervention-rows.js';
import { PostgresBackfillList } from '../store/backfill-store.js';
import { PostgresClosingBatches } from '../store/model-batch-store.js';
import { PostgresLaneStore, PostgresRunReader } from '../store/lane-store.js';
import { PostgresPastOutcomes } from '../store/past-outcomes.js';
import { transactionOn } from './transaction.js';
import { DailyPrompts, type PromptParts } from '../generators/llm/daily-prompt.js';
import { loadPrompt } from '../generators/llm/prompt-file.js';
import { guessTokens } from '../generators/llm/token-guess.js';
import { llmSettings } from '../generators/llm/llm-settings.js';

/** Namespace of the ids that are derived from names: any UUID, as long as it never changes. */
const NAMESPACE = '6f0c1d7e-54b1-4d1c-9f6e-2a8f1b3c5d70';

/** What of the use cases' ports a database alone decides: the same for the service and for tests that make up records and advice. */
type DatabaseDeps = Pick<
  Deps,
  | 'transaction' | 'retrying' | 'exclusively' | 'faultOf' | 'onSetback' | 'newBatch' | 'lanes' | 'closingBatches' | 'room' | 'runs' | 'backfills' | 'outcomes' | 'programs' | 'newId' | 'newKey' | 'idOf'
  | 'recalls' | 'recalled' | 'words' | 'rollouts' | 'candidates' | 'reviews' | 'sampled'
>; // prettier-ignore

/** Adapters on a pool. `onMovedSequence` hears that the table of interventions had a sequence behind its rows. */
export function databaseDeps(pool: pg.Pool, retryAttempts: number, onMovedSequence?: () => void): DatabaseDeps {
  return {
    transaction: transactionOn(pool, undefined, onMovedSequence),
    retrying: retryingUpTo(retryAttempts),
    exclusively: exclusivelyOn(pool),
    faultOf,
    onSetback: () => undefined,
    newBatch: () => new InterventionRows(),
    lanes: new PostgresLaneStore(pool),
    closingBatches: new PostgresClosingBatches(pool),
    room: new LaneRoom(),
    runs: new PostgresRunReader(pool),
    backfills: new PostgresBackfillList(pool),
    outcomes: new PostgresPastOutcomes(pool),
    recalls: new PostgresRecallList(pool),
    recalled: new PostgresRecalledAdvice(pool, loadCatalogue),
    words: wordsOfNoFile(pool),
    rollouts: new PostgresRolloutList(pool),
    candidates: NO_CANDIDATE,
    reviews: new PostgresReviewList(pool),
    sampled: new PostgresSampledAdvice(pool),
    programs: new Map(ALL_PROGRAMS.map((program) => [program.name, program])),
    newId: () => runId(uuidv7()),
    newKey: () => randomUUID(),
    idOf: (...names) => runId(uuidv5(names.join('\n'), NAMESPACE)),
  };
}

/** What the use cases are made of. */
export interface Parts {
  readonly config: Config;
  readonly words: AdviceWords;
  readonly pool: pg.Pool;
  readonly jobs: JobStore;
  readonly sender: WakeUpSender;
  readonly workerId: string;
  readonly workers: Pick<Workers, 'noteModel'>;
  readonly logger: Logger;
  readonly meter: GenerationMeter;
}

const BEHIND =
  'the sequence of the table was behind its rows, as after rows were loaded with their ids: it was moved on to ids that are free, and no user lost advice';

const SETBACKS: Readonly<Record<Setback, string>> = {
  LOOK_AT_ROLLOUT:
    'whether a rollout is to stop could not be found out after a part of a chunk; the candidate goes on until a sweep or the next chunk does',
  GIVE_BACK: 'a chunk could not be given back; it goes to another lane when its lease is over',
  PAUSE: 'a run that cannot go on could not be paused; its next chunk tries it again',
};

/** Gives the use cases their adapters. */
export function makeDeps({ config, words, pool, jobs, sender, workerId, workers, logger, meter }: Parts): Deps {
  const { catalogue, tongue } = words;
  const foods = new FoodBookCache(pool, catalogue);
  const book = (): FoodBook => foods.current;
  const shared = { config, pool, logger, meter, workerId, workers, book, known: new ModelKnown() };
  const plan = planCandidate(config, words);
  const tried = new ModelKnown();
  const renewed = new RenewedGenerators({
    words,
    read: (known) => readRecallState(pool, { number: known, withSignatures: words.onlySigned }),
    make: (made, state) => makeGenerators({ ...shared, words: made, state }),
    ...(plan !== undefined && {
      makeCandidate: (state: RecallState) =>
        makeCandidate(plan, { pool, logger, meter, workerId, workers, book, known: tried.anew(), state }),
    }),
  });
  return {
    ...databaseDeps(pool, config.BATCH_RETRY_ATTEMPTS, () => logger.warn({ table: IBSAFE.interventions }, BEHIND)),
    onSetback: (what, error) => logger.warn({ what, code: codeOf(error), error: describeError(error) }, SETBACKS[what]),
    records: new PostgresRecords(pool, foods),
    forecasts: new PostgresForecasts(pool, modelFacts(config, { catalogue, tongue })),
    queue: new AgendaQueue(jobs, (error) => logger.warn({ code: codeOf(error) }, 'a job was lost; the sweep will find the run')),
    progress: sender,
    generators: new Map<GeneratorName, Generator>(renewed.generators.map((each) => [each.name, each])),
    words: renewed,
    candidates: candidateSeat(renewed, { config, words, plan }),
    recalled: new PostgresRecalledAdvice(pool, () => words.explainer.catalogue),
    clock: () => new Date(),
    elapsed: () => performance.now(),
    scheduleJobs: new AgendaScheduleJobs(jobs),
    ibsafeSchedules: () => ibsafeSchedules(pool),
    settings: {
      timeZone: config.BATCH_TIME_ZONE,
      generator: config.GENERATOR,
      mode: config.LLM_MODE,
      language: config.ADVICE_LANGUAGE,
      chunkSize: config.BATCH_CHUNK_SIZE,
      leaseMs: config.BATCH_LEASE_MS,
      workerId,
      chunkTakeovers: config.BATCH_CHUNK_TAKEOVERS,
      failurePause: { percent: config.BATCH_FAILURE_PAUSE_PERCENT, leastUsers: config.BATCH_FAILURE_PAUSE_MIN_USERS },
    },
  };
}

/** What generators are made of, for one state of recalls. */
interface GeneratorParts extends Pick<Parts, 'config' | 'pool' | 'logger' | 'meter' | 'workerId' | 'workers' | 'words'> {
  readonly book: () => FoodBook;
  readonly known: ModelKnown;
  readonly state: RecallState;
}

/** Generators and the gate that they pass, of the same words. */
function makeGenerators({ words, state, ...parts }: GeneratorParts): Generator[] {
  const { config, book } = parts;
  const { catalogue, tongue, refusals } = words;
  const gate = createSafetyGate(catalogue, tongue);
  const rules = new RulesGenerator(ALL_PROGRAMS, { catalogue, tongue, gate, book });
  const llm = makeLlmGenerator({ ...parts, catalogue, tongue, gate, rules });
  const isRecalled = llm !== undefined && isPromptRecalled(loadPrompt(tongue.language).version, state);
  if (isRecalled) parts.known.rest();
  const made: Generator[] = llm === undefined ? [rules] : [rules, isRecalled ? new RecalledPromptGenerator(rules, llm) : llm];
  return config.ADVICE_ONLY_REVIEWED === 'true' ? made.map((each) => new SignedGenerator(each, refusals)) : made;
}

/** What the configured model costs and lets through; undefined where none is. */
function modelFacts(config: Config, { catalogue, tongue }: Pick<PromptParts, 'catalogue' | 'tongue'>): ModelFacts | undefined {
  const settings = llmSettings(config);
  if (settings === undefined) return undefined;
  const { price, batch, requestsPerMinute, tokensPerMinute } = settings;
  return {
    price,
    batch,
    guess: guessTokens(new DailyPrompts({ catalogue, tongue, prompt: loadPrompt(tongue.language) })),
    ...(requestsPerMinute !== undefined && { requestsPerMinute }),
    ...(tokensPerMinute !== undefined && { tokensPerMinute }),
  };
}
