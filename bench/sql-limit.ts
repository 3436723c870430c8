import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Client } from 'pg';
import { median } from './load.js';
import { LIMIT_TABLE, SET_BASED_LIMIT } from './set-based-limit.js';

/** Users a range holds in the three measurements of a round. */
const RANGES = [50_000, 10_000, 1_000];

/** Users of the roster a second, by the size of the ranges. */
export type LimitRates = ReadonlyMap<number, number>;

/** Users of the roster (of all `users` accounts) a second that SQL alone reaches with ranges over as many connections as there are cores. */
export async function sqlLimit(url: string, recordDate: string, { users, roster }: { users: number; roster: number }): Promise<LimitRates> {
  const rates = new Map<number, number>();
  for (const range of RANGES) {
    await reset(url);
    rates.set(range, roster / (await secondsOf(url, { recordDate, users, range })));
  }
  return rates;
}

/**
 * The machine's limit in each round, with the ranges that are best over all of them. Not each round's best: the highest of three draws is above what
 * a machine does whose speed comes and goes.
 */
export function bestRange(rounds: readonly LimitRates[]): { range: number; rates: number[] } {
  const of = (range: number): number[] => rounds.map((rates) => rates.get(range) ?? 0);
  const range = RANGES.toSorted((one, other) => median(of(other)) - median(of(one)))[0] ?? 0;
  return { range, rates: of(range) };
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
