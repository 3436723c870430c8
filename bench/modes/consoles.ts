import { followedRun, type FollowedRun } from '../followed-run.js';
import { median } from '../load.js';
import { whole, type Bench } from './bench-mode.js';

/** What open consoles cost a run, and what they see of it; and what as many bare subscribers of its progress see. */
export async function benchConsoles({ rounds, say, add, keep }: Bench, url: string, consoles: number): Promise<void> {
  const alone: FollowedRun[] = [];
  const watched: FollowedRun[] = [];
  // In turns, so that a machine that slows down slows both.
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await followedRun(url, undefined));
    watched.push(await followedRun(url, { kind: 'CONSOLE', followers: consoles }));
    for (const [name, run] of [
      ['alone', alone.at(-1)],
      ['with consoles', watched.at(-1)],
    ] as const)
      if (run !== undefined)
        say(`${name}: ${whole(run.ms)} ms, CPU of service and PostgreSQL ${cpuOf(run).toFixed(1)} s ${JSON.stringify(run.heard ?? '')}`);
  }
  const bare = await followedRun(url, { kind: 'PROGRESS', followers: consoles });
  const rise = middle(watched, cpuOf) / middle(alone, cpuOf) - 1;
  const seen = Math.max(...watched.map(({ heard }) => heard?.lagP99 ?? Number.NaN));
  add([`${whole(consoles)} consoles: more CPU of service and PostgreSQL`, `${(rise * 100).toFixed(1)} %`, '≤ 10 %']);
  add([
    `${whole(consoles)} consoles: run, longer by`,
    `${((middle(watched, ({ ms }) => ms) / middle(alone, ({ ms }) => ms) - 1) * 100).toFixed(1)} %`,
    '',
  ]);
  add([`${whole(consoles)} consoles: progress is seen, p99`, `${whole(seen)} ms`, '≤ 1,000 ms']);
  add([`${whole(consoles)} bare subscribers: progress is seen, p99`, `${whole(bare.heard?.lagP99 ?? Number.NaN)} ms`, '≤ 250 ms']);
  keep({ consoles: { consoles, alone, watched, bare } });
}

function middle(runs: readonly FollowedRun[], figure: (run: FollowedRun) => number): number {
  return median(runs.map(figure));
}

function cpuOf({ cpu }: FollowedRun): number {
  return cpu.api + cpu.worker + cpu.postgres;
}
