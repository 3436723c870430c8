import { ORIGIN } from '../../../src/eventlog/cursor.js';
import { PostgresLog } from '../../../src/eventlog/postgres-log.js';
import { Follower } from '../../contracts/support/follower.js';
import { interleave, Writer } from '../../contracts/support/interleaving.js';
import { NaiveReader, type Naivety } from '../../contracts/support/naive-reader.js';
import { openPostgresLog, settled } from '../../contracts/support/open-logs.js';
import type { Draws } from '../draws.js';
import type { Fault, SeedVerdict } from '../fault.js';
import { patiently } from '../patiently.js';

const WRITERS = 5;
const STEPS = 120;

/** 11 and 13, on the log alone: transactions begin, take positions, commit late or not at all, in any order. */
export const OVERLAPPING_APPENDS: Fault = {
  id: '13',
  what: 'appends that overlap, commit late or roll back (gaps in positions)',
  promise: 'followers miss and repeat nothing, in order',
  open: () => Promise.resolve({ strike: (draws) => overlap(draws), [Symbol.asyncDispose]: () => Promise.resolve() }),
};

/** Events that a reader of some kind missed or was given twice, while transactions overlapped. `reader` takes the place of the real follower. */
export async function overlap(draws: Draws, naivety?: Naivety): Promise<SeedVerdict> {
  const opened = await openPostgresLog();
  const writers: Writer[] = [];
  const follower = new Follower(new PostgresLog(opened.pool), ORIGIN, { pollMs: 5, pageSize: draws.between(1, 9) });
  const naive = new NaiveReader(opened.pool, naivety ?? 'by position');
  try {
    for (let n = 0; n < WRITERS; n += 1) writers.push(await Writer.connect(opened.url));
    const committed = await interleave(writers, STEPS, draws.seed, () => naive.look());
    const since = performance.now();
    await settled(opened.pool);
    await naive.look();
    await patiently(() => Promise.resolve(follower.events.length >= committed.length));
    const { rows } = await opened.pool.query<{ gaps: number }>('select (max(position) - count(*))::int as gaps from batch.event');
    const seen = naivety === undefined ? follower.events.map(({ userId }) => userId ?? 0) : naive.users;
    const missed = committed.filter((user) => !seen.includes(user)).length;
    const order = naivety === undefined ? outOfOrder(follower) : [];
    const bites = rows[0]?.gaps ?? 0;
    return {
      bites,
      lost: missed,
      doubled: seen.length - new Set(seen).size,
      broken: order,
      recoveryMs: Math.round(performance.now() - since),
    };
  } finally {
    await follower.stop();
    for (const writer of writers) await writer.close();
    await opened.close();
  }
}

function outOfOrder({ events }: Follower): string[] {
  const places = events.map(({ cursor }) => BigInt(cursor.xid) * 2n ** 63n + BigInt(cursor.position));
  return places.every((place, at) => at === 0 || place > (places[at - 1] ?? 0n)) ? [] : ['events arrived out of order'];
}
