import { startBenchWorker } from '../bench-worker.js';
import { RECORD_DATE } from '../bench-database.js';
import { followedRun, type FollowedRun, requestOf, roomFor } from '../followed-run.js';
import type { Heard } from '../followers-process.js';
import { startFollowers } from '../followers.js';
import { startHttp } from '../http.js';
import { median } from '../load.js';
import { reset, withClient } from '../sql-limit.js';
import { whole, type Bench } from './bench-mode.js';

/** Runs that are followed by one each, for each five of those that follow one run. */
const SHARE = 5;

/** What very many followers of one run hear, and what they cost it; and what one follower each of many runs hears. */
export async function benchFollowers({ rounds, say, add, keep }: Bench, url: string, followers: number): Promise<void> {
  const alone: FollowedRun[] = [];
  const followed: FollowedRun[] = [];
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await followedRun(url, undefined));
    followed.push(await followedRun(url, { kind: 'PROGRESS', followers }));
    say(`alone ${whole(alone.at(-1)?.ms ?? 0)} ms, followed ${whole(followed.at(-1)?.ms ?? 0)} ms ${JSON.stringify(followed.at(-1))}`);
  }
  const of = (figure: (run: FollowedRun) => number): number => median(followed.map(figure));
  const most = (figure: (heard: Heard) => number): number =>
    Math.max(...followed.map(({ heard }) => (heard === undefined ? Number.NaN : figure(heard))));
  const slower = of(({ ms }) => ms) / median(alone.map(({ ms }) => ms)) - 1;
  const name = `${whole(followers)} followers of one run`;
  add([`${name}: the run, slower by`, `${(slower * 100).toFixed(1)} %`, '≤ 10 %']);
  add([`${name}: longest silence while it runs`, `${whole(most(({ silenceMost }) => silenceMost))} ms`, '≤ 1,000 ms']);
  add([`${name}: the end is heard, longest`, `${whole(most(({ endLagMost }) => endLagMost))} ms`, '≤ 1,000 ms']);
  add([`${name}: heard of the end`, `${whole(Math.min(...followed.map(({ heard }) => heard?.ended ?? 0)))} of ${whole(followers)}`, 'all']);
  add([
    `${name}: memory of each in the service`,
    `${of(({ memory }) => ((memory.followed - memory.before) * 1_024) / followers).toFixed(0)} kB`,
    '',
  ]);
  add([`${name}: memory of the service at the most`, `${whole(of(({ memory }) => memory.peak))} MB`, '']);
  const each = await oneEach(url, Math.max(1, Math.round(followers / SHARE)));
  add([`${whole(each.all)} runs followed by one each: the end is heard, longest`, `${whole(each.endLagMost)} ms`, '≤ 1,000 ms']);
  add([`${whole(each.all)} runs followed by one each: heard of the end`, `${whole(each.ended)} of ${whole(each.all)}`, 'all']);
  keep({ followers: { followers, alone, followed, oneEach: each } });
}

/** As many small dry runs, each of another record date, each with one follower. */
async function oneEach(url: string, runs: number): Promise<Heard> {
  await reset(url);
  const userId = await withClient(url, async (client) => {
    const { rows } = await client.query<{ id: number }>('select min(id)::int as id from auth_user where is_active and not is_staff');
    return rows[0]?.id ?? 0;
  });
  const api = await startHttp('whole', url, roomFor(runs));
  const runIds: string[] = [];
  for (let daysBefore = 1; daysBefore <= runs; daysBefore += 1) {
    const recordDate = new Date(Date.parse(RECORD_DATE) - daysBefore * 86_400_000).toISOString().slice(0, 10);
    runIds.push(await requestOf(api, { recordDate, userIds: [userId], dryRun: true }));
  }
  const followers = await startFollowers({ address: api.address, kind: 'PROGRESS', runIds });
  const worker = await startBenchWorker(url, 4);
  const heard = await followers.heard;
  followers.close();
  await worker.close();
  api.child.disconnect();
  return heard;
}
