import { BEHAVIOURS, type Behaviour } from '../../../src/local-model/behaviour.js';
import { openLocalModel } from '../../../src/local-model/local-model.js';
import { resumeRun } from '../../support/control-client.js';
import { dataOf } from '../../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../../support/patients-database.js';
import { Resources } from '../../support/resources.js';
import { startServiceProcess, type ServiceProcess } from '../../support/service-process.js';
import { startTestService } from '../../support/test-service.js';
import type { Draws } from '../draws.js';
import { sceneOf, type Fault, type Scene } from '../fault.js';
import { patiently } from '../patiently.js';
import { groundOn, type RunGround } from '../run-ground.js';

const TROUBLES = ['REFUSES EVERYBODY', 'LOADS', 'COMES AND GOES', 'REFUSES PARAMETERS', 'TELLS FIGURES'] as const;
type Trouble = (typeof TROUBLES)[number];

const FIGURES = ['usage-none', 'usage-zero', 'usage-negative', 'usage-huge', 'usage-text'] as const;
const REFUSALS = ['404', '405', '422', '424', 'bad-key-400', 'unknown-model-400', 'error-200', 'page', 'redirect', '101'] as const;
const PARAMETERS = ['no-max-tokens', 'no-limit', 'no-temperature', 'no-seed', 'no-format', 'reasoning-model', 'silent-about-seed'] as const;

const PER_MINUTE = 3_000;
/** ms until what a worker met is told on every process. */
const TOLD_WITHIN_MS = 60_000;
/** Pauses of a run for one cause that its log may hold: an endpoint that comes and goes twice makes two, and a lane that was late one more. */
const MAX_PAUSES = 4;
const ENVIRONMENT = {
  GENERATOR: 'LLM',
  LLM_MODEL: 'local',
  LLM_TIMEOUT_MS: '3000',
  LLM_LOAD_MS: '60000',
  LLM_CONCURRENCY: '4',
  LLM_REQUESTS_PER_MINUTE: String(PER_MINUTE),
  LLM_TOKENS_PER_MINUTE: '1000000000',
  LLM_PRICE_INPUT: '1',
  LLM_PRICE_OUTPUT: '2',
  LLM_RUN_BUDGET: '50',
};

/** 32: what a model's endpoint can do to a service that trusts it. */
export const STRANGER: Fault = {
  id: '32',
  what: 'a model’s endpoint with absurd figures, refusals to everybody, slow loads, loops of recovery',
  promise: 'invariant 1; nobody fails for it, the next run plans, no loop in the log, the rate kept, every figure within bounds',
  open: () => strangerScene(),
};

const soundly = (): Behaviour => ({ kind: 'sound' });

/** The scene, with two ordinary workers or with one mutant. `trouble` leaves the draw no choice. */
export async function strangerScene(mutant?: { readonly name: string; readonly trouble: Trouble }): Promise<Scene> {
  const resources = new Resources();
  const times: number[] = [];
  let behave = soundly;
  const model = resources.use(await openLocalModel({ port: 0, behave: () => behave(), onReceived: ({ at }) => times.push(at) }));
  const database = resources.use(await createPatients(50));
  const environment = { ...ENVIRONMENT, LLM_BASE_URL: model.url };
  const { url } = resources.use(await startTestService(database, { role: 'api', environment }));
  const workers: ServiceProcess[] = [];
  const changed = mutant === undefined ? {} : { TEST_MUTANT: mutant.name };
  for (let count = mutant === undefined ? 2 : 1; count > 0; count -= 1)
    workers.push(resources.use(await startServiceProcess(database, 'worker', { ...environment, ...changed })));
  const ground = groundOn(database, () => url);
  return sceneOf(resources, async (draws) => {
    const trouble = mutant?.trouble ?? TROUBLES[(draws.seed - 1) % TROUBLES.length] ?? 'TELLS FIGURES';
    const script = scriptOf(trouble, draws);
    behave = script.behave;
    times.length = 0;
    const since = performance.now();
    const runId = await ground.begin({ chunkSize: 5, recordDate: RECORD_DATE });
    const broken = trouble === 'REFUSES EVERYBODY' ? await mendWhatRefuses({ runId, url, ground, workers }, script) : [];
    await ground.ended(runId);
    broken.push(...(await whatBroke(database, runId)), ...rateBroken(times));
    behave = soundly;
    // What was told must not reach the plan of the next run.
    await ground.ended(await ground.beginBeside({ dryRun: true, recordDate: RECORD_DATE, userIds: [1, 2, 3, 4, 5] }));
    return ground.verdict(runId, { bites: script.bites(), since, broken });
  });
}

interface Script {
  readonly behave: () => Behaviour;
  /** Answers so far that no sound endpoint gives. */
  readonly bites: () => number;
  /** The endpoint refuses nobody from now on. */
  readonly mend: () => void;
}

/** Figures are absurd whatever else the endpoint does. */
function scriptOf(trouble: Trouble, draws: Draws): Script {
  let [asked, bites, mended] = [0, 0, false];
  const odd = named(draws.pick(trouble === 'REFUSES PARAMETERS' ? PARAMETERS : REFUSALS));
  const figure = draws.below(FIGURES.length);
  const [up, down] = [draws.between(1, 3), draws.between(8, 12)];
  // One that refuses all may have been silent before.
  const silent = draws.pick([0, 4]);
  const bite = (behaviour: Behaviour): Behaviour => {
    bites += 1;
    return behaviour;
  };
  const behave = (): Behaviour => {
    asked += 1;
    if (trouble === 'REFUSES EVERYBODY' && !mended) return bite(asked <= silent ? { kind: 'sound', latencyMs: 2_500 } : odd);
    if (trouble === 'REFUSES PARAMETERS') return bite(odd);
    if (trouble === 'LOADS' && asked <= 2) return bite({ kind: 'sound', latencyMs: 7_000 });
    const cycle = up + down;
    if (trouble === 'COMES AND GOES' && asked <= 2 * cycle && (asked - 1) % cycle >= up) return bite({ kind: 'reset' });
    return bite(named(FIGURES[(figure + asked) % FIGURES.length] ?? 'usage-none'));
  };
  return { behave, bites: () => bites, mend: () => (mended = true) };
}

function named(name: string): Behaviour {
  const found = BEHAVIOURS[name];
  if (found === undefined) throw new RangeError(`the local model knows no ${name}`);
  return found;
}

interface Refused {
  readonly runId: string;
  readonly url: string;
  readonly ground: Omit<RunGround, 'resources' | 'url' | 'deps'>;
  readonly workers: readonly ServiceProcess[];
}

/** Waits until the run says what it waits for, looks whether everything says the same, and does what an operator would. */
async function mendWhatRefuses({ runId, url, ground: { database }, workers }: Refused, { mend }: Script): Promise<string[]> {
  const state = async (): Promise<{ status: string; reason: string | null } | undefined> =>
    (await database.rows<{ status: string; reason: string | null }>('select status, paused_reason as reason from batch.run_view where run_id = $1', [runId]))[0]; // prettier-ignore
  const saysSo = async (): Promise<boolean> => (await state())?.reason?.includes('refuses every question') === true;
  // On a busy machine a question may meet its time limit first: the run then waits for an endpoint that does not answer, and goes on by itself.
  await patiently(async () => (await saysSo()) || ['COMPLETED', 'COMPLETED_WITH_FAILURES'].includes((await state())?.status ?? ''));
  const broken: string[] = [];
  if (!(await saysSo())) broken.push('the run does not say that everybody is refused');
  // The worker that met it says so beside the pause, and an answer of before serves for a second.
  const isTold = async (): Promise<boolean> =>
    (await dataOf<{ systemStatus: { modelProblem: string | null } }>(url, '{ systemStatus { modelProblem } }')).systemStatus.modelProblem !== null; // prettier-ignore
  if (!(await comes(isTold))) broken.push('systemStatus knows nothing of it');
  const isShown = async (): Promise<boolean> =>
    ((await (await fetch(`${url}/readyz`)).json()) as { checks: { model?: { answering: boolean } } }).checks.model?.answering === false;
  if (!(await comes(isShown))) broken.push('readiness knows nothing of it');
  const alarm = await Promise.any(workers.map((worker) => worker.heard('UNFIT')));
  if (!/"level":("error"|50)/u.test(alarm)) broken.push('the log does not tell of it as an error');
  mend();
  await resumeRun(url, runId);
  return broken;
}

/** Whether the answer is yes within the time in which every process is told of a worker's trouble. */
function comes(question: () => Promise<boolean>): Promise<boolean> {
  return patiently(question, { patienceMs: TOLD_WITHIN_MS }).then(() => true, () => false); // prettier-ignore
}

const FOUND = `select
  count(*) filter (where type = 'UserFailed' and data->>'code' <> 'INVALID_INPUT')::int as failed,
  count(*) filter (where data->>'generator' = 'LLM')::int as advised,
  count(*) filter (where data ? 'tokensIn' and not ((data->>'tokensIn')::numeric between (data->>'generator' = 'LLM')::int and 100000
    and (data->>'tokensOut')::numeric between 0 and 100000))::int as absurd,
  count(*) filter (where data->>'generator' = 'LLM' and (data->>'costMicros')::numeric < 1)::int as free,
  count(*) filter (where type = 'RunPaused')::int as pauses
from batch.event where run_id = $1`;

async function whatBroke(database: PatientsDatabase, runId: string): Promise<string[]> {
  const [found] = await database.rows<{ failed: number; advised: number; absurd: number; free: number; pauses: number }>(FOUND, [runId]);
  const { failed = 0, advised = 0, absurd = 0, free = 0, pauses = 0 } = found ?? {};
  return [
    ...(failed > 0 ? [`${failed} users failed`] : []),
    ...(advised === 0 ? ['nobody was advised by the model'] : []),
    ...(absurd > 0 ? [`${absurd} absurd figures in the log`] : []),
    ...(free > 0 ? [`${free} users cost nothing`] : []),
    ...(pauses > MAX_PAUSES ? [`${pauses} pauses in the log of one run`] : []),
  ];
}

/** Every request takes a turn, whoever makes it and why: each may come late, and none early. */
function rateBroken(times: readonly number[]): string[] {
  const spacing = 60_000 / PER_MINUTE;
  const begins = times.slice(0, Math.ceil(times.length / 3)).map((at, n) => at - n * spacing);
  const took = (times.at(-1) ?? 0) - Math.min(...begins);
  const least = (times.length - 1) * spacing * 0.9;
  return took >= least ? [] : [`${times.length} requests within ${Math.round(took)} ms, ${Math.round(least)} at least`];
}
