import type { ClientBase } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../application/ports.js';
import type { Config } from '../config/config.js';
import { withClient } from '../database/connect.js';
import { poolWithin } from '../database/pool-within.js';
import { readDemoMark, type DemoMark } from '../demo/demo-mark.js';
import { DemoRandom } from '../demo/demo-random.js';
import { enrolled, recordsOf } from '../demo/history/enrolment.js';
import { HistoryClock, DAYS_BEFORE, HISTORY_ZONE, instantOf, MAX_NIGHTS, tellHistory } from '../demo/history/tell-history.js';
import { HistoryModel, HistoryRules } from '../demo/history/history-generators.js';
import { HistoryQueue } from '../demo/history/history-queue.js';
import { beside, DemoRefused } from '../demo/demo-refused.js';
import { beginHistory, endHistory, readHistory, type History } from '../demo/history/history-record.js';
import { dayOf, Sky } from '../demo/history/story.js';
import { runId } from '../domain/ids.js';
import { dateInZone, daysBetween, localDate } from '../domain/local-date.js';
import { tellTime } from '../eventlog/told-time.js';
import { WakeUpSender } from '../feeds/wake-ups.js';
import { loadAdviceWords } from '../generators/advice-words.js';
import { GenerationMeter } from '../generators/generation-meter.js';
import { JobStore } from '../jobs/job-store.js';
import { InterventionRows } from '../records/intervention-rows.js';
import type { Logger } from '../server/http/options.js';
import { Workers } from '../store/workers.js';
import { makeDeps } from './make-deps.js';
import { transactionOn } from './transaction.js';

/** What history is wanted, and the listener of its progress. */
export interface HistoryOptions {
  readonly config: Config;
  readonly logger: Logger;
  /** Nights before the demo's last day; as many as its records allow, and at most 60, where it is left out. */
  readonly nights?: number | undefined;
  /** An error it throws ends the history and leaves the log empty. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A history, and whether it was there before. */
export interface HistorySummary extends History {
  readonly status: 'MADE' | 'ALREADY_MADE';
}

/** Chunks that a run of the history is cut into: its progress is not watched, and each is a dozen statements. */
const CHUNK_STEPS = 5;

/**
 * Fills the empty log of a demo with invented nights: the service's own use cases work through a story, in one transaction, at the times of the story. An
 * interrupted one leaves nothing. @throws DemoRefused where there is no demo, or where the log or the accounts hold anything real
 */
export function makeHistory(url: string, options: HistoryOptions): Promise<HistorySummary> {
  return withClient({ url, name: 'demo history' }, async (client) => {
    try {
      await client.query('begin');
      const summary = await makeWithin(client, options);
      await client.query('commit');
      return summary;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  });
}

async function makeWithin(client: ClientBase, { config, logger, nights, onProgress }: HistoryOptions): Promise<HistorySummary> {
  const there = await readHistory(client);
  if (there !== undefined) return { status: 'ALREADY_MADE', ...there };
  await client.query('set local idle_in_transaction_session_timeout = 0');
  const mark = await readDemoMark(client);
  const most = nightsOf(mark?.days ?? 0);
  if (mark !== null && (nights ?? most) > most) {
    throw new DemoRefused('TOO_FEW_DAYS', beside('DAYS_FOR_FEWER', { days: mark.days, most, nights: nights ?? most }));
  }
  if (mark !== null && most < 1) throw new DemoRefused('TOO_FEW_DAYS', beside('DAYS_FOR_NONE', { days: mark.days, before: DAYS_BEFORE })); // prettier-ignore
  const history: History = { nights: nights ?? most, seed: mark?.seed ?? 0, until: mark?.until ?? '1970-01-01' };
  await beginHistory(client, history);
  const until = localDate(history.until);
  const clock = new HistoryClock(instantOf(dayOf({ ago: history.nights + 2 }, until), '12:00').getTime(), history.seed);
  const [queue, sky] = [new HistoryQueue(), new Sky(mark?.users ?? 0)];
  const deps = depsWithin(client, { config, logger, clock, queue, sky, demo: mark ?? NO_DEMO });
  await tellHistory({ deps, queue, clock, sky, nights: history.nights, until, onProgress });
  await endHistory(client);
  return { status: 'MADE', ...history };
}

/** How many nights a demo of so many days allows. */
export function nightsOf(days: number): number {
  return Math.max(0, Math.min(MAX_NIGHTS, days - DAYS_BEFORE));
}

interface Within {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock: HistoryClock;
  readonly queue: HistoryQueue;
  readonly sky: Sky;
  readonly demo: Pick<DemoMark, 'users' | 'seed' | 'until'>;
}

/** Refused before anything is made of it. */
const NO_DEMO = { users: 0, seed: 0, until: '1970-01-01' } as const;

/** The key of the random numbers that ids are made of: "ids" as a number. */
const IDS = 0x6964_73;

function bytesOf(random: DemoRandom): Uint8Array {
  return Uint8Array.from({ length: 16 }, () => random.below(256));
}

function never(): never {
  throw new Error('the history of a demo has no job store');
}

/** The service's own adapters on one transaction, by the clock of the story: what is invented is the time, the generators' luck, and who does the work. */
function depsWithin(client: ClientBase, { config, logger, clock, queue, sky, demo }: Within): Deps {
  const pool = poolWithin(client, () => tellTime(client, clock.nextTransaction()));
  const jobs = new JobStore({ kind: 'none', make: never, retryMs: 1, watchMs: 1, onError: never });
  const [sender, meter] = [new WakeUpSender(pool), new GenerationMeter()];
  const rulesOnly = { ...config, GENERATOR: 'RULES' as const };
  const workers = new Workers(pool);
  const made = makeDeps({ config: rulesOnly, words: loadAdviceWords(config), pool, jobs, sender, workerId: '', workers, logger, meter });
  const rules = made.generators.get('RULES') ?? never();
  const { seed, users, until } = demo;
  const parts = { rules, clock, sky, seed };
  const random = new DemoRandom(seed, IDS, 0);
  const workerId = made.idOf('demo history', 'worker', String(seed));
  return {
    ...made,
    records: recordsOf(made.records, () =>
      Math.ceil(users * enrolled(daysBetween(dateInZone(clock.now, HISTORY_ZONE), localDate(until)) + 1)),
    ),
    transaction: transactionOn(pool, () => Promise.resolve(clock.now)),
    queue,
    progress: queue,
    newBatch: () => new InterventionRows(clock.now.getTime()),
    generators: new Map([new HistoryRules(parts), new HistoryModel(parts)].map((each) => [each.name, each] as const)),
    clock: () => clock.now,
    elapsed: () => clock.now.getTime(),
    newId: () => runId(uuidv7({ msecs: clock.now.getTime(), random: bytesOf(random) })),
    settings: {
      ...made.settings,
      workerId,
      chunkSteps: CHUNK_STEPS,
      failurePause: { percent: 50, leastUsers: Math.min(100, Math.ceil(users / 10)) },
    },
  };
}
