import { whole, type Bench } from './bench-mode.js';
import { benchBeside } from './beside.js';
import { benchCancel } from './cancel.js';
import { benchConsoles } from './consoles.js';
import { benchFollowers } from './followers.js';
import { benchGuards } from './guards.js';
import { benchHistory } from './history.js';
import { benchLanes } from './lanes.js';
import { benchLlm } from './llm.js';
import { benchLogSize } from './log-size.js';
import { benchNights } from './nights.js';
import { benchOperations } from './operations.js';
import { benchPeers } from './peers.js';
import { benchPrices } from './prices.js';
import { benchProcesses } from './processes.js';
import { benchRetention } from './retention.js';
import { benchTwoWorkers } from './two-workers.js';

/** What the command line may ask for beside the usual measurements. */
export interface ModeOptions {
  /** `1,2,4`: counts of lanes. */
  readonly lanes?: string | undefined;
  /** Events that a long log holds. */
  readonly log?: string | undefined;
  /** A run by a language model. */
  readonly llm?: boolean | undefined;
  readonly days: number;
  /** How many consoles are open, and how many follow one run. */
  readonly consoles?: number | undefined;
  readonly followers?: number | undefined;
}

/** Every name that `--only` takes: what is measured as usual, and what has a mode of its own. */
export const MEASUREMENTS = [
  'run',
  'log',
  'http',
  'slots',
  'lanes',
  'history',
  'log-size',
  'operations',
  'retention',
  'nights',
  'peers',
  'prices',
  'workers',
  'processes',
  'llm',
  'cancel',
  'consoles',
  'followers',
  'beside',
  'guards',
] as const;

/** Users that stand beside the many ones of a measurement of lanes. */
const BESIDE_LANES = [10_000, 100_000];

/** Days of history that the usual measurements have; more are a measurement of their own. */
const USUAL_DAYS = 7;

/** The measurements that options ask for by themselves; none for the usual ones. */
export function modesOf({ lanes, log, llm, days }: ModeOptions): string[] {
  return [
    ...(llm === true ? ['llm'] : []),
    ...(lanes === undefined ? [] : ['lanes']),
    ...(days > USUAL_DAYS ? ['history'] : []),
    ...(log === undefined ? [] : ['log-size']),
  ];
}

/** Makes those measurements of `only` that have a mode of their own. */
export async function benchModes(
  bench: Bench,
  only: ReadonlySet<string>,
  { lanes = '1,2,4', log = '10000000', days, consoles = 1_000, followers = 5_000 }: ModeOptions,
): Promise<void> {
  const { server, users, say } = bench;
  const load = (name: string, count: number): Promise<string> => {
    say(`loading ${whole(count)} demo patients`);
    return server.database(name, { users: count, days: USUAL_DAYS });
  };
  if (only.has('lanes')) {
    const fewer = new Map<number, string>();
    for (const count of BESIDE_LANES.filter((few) => few < users)) fewer.set(count, await load(`bench_lanes_${count}`, count));
    await benchLanes(bench, { large: await load('bench_lanes', users), fewer }, lanes.split(',').map(Number));
  }
  if (only.has('history')) await benchHistory(bench, days > USUAL_DAYS ? days : 180);
  if (only.has('log-size')) await benchLogSize(bench, Number(log));
  if (only.has('operations')) await benchOperations(bench);
  if (only.has('retention')) await benchRetention(bench);
  if (only.has('nights')) await benchNights(bench);
  if (only.has('peers')) await benchPeers(bench);
  if (only.has('prices')) await benchPrices(bench);
  if (only.has('workers')) await benchTwoWorkers(bench);
  if (only.has('processes')) await benchProcesses(bench, await load('bench_processes', users));
  if (only.has('llm')) await benchLlm(bench);
  if (only.has('cancel')) await benchCancel(bench, await load('bench_cancel', users));
  if (only.has('consoles')) await benchConsoles(bench, await load('bench_consoles', users), consoles);
  if (only.has('followers')) await benchFollowers(bench, await load('bench_followers', users), followers);
  if (only.has('beside')) await benchBeside(bench, await load('bench_beside', users));
  if (only.has('guards')) await benchGuards(bench, await load('bench_guards', users));
}
