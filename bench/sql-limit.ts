import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Client } from 'pg';
import { LIMIT_TABLE, SET_BASED_LIMIT } from './set-based-limit.js';

/** Users a range holds in the three measurements; the best of them is the machine's limit. */
const RANGES = [50_000, 10_000, 1_000];

/** Users of the roster (of all `users` accounts) a second that SQL alone reaches with ranges over as many connections as there are cores. */
export async function sqlLimit(
  url: string,
  recordDate: string,
  { users, roster }: { users: number; roster: number },
): Promise<{ usersPerSecond: number; range: number }> {
  let best = { usersPerSecond: 0, range: 0 };
  for (const range of RANGES) {
    await reset(url);
    const usersPerSecond = roster / (await secondsOf(url, { recordDate, users, range }));
    if (usersPerSecond > best.usersPerSecond) best = { usersPerSecond, range };
  }
  return best;
}

/** Empties what a measurement writes and refreshes statistics, so that each begins alike. */
export async function reset(url: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(LIMIT_TABLE);
    await client.query('truncate limit_probe_event, ibsafe_interventionrecord');
    await client.query('checkpoint');
    await client.query('analyze');
  });
}

async function secondsOf(url: string, load: { recordDate: string; users: number; range: number }): Promise<number> {
  let next = 0;
  const worker = (): Promise<void> =>
    withClient(url, async (client) => {
      const stream = randomUUID();
      for (let after = next; after < load.users; after = next) {
        next = after + load.range;
        // Ranges of one connection go to streams of their own: versions begin at 1 in each.
        const values = [after, Math.min(next, load.users), load.recordDate, load.range < load.users ? randomUUID() : stream];
        await client.query({ name: 'limit', text: SET_BASED_LIMIT, values });
      }
    });
  const began = performance.now();
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return (performance.now() - began) / 1_000;
}

/** Runs `work` on a connection of its own. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
