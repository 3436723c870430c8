import type { BatchBehaviour, BatchFault } from '../../../src/local-model/batch-faults.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../../support/patients-database.js';
import { Resources } from '../../support/resources.js';
import { startServiceProcess, type ServiceProcess } from '../../support/service-process.js';
import { startTestService } from '../../support/test-service.js';
import type { Draws } from '../draws.js';
import { sceneOf, type Fault, type Scene } from '../fault.js';
import { patiently } from '../patiently.js';
import { groundOn, SHORT_LEASE } from '../run-ground.js';
import { BUDGET_MICROS, NIGHT_BUDGET_MICROS, PRICE, type Struck, whatBroke } from './batches-checked.js';
import { EndpointProcess } from './endpoint-process.js';

const ENVIRONMENT = {
  ...SHORT_LEASE,
  GENERATOR: 'LLM',
  LLM_MODE: 'BATCH',
  LLM_MODEL: 'local',
  LLM_TIMEOUT_MS: '2000',
  LLM_MAX_OUTPUT_TOKENS: '500',
  LLM_BATCH_POLL_MS: '200',
  LLM_BATCH_CANCEL_MS: '500',
  LLM_BATCH_WINDOW_MS: '20000',
  LLM_PRICE_INPUT: String(PRICE.input),
  LLM_PRICE_OUTPUT: String(PRICE.output),
  LLM_RUN_BUDGET: String(BUDGET_MICROS / 1_000_000),
};

/** Where every batch goes well none is to be late, and no order given up, however busy the machine is: an endpoint that answers hundreds of lines hears nothing meanwhile. */
const UNHURRIED = {
  LLM_TIMEOUT_MS: '4000',
  LLM_BATCH_POLL_MS: '500',
  LLM_BATCH_WINDOW_MS: '3600000',
  LLM_RUN_BUDGET: String(NIGHT_BUDGET_MICROS / 1_000_000),
};

/** Faults of batches that are drawn; most batches go well. */
const FAULTS: readonly (BatchFault | undefined)[] = [undefined, undefined, undefined, undefined, 'expires', 'cancels', 'fails', 'half', 'twice', 'never', 'lost', 'cut']; // prettier-ignore

/** When is killed: while an order is on its way, when it was taken and the answer to that is on its way, while batches are waited for, or while answers are written. */
const MOMENTS = {
  'ON ITS WAY': `select key from batch.model_batch where run_id = $1 and state = 'PREPARED'`,
  TAKEN: `select key from batch.model_batch where run_id = $1 and state = 'PREPARED'`,
  WAITING: `select key from batch.model_batch where run_id = $1 and state = 'SENT'`,
  WRITING: `select stream as key from batch.event where run_id = $1 and type in ('ChunkProgressed', 'ChunkCompleted')`,
} as const;
const WHEN = Object.keys(MOMENTS) as (keyof typeof MOMENTS)[];

/** 34: what can go wrong with a batch at a provider, and kills on both sides of it. */
export const PROVIDER_BATCHES: Fault = {
  id: '34',
  what: 'a provider’s batch: expires, half answered, answered twice, lost, cut; worker and endpoint killed',
  promise:
    'invariant 1; nobody failed or asked by two batches, every batch’s key in the log, budget held, charged for all that the endpoint charges, no file left',
  open: () => batchesScene(),
};

/** 34 at the size of a night: kills alone, so that all that was asked is answered and what it cost can be compared. */
export const NIGHT_BY_BATCH: Fault = {
  id: '34n',
  what: 'a night of 5,000 patients by batch; worker and endpoint killed',
  promise: 'as 34; what the outcomes tell is within 2 % of the endpoint’s own account',
  open: () => batchesScene({ users: 5_000, chunkSize: 500, killsAlone: true }),
  inSmall: {
    what: 'a night of 600 patients by batch; worker and endpoint killed',
    open: () => batchesScene({ users: 600, chunkSize: 60, killsAlone: true }),
  },
};

/** How large a scene is, and what goes wrong in it. */
interface BatchesSize {
  readonly users: number;
  readonly chunkSize: number;
  /** Whether every batch goes well, and takes seconds. */
  readonly killsAlone: boolean;
}

/** The scene, with two ordinary workers or with those of a mutant. */
export async function batchesScene(
  { users, chunkSize, killsAlone }: BatchesSize = { users: 60, chunkSize: 10, killsAlone: false },
  mutant?: string,
): Promise<Scene> {
  const resources = new Resources();
  const endpoint = resources.use(new EndpointProcess());
  await endpoint.start();
  const database = resources.use(await createPatients(users));
  const environment = {
    ...ENVIRONMENT,
    ...(killsAlone && UNHURRIED),
    LLM_BASE_URL: endpoint.url,
    ...(mutant !== undefined && { TEST_MUTANT: mutant }),
  };
  const { url } = resources.use(
    await startTestService(database, { role: 'api', environment: { ...ENVIRONMENT, LLM_BASE_URL: endpoint.url } }),
  );
  const workers: ServiceProcess[] = [];
  const startWorker = async (): Promise<void> =>
    void workers.push(resources.use(await startServiceProcess(database, 'worker', environment)));
  await startWorker();
  await startWorker();
  const ground = groundOn(database, () => url);
  return sceneOf(resources, async (draws) => {
    const behaviours = Array.from({ length: 7 }, () =>
      killsAlone ? { delayMs: draws.between(1_000, 4_000), takeMs: 500 } : behaviourOf(draws, mutant !== undefined),
    );
    await endpoint.start(behaviours);
    const before = { account: endpoint.account, keys: endpoint.keys.length };
    const since = performance.now();
    const runId = await ground.begin({ chunkSize, recordDate: RECORD_DATE });
    let bites = behaviours.filter(({ fault }) => fault !== undefined).length;
    for (let kills = draws.between(1, 3); kills > 0; kills -= 1) {
      const moment = mutant === undefined ? draws.pick(WHEN) : 'TAKEN';
      const isWorker = mutant !== undefined || draws.below(3) > 0;
      if (!(await momentOf(database, { runId, endpoint }, moment))) break;
      bites += 1;
      if (isWorker) {
        await workers.shift()?.[Symbol.asyncDispose]();
        await startWorker();
      } else {
        await endpoint.kill();
        await endpoint.start();
      }
    }
    await ground.ended(runId);
    const broken = await whatBroke(database, { runId, endpoint, before, killsAlone });
    return ground.verdict(runId, { bites, since, broken });
  });
}

function behaviourOf(draws: Draws, isPlain: boolean): BatchBehaviour {
  const fault = isPlain ? undefined : draws.pick(FAULTS);
  return { delayMs: draws.between(100, 900), takeMs: isPlain ? 800 : draws.between(200, 600), ...(fault !== undefined && { fault }) };
}

/** Waits for a moment of a run. @returns false where the run ended without it */
async function momentOf(
  database: PatientsDatabase,
  { runId, endpoint }: Pick<Struck, 'runId' | 'endpoint'>,
  moment: keyof typeof MOMENTS,
): Promise<boolean> {
  let found = false;
  await patiently(async () => {
    const keys = await database.column<string>(MOMENTS[moment], [runId]);
    const isIt = moment === 'TAKEN' ? endpoint.keys.some((key) => keys.includes(key)) : keys.length > 0;
    const [ended] = await database.column<boolean>('select ended_at is not null from batch.run_view where run_id = $1', [runId]);
    found = isIt && ended === false;
    return found || ended === true;
  });
  return found;
}
