import { runLane } from '../../src/application/chunk/run-lane.js';
import { append } from '../../src/application/decide-and-append.js';
import type { Deps, Generator } from '../../src/application/ports.js';
import { liftRecall } from '../../src/application/recalls/lift-recall.js';
import { pauseRun, resumeRun } from '../../src/application/run/pause-run.js';
import { planRun } from '../../src/application/run/plan-run.js';
import { requestRun } from '../../src/application/run/request-run.js';
import { createScheduleFrom, pauseScheduleBecause } from '../../src/application/schedules/edit-schedules.js';
import { streamOfRecall, streamOfRollout, streamOfSchedule } from '../../src/application/written-streams.js';
import type { AlertKind } from '../../src/domain/alert/alert.js';
import { SERVICE } from '../../src/domain/alert/alert.js';
import { addDays, localDate } from '../../src/domain/local-date.js';
import type { AdviceVersion } from '../../src/domain/rollout/rollout-events.js';
import { USUAL_THRESHOLDS } from '../../src/domain/rollout/stop-rule.js';
import type { RequestRun } from '../../src/domain/run/decide-request.js';
import { Workers } from '../../src/store/workers.js';
import type { TestBatch } from './batch-fixture.js';
import { codedError } from './coded-error.js';
import { BEGIN_HELD } from './held-transaction.js';

/** How an alert of a kind comes about, and how it is over. */
export interface AlertScene {
  /** @returns what the alert is about */
  raise(): Promise<string>;
  /** `a good night` is the same one for all kinds that wait for one. */
  readonly over: (() => Promise<unknown>) | 'a good night';
}

const DAY = localDate('2026-02-10');
const ACTOR = 'test';
const VERSION: AdviceVersion = {
  generator: 'LLM',
  model: 'tried',
  promptVersion: 'daily-9',
  vocabulary: 'v9',
  fingerprint: 'f9f9f9f9f9f9f9f9',
};

const nothing = (): Promise<void> => Promise.resolve();
const refused = (): Promise<never> => Promise.reject(codedError('42501'));

/** Scenes of a database, by the use cases that bring them about in the field as far as a test can. A kind without one does not compile. */
export function alertScenes(batch: TestBatch): Readonly<Record<AlertKind, AlertScene>> & AsyncDisposable {
  const { deps, pool } = batch;
  const workers = new Workers(pool);
  let [paused, schedule, recall] = ['', '', ''];
  let letGo = nothing;
  return {
    RUN_PAUSED: {
      raise: async () => {
        paused = await batch.request();
        await pauseRun(deps, paused, { cause: 'OPERATOR', reason: 'a drill' }, ACTOR);
        return paused;
      },
      over: () => resumeRun(deps, paused, ACTOR),
    },
    RUN_FAILURES: { raise: () => batch.run(), over: 'a good night' },
    NIGHT_EMPTY: { raise: () => withoutAccounts(deps), over: 'a good night' },
    RUN_FAILED: { raise: () => unreadable(deps), over: 'a good night' },
    NOT_READY: { raise: () => batch.request({ readyBy: new Date(Date.now() - 1_000).toISOString() }), over: 'a good night' },
    BUDGET_REACHED: { raise: () => overBudget(deps), over: 'a good night' },
    ROLLOUT_STOPPED: { raise: () => stoppedRollout(deps), over: 'a good night' },
    SLOT_SKIPPED: {
      raise: async () => (schedule = await missed(deps)),
      over: () => pauseScheduleBecause(deps, { scheduleId: schedule, actor: ACTOR }, 'a drill'),
    },
    RECALLED_ALLERGEN: {
      raise: async () => (recall = await recalled(deps)),
      over: () => liftRecall(deps, { recallId: recall }, ACTOR),
    },
    MODEL_UNREADABLE: {
      raise: async () => {
        await workers.signIn({ workerId: deps.settings.workerId, roles: 'worker', lanes: 1, version: '0.0.0' });
        await workers.noteModel(deps.settings.workerId, 'a drill');
        return SERVICE;
      },
      over: async () => {
        await workers.noteModel(deps.settings.workerId, null);
        await workers.signOut(deps.settings.workerId);
      },
    },
    JOB_STORE_AWAY: {
      raise: async () => (await batch.rows('alter table batch.agenda_jobs rename to agenda_jobs_away'), SERVICE),
      over: () => batch.rows('alter table batch.agenda_jobs_away rename to agenda_jobs'),
    },
    LOG_LAGGING: {
      raise: async () => {
        const client = await pool.connect();
        await client.query(BEGIN_HELD);
        await client.query('select pg_current_xact_id()');
        letGo = async () => {
          letGo = nothing;
          await client.query('rollback');
          client.release();
        };
        return SERVICE;
      },
      over: () => letGo(),
    },
    /** Where a test failed before all was over. */
    async [Symbol.asyncDispose]() {
      await letGo().catch(() => undefined);
      await workers.signOut(deps.settings.workerId);
    },
  };
}

/** A night of all users by the model, of a later date than all scenes have, in which no user fails. */
export async function goodNight(batch: TestBatch): Promise<void> {
  const recordDate = addDays(localDate(new Date().toISOString().slice(0, 10)), -1);
  const rules = rulesOf(batch.deps);
  const generate: Generator['generate'] = (inputs, ...rest) =>
    rules.generate({ ...inputs, userId: (inputs.userId - (inputs.userId % 10) + 3) as typeof inputs.userId }, ...rest);
  await night(batch.deps, { recordDate, generator: 'LLM' }, { name: 'LLM', concurrency: 1, generate });
}

async function night(deps: Deps, order: Partial<RequestRun>, generator: Generator): Promise<string> {
  const by: Deps = { ...deps, generators: new Map([['LLM', generator]]) };
  const runId = await requested(by, order);
  await planRun(by, runId);
  await runLane(by, runId, new AbortController().signal);
  return runId;
}

async function requested(deps: Deps, order: Partial<RequestRun>): Promise<string> {
  const answer = await requestRun(deps, { trigger: 'MANUAL', recordDate: DAY, ...order }, { actor: ACTOR });
  if (answer.status !== 'accepted') throw new Error(`the test's run was refused: ${answer.code}`);
  return answer.run.runId;
}

const rulesOf = (deps: Deps): Generator => deps.generators.get('RULES') as Generator;

/** A run that cannot read who its users are. */
async function unreadable(deps: Deps): Promise<string> {
  const runId = await requested(deps, {});
  await planRun({ ...deps, records: { ...deps.records, roster: refused } }, runId).catch(() => undefined);
  return runId;
}

/** A night of a schedule in which IBSafe has no accounts, some days after one that had advice. Later than other scenes: a night with advice would end it. */
async function withoutAccounts(deps: Deps): Promise<string> {
  const generate: Generator['generate'] = (...asked) => rulesOf(deps).generate(...asked);
  await night(deps, { recordDate: addDays(DAY, 38), generator: 'LLM', userIds: [3] }, { name: 'LLM', concurrency: 1, generate });
  const runId = await requested(deps, { trigger: 'SCHEDULE', recordDate: addDays(DAY, 40) });
  await planRun({ ...deps, records: { ...deps.records, roster: () => Promise.resolve([]) } }, runId);
  return runId;
}

/** Three users whom the rules advised, since the model's budget held no more calls. */
function overBudget(deps: Deps): Promise<string> {
  const generate: Generator['generate'] = async (...asked) => {
    const ruled = await rulesOf(deps).generate(...asked);
    return ruled.status === 'generated'
      ? { ...ruled, generator: 'RULES', fallbackOf: 'LLM', trace: { fallbackReason: 'BUDGET_REACHED' } }
      : ruled;
  };
  return night(deps, { recordDate: addDays(DAY, -1), generator: 'LLM', userIds: [3, 4, 5] }, { name: 'LLM', concurrency: 1, generate });
}

async function stoppedRollout(deps: Deps): Promise<string> {
  const rolloutId = deps.newId();
  const started = {
    program: 'daily',
    candidate: VERSION,
    inForce: VERSION,
    sharePercent: 5,
    seed: 's',
    thresholds: USUAL_THRESHOLDS,
  } as const;
  await deps.transaction((tx) =>
    append(tx, streamOfRollout(rolloutId, undefined, ACTOR), [
      { type: 'RolloutStarted', data: started },
      { type: 'RolloutStopped', data: { cause: 'CANDIDATE_AWAY', recordDate: DAY } },
    ]),
  );
  return rolloutId;
}

/** A schedule whose slot gave way to a run that went on. */
async function missed(deps: Deps): Promise<string> {
  const input = { name: 'a drill', frequency: 'DAILY', hour: 0, minute: 0 } as const;
  const made = await createScheduleFrom(deps, { input, actor: ACTOR });
  if (!('scheduleId' in made)) throw new Error(`the test's schedule was refused: ${JSON.stringify(made)}`);
  const { scheduleId } = made;
  const slot = new Date(Date.now() - 1_000).toISOString();
  await deps.transaction(async (tx) => {
    const schedule = await tx.schedules.lock(scheduleId);
    await append(tx, streamOfSchedule(scheduleId, schedule, ACTOR), [{ type: 'SlotSkipped', data: { slot, reason: 'OVERLAP' } }]);
  });
  return scheduleId;
}

async function recalled(deps: Deps): Promise<string> {
  const recallId = deps.newId();
  const data = { cause: { kind: 'DISH', dish: 'IBS-0001' }, allergen: true, since: DAY } as const;
  await deps.transaction((tx) => append(tx, streamOfRecall(recallId, undefined, ACTOR), [{ type: 'RecallRequested', data }]));
  return recallId;
}
