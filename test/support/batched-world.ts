import { openLocalModel, type LocalModel, type LocalModelOptions } from '../../src/local-model/local-model.js';
import { begin, watch, type SeenProgress } from './batch-client.js';
import { dataOf } from './graphql-client.js';
import { createPatients, type PatientsDatabase } from './patients-database.js';
import { Resources } from './resources.js';
import { faultsOf } from './run-faults.js';
import { startTestService, type TestService } from './test-service.js';
import { until } from './until.js';

/** US$ per million tokens. */
const PRICE = { input: 2, output: 8 };

/** A service whose runs ask a local model by batches. */
export interface BatchedWorld extends AsyncDisposable {
  readonly database: PatientsDatabase;
  readonly service: TestService;
  readonly model: LocalModel;
  begin(input?: object): Promise<string>;
  /** Follows a run to its end, and checks its invariants. */
  runToEnd(input?: object): Promise<{ readonly runId: string; readonly end: SeenProgress }>;
  /** Follows a run to its end, and checks its invariants. */
  ended(runId: string): Promise<SeenProgress>;
  /** Cancels a run, and waits for its end. */
  cancel(runId: string): Promise<void>;
  /** Waits until every open chunk of a run has a batch at the provider. */
  sent(runId: string): Promise<void>;
  /** Waits until no lane, lease or transaction is held. */
  idle(runId: string): Promise<void>;
  outcomes(runId: string): Promise<readonly BatchedOutcome[]>;
  events(runId: string, type: string): Promise<readonly Record<string, unknown>[]>;
  /** Sum of the costs in the outcomes, in millionths of a US$. */
  costOf(runId: string): Promise<number>;
  /** What the run's budget was charged. */
  charged(runId: string): Promise<number>;
  /** What the endpoint would charge by its own account, batches at a share of the price. Rounded up a request, as ours is. */
  priceAt(factor: number): number;
  /** Batches as the provider lists them. */
  atProvider(): Promise<readonly { readonly id: string; readonly status: string; readonly metadata: Readonly<Record<string, string>> }[]>;
  /** Waits until no file is left at the provider and no id in our table. */
  nothingLeft(): Promise<void>;
}

/** What the log says of a user who was not skipped. */
export interface BatchedOutcome {
  readonly type: string;
  readonly generator: string | null;
  readonly fallbackOf: string | null;
  readonly batch: string | null;
  readonly attempts: number | null;
}

/** What a test may say about it. */
export interface BatchedWorldOptions {
  readonly model?: Partial<LocalModelOptions>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Opens a database, a local model and a service of all roles. */
export async function openBatchedWorld(users: number, options: BatchedWorldOptions = {}): Promise<BatchedWorld> {
  const resources = new Resources();
  const model = resources.use(await openLocalModel({ port: 0, behave: () => ({ kind: 'sound' }), ...options.model }));
  const database = resources.use(await createPatients(users));
  const environment = {
    GENERATOR: 'LLM',
    LLM_MODE: 'BATCH',
    LLM_BASE_URL: model.url,
    LLM_MODEL: 'local',
    LLM_TIMEOUT_MS: '4000',
    LLM_MAX_OUTPUT_TOKENS: '500',
    LLM_BATCH_POLL_MS: '50',
    LLM_BATCH_CANCEL_MS: '500',
    LLM_PRICE_INPUT: String(PRICE.input),
    LLM_PRICE_OUTPUT: String(PRICE.output),
    LLM_RUN_BUDGET: '100',
    ...options.environment,
  };
  const service = resources.use(await startTestService(database, { role: 'all', environment }));
  return { ...worldOf(database, service, model), [Symbol.asyncDispose]: () => resources.end() };
}

function worldOf(database: PatientsDatabase, service: TestService, model: LocalModel): Omit<BatchedWorld, typeof Symbol.asyncDispose> {
  const number = async (text: string, runId: string): Promise<number> =>
    Number((await database.column<string | null>(text, [runId]))[0] ?? 0);
  const ended = async (runId: string): Promise<SeenProgress> => {
    const end = (await watch(service.url, runId)).at(-1);
    const faults = await faultsOf(database, runId);
    if (end === undefined || faults.length > 0) throw new Error(`the run is not as it should be: ${faults.join(', ')}`);
    return end;
  };
  const start = (input: object = {}): Promise<string> => begin(service.url, { chunkSize: 5, ...input });
  return {
    database,
    service,
    model,
    begin: start,
    ended,
    async runToEnd(input) {
      const runId = await start(input);
      return { runId, end: await ended(runId) };
    },
    async cancel(runId) {
      await dataOf(service.url, 'mutation ($runId: UUID!) { cancelRun(runId: $runId) { __typename } }', { runId });
      await ended(runId);
    },
    sent: (runId) =>
      until(async () => (await number(`select count(*) + (select count(*) from batch.run_view where run_id = $1 and started_at is null) from batch.chunk_work w where run_id = $1 and not done and not exists (select from batch.model_batch b where b.run_id = $1 and w.chunk = any(b.chunks) and b.state = 'SENT')`, runId)) === 0), // prettier-ignore
    idle: (runId) =>
      until(async () => (await number(`select (select count(*) from batch.chunk_work where run_id = $1 and not done and (lease_until is not null or owner is not null or waits_until is null))
        + (select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%')`, runId)) === 0), // prettier-ignore
    outcomes: (runId) =>
      database.rows<BatchedOutcome>(
        `select type, data->>'generator' as generator, data->>'fallbackOf' as "fallbackOf", data->>'batch' as batch, (data->>'attempts')::int as attempts
        from batch.event where run_id = $1 and type in ('InterventionGenerated', 'UserFailed', 'UserCancelled')`,
        [runId],
      ),
    events: (runId, type) => database.column<Record<string, unknown>>('select data from batch.event where run_id = $1 and type = $2 order by position', [runId, type]), // prettier-ignore
    costOf: (runId) => number(`select sum((data->>'costMicros')::bigint) from batch.event where run_id = $1`, runId),
    charged: (runId) => number('select micros from batch.llm_spending where run_id = $1', runId),
    priceAt(factor) {
      const { calls, batches } = model.account;
      const priced = ({ tokensIn, tokensOut }: typeof calls): number => tokensIn * PRICE.input + tokensOut * PRICE.output;
      return priced(calls) + priced(batches) * factor;
    },
    async atProvider() {
      const answer = await fetch(`${model.url}/batches?limit=100`);
      return ((await answer.json()) as { data: Awaited<ReturnType<BatchedWorld['atProvider']>> }).data;
    },
    nothingLeft: () =>
      until(async () => model.files.length === 0 && (await database.column(`select key from batch.model_batch where state <> 'CLOSED' or lines is not null`)).length === 0), // prettier-ignore
  };
}
