import type { Behaviour } from '../../src/local-model/behaviour.js';
import type { ChatRequest } from '../../src/local-model/chat-request.js';
import { openLocalModel, type LocalModel, type Received } from '../../src/local-model/local-model.js';
import { begin, watch, type SeenProgress } from './batch-client.js';
import { createPatients, type PatientsDatabase } from './patients-database.js';
import { Resources } from './resources.js';
import { faultsOf } from './run-faults.js';
import { startServiceProcess, type ServiceProcess } from './service-process.js';
import { startTestService, type TestService } from './test-service.js';

/** Two worker processes and an API that ask a local model, on a database of their own. */
export interface LlmCluster extends AsyncDisposable {
  readonly database: PatientsDatabase;
  readonly api: TestService;
  readonly workers: readonly ServiceProcess[];
  readonly model: LocalModel;
  /** Chat requests in the order they came. */
  readonly received: readonly Received[];
  /** How the model behaves from now on. */
  behave(behaviour: (received: number, request: ChatRequest) => Behaviour): void;
  /** Asks for a run by the model. @returns its id */
  begin(input?: object): Promise<string>;
  /** Follows a run to its end, and checks that its invariants hold. */
  end(runId: string): Promise<SeenProgress>;
  /** Data of the run's outcome events. */
  outcomes(runId: string): Promise<readonly OutcomeData[]>;
}

/** Data of an outcome event. */
export interface OutcomeData {
  readonly type: string;
  readonly generator?: string;
  readonly fallbackOf?: string;
  readonly fallbackReason?: string;
  readonly code?: string;
  readonly retryable?: boolean;
  readonly attempts?: number;
  readonly tokensIn?: number;
  readonly costMicros?: number;
  readonly violations?: readonly string[];
}

const sound = (): Behaviour => ({ kind: 'sound' });

/** Starts a cluster; `environment` is every process's. */
export async function startLlmCluster(users: number, environment: Readonly<Record<string, string>> = {}): Promise<LlmCluster> {
  const resources = new Resources();
  const received: Received[] = [];
  let behaviour: (received: number, request: ChatRequest) => Behaviour = sound;
  const model = resources.use(
    await openLocalModel({ port: 0, behave: (...told) => behaviour(...told), onReceived: (each) => received.push(each) }),
  );
  const llm = {
    GENERATOR: 'LLM',
    LLM_BASE_URL: model.url,
    LLM_MODEL: 'local',
    LLM_TIMEOUT_MS: '20000',
    LLM_CONCURRENCY: '8',
    ...environment,
  };
  const database = resources.use(await createPatients(users));
  const api = resources.use(await startTestService(database, { role: 'api', environment: llm }));
  const workers = [
    resources.use(await startServiceProcess(database, 'worker', llm)),
    resources.use(await startServiceProcess(database, 'worker', llm)),
  ];
  return {
    database,
    api,
    workers,
    model,
    received,
    behave: (next) => void (behaviour = next),
    begin: (input = {}) => begin(api.url, { chunkSize: 5, ...input }),
    async end(runId) {
      const last = (await watch(api.url, runId)).at(-1);
      const faults = await faultsOf(database, runId);
      if (last === undefined || faults.length > 0) throw new Error(`the run is not as it should be: ${faults.join(', ')}`);
      return last;
    },
    outcomes: (runId) =>
      database.rows<OutcomeData>(
        `select type, data->>'generator' as generator, data->>'fallbackOf' as "fallbackOf", data->>'fallbackReason' as "fallbackReason", data->>'code' as code,
          (data->>'retryable')::boolean as retryable, (data->>'attempts')::int as attempts, (data->>'tokensIn')::int as "tokensIn",
          (data->>'costMicros')::int as "costMicros", data->'violations' as violations
        from batch.event where run_id = $1 and user_id is not null order by user_id`,
        [runId],
      ),
    [Symbol.asyncDispose]: () => resources.end(),
  };
}
