import type { BatchBehaviour, BatchFault } from '../../../src/local-model/batch-faults.js';
import type { EndpointAccount } from '../../../src/local-model/ledger.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../../support/patients-database.js';
import { Resources } from '../../support/resources.js';
import { startServiceProcess, type ServiceProcess } from '../../support/service-process.js';
import { startTestService } from '../../support/test-service.js';
import type { Draws } from '../draws.js';
import { sceneOf, type Fault, type Scene } from '../fault.js';
import { patiently } from '../patiently.js';
import { groundOn, SHORT_LEASE } from '../run-ground.js';
import { EndpointProcess } from './endpoint-process.js';

const PRICE = { input: 2, output: 8, factor: 0.5 };
const BUDGET_MICROS = 20_000_000;
/** What a night sets aside where all of its batches are out at once: less would leave users to calls. */
const NIGHT_BUDGET_MICROS = 90_000_000;
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
  // Where every batch goes well none is to be late, however busy the machine is.
  const window = killsAlone ? { LLM_BATCH_WINDOW_MS: '3600000', LLM_RUN_BUDGET: String(NIGHT_BUDGET_MICROS / 1_000_000) } : {};
  const environment = { ...ENVIRONMENT, ...window, LLM_BASE_URL: endpoint.url, ...(mutant !== undefined && { TEST_MUTANT: mutant }) };
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

interface Struck {
  readonly runId: string;
  readonly endpoint: EndpointProcess;
  readonly before: { readonly account: EndpointAccount; readonly keys: number };
  readonly killsAlone: boolean;
}

const FOUND = `select count(*) filter (where type = 'UserFailed' and data->>'code' <> 'INVALID_INPUT')::int as failed,
  count(*) filter (where type = 'InterventionGenerated')::int as advised,
  count(*) filter (where type = 'InterventionGenerated' and data->>'batch' is distinct from 'ANSWERED')::int as unanswered,
  (select micros::float8 from batch.llm_spending where run_id = $1) as charged,
  coalesce(sum((data->>'costMicros')::float8), 0) as told
from batch.event where run_id = $1`;

async function whatBroke(database: PatientsDatabase, { runId, endpoint, before, killsAlone }: Struck): Promise<string[]> {
  const broken: string[] = [];
  await patiently(async () => (await database.column(`select key from batch.model_batch where state <> 'CLOSED'`)).length === 0);
  if (endpoint.filesLeft > 0) broken.push(`${endpoint.filesLeft} files left at the provider`);
  const [found] = await database.rows<Record<'failed' | 'advised' | 'unanswered' | 'charged' | 'told', number>>(FOUND, [runId]);
  const { failed = 0, advised = 0, unanswered = 0, charged = 0, told = 0 } = found ?? {};
  if (failed > 0) broken.push(`${failed} users failed`);
  if (advised === 0) broken.push('nobody was advised');
  const prepared = await database.rows<{ key: string; chunk: number }>(`select data->>'key' as key, (data->>'chunk')::int as chunk from batch.event where run_id = $1 and type = 'ModelBatchPrepared'`, [runId]); // prettier-ignore
  const given = endpoint.keys.slice(before.keys);
  const unsaid = given.filter((key) => !prepared.some((each) => each.key === key));
  if (unsaid.length > 0) broken.push(`${unsaid.length} batches at the provider of which the log knows nothing`);
  const chunks = given.flatMap((key) => prepared.find((each) => each.key === key)?.chunk ?? []);
  const twice = chunks.length - new Set(chunks).size;
  if (twice > 0) broken.push(`${twice} chunks that were asked by two batches`);
  const owed = owedFor(endpoint.account) - owedFor(before.account);
  if (charged < owed * 0.999) broken.push(`charged ${charged}, and the endpoint wants ${owed}`);
  const budget = killsAlone ? NIGHT_BUDGET_MICROS : BUDGET_MICROS;
  if (charged > budget) broken.push(`charged ${charged} of a budget of ${budget}`);
  if (killsAlone && Math.abs(told - owed) > owed * 0.02) broken.push(`outcomes tell of ${told}, and the endpoint wants ${owed}`);
  if (told > charged) broken.push(`outcomes tell of ${told}, and ${charged} was charged`);
  if (killsAlone && unanswered > 0) broken.push(`${unanswered} users were asked by calls although every batch was answered`);
  if (unanswered === 0 && endpoint.account.calls.requests > before.account.calls.requests) broken.push('users were asked twice');
  return broken;
}

/** What an account comes to, in millionths of a US$. */
function owedFor({ calls, batches }: EndpointAccount): number {
  const priced = ({ tokensIn, tokensOut }: typeof calls): number => tokensIn * PRICE.input + tokensOut * PRICE.output;
  return priced(calls) + priced(batches) * PRICE.factor;
}
