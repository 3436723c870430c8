import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { RECORD_DATE } from '../bench-database.js';
import { startBenchWorker } from '../bench-worker.js';
import { median } from '../load.js';
import { pace } from '../pace.js';
import { bestRange, reset, sqlLimit, withClient, type LimitRates } from '../sql-limit.js';
import { whole, type Bench } from './bench-mode.js';

const USERS = 20_000;
const LANES = 4;
/** As `bench/peers/queues.mjs` calls them, and the package of each. */
const PEERS = [
  ['plain loop', undefined],
  ['graphile-worker', 'graphile-worker'],
  ['pg-boss', 'pg-boss'],
  ['Agenda', 'agenda'],
] as const;
/** Where queues keep their jobs. */
const DROP = 'drop schema if exists graphile_worker, pgboss cascade; drop table if exists peer_jobs, peer_logs cascade';

interface Dependencies {
  ensureDependencies(root: string, options: { say(line: string): void; what: string }): Promise<void>;
}

/**
 * A whole run, with rules, log and every guard, beside job queues that have a job a user and a plain loop, which read and insert once a user and do nothing
 * else; and beside SQL alone. All take turns in each round, on one server and the same users. @throws when a peer did not write a row for each
 */
export async function benchPeers({ server, users, rounds, say, add, keep }: Bench): Promise<void> {
  const folder = join(process.cwd(), 'bench', 'peers');
  const scripts = pathToFileURL(join(process.cwd(), 'scripts', 'dependencies.mjs')).href;
  await ((await import(scripts)) as Dependencies).ensureDependencies(folder, { say, what: 'the peers of the bench' });
  const count = Math.min(users, USERS);
  say(`loading ${whole(count)} demo patients`);
  const url = await server.database('bench_peers', { users: count, days: 7 });
  const roster = await rosterOf(url);
  const [ours, limits, paces] = [[] as number[], [] as LimitRates[], new Map<string, number[]>()];
  for (let round = 0; round < rounds; round += 1) {
    await reset(url);
    ours.push(await ourPace(url));
    limits.push(await sqlLimit(url, RECORD_DATE, { users: count, roster }));
    for (const [name] of PEERS) {
      await reset(url);
      await withClient(url, (client) => client.query(DROP));
      const found = await paceOf(folder, name, url);
      paces.set(name, [...(paces.get(name) ?? []), found]);
      say(`${name}: ${whole(found)} users/s; our run: ${whole(ours.at(-1) ?? 0)}`);
    }
  }
  const our = median(ours);
  add([`SQL alone, ${whole(count)} users, users/s`, whole(median(bestRange(limits).rates)), '']);
  add([`run of ${whole(count)}, with everything, users/s`, whole(our), '']);
  for (const [name, own] of PEERS) {
    const theirs = paces.get(name) ?? [];
    const ratio = median(ours.map((each, round) => each / (theirs[round] ?? each)));
    add([
      `${own === undefined ? `${name}, 12 connections` : `${name} ${versionOf(folder, own)}, a job a user`}, users/s (run / it)`,
      `${whole(median(theirs))} (${ratio.toFixed(1)})`,
      '',
    ]);
  }
  keep({ peers: { ours, limits: limits.map((rates) => Object.fromEntries(rates)), ...Object.fromEntries(paces) } });
}

async function rosterOf(url: string): Promise<number> {
  const text = 'select count(*)::int as users from auth_user where is_active and not is_staff';
  return withClient(url, async (client) => (await client.query<{ users: number }>(text)).rows[0]?.users ?? 0);
}

/** Users a second of a run in a process of its own, which is as new as those of the peers and gone when they begin. */
async function ourPace(url: string): Promise<number> {
  const worker = await startBenchWorker(url, LANES, { plannedChunks: true });
  try {
    return pace(await worker.run());
  } finally {
    await worker.close();
  }
}

/** Users a second of a peer's night, in a process of its own, from the first job enqueued to the last row. */
async function paceOf(folder: string, name: string, url: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ['main.mjs', name, url, RECORD_DATE], { cwd: folder });
  const { users, ms } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { users: number; ms: number };
  return (users * 1_000) / ms;
}

function versionOf(folder: string, name: string): string {
  return (JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;
}
