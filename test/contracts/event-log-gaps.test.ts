import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Cursor, RecordedEvent } from '../../src/application/ports.js';
import { compareCursors, ORIGIN } from '../../src/eventlog/cursor.js';
import { PostgresLog } from '../../src/eventlog/postgres-log.js';
import { paused, skipped, someRun, STARTED } from './support/events.js';
import { Follower, stopFollowers } from './support/follower.js';
import { interleave, Writer } from './support/interleaving.js';
import { NaiveReader } from './support/naive-reader.js';
import { openPostgresLog, settled } from './support/open-logs.js';

describe('a reader of the log on PostgreSQL, while transactions overlap', () => {
  let opened: Awaited<ReturnType<typeof openPostgresLog>>;
  let log: PostgresLog;
  const writers: Writer[] = [];

  const connect = async (count: number): Promise<Writer[]> => {
    for (let n = 0; n < count; n += 1) writers.push(await Writer.connect(opened.url));
    return writers;
  };
  /** Reads in small pages, as a follower does, and goes on where it stopped. */
  const reader = (): { users: (number | null)[]; cursors: Cursor[]; look: () => Promise<void> } => {
    let after = ORIGIN;
    const users: (number | null)[] = [];
    const cursors: Cursor[] = [];
    const take = ({ userId, cursor }: RecordedEvent): void => void (users.push(userId), cursors.push(cursor));
    const look = async (): Promise<void> => {
      for (let atEnd = false; !atEnd;) {
        const page = await log.readAfter(after, 3);
        page.events.forEach(take);
        ({ cursor: after, atEnd } = page);
      }
    };
    return { users, cursors, look };
  };

  beforeEach(async () => {
    opened = await openPostgresLog();
    log = new PostgresLog(opened.pool);
  });
  afterEach(async () => {
    await stopFollowers();
    for (const writer of writers.splice(0)) await writer.close();
    await opened.close();
  });

  it('does not see what was committed while an earlier transaction is open, and sees both in order afterwards', async () => {
    const [slow, fast] = (await connect(2)) as [Writer, Writer];
    const run = someRun();
    await slow.begin();
    await slow.append(run.chunk(1), skipped(1));
    await fast.append(run.chunk(2), skipped(2));
    expect((await log.readAfter(ORIGIN, 10)).events).toEqual([]);
    expect(await log.head()).toEqual(ORIGIN);
    await slow.end('commit');
    await settled(opened.pool);
    expect((await log.readAfter(ORIGIN, 10)).events.map(({ userId }) => userId)).toEqual([1, 2]);
  });

  it('orders by transaction and then by position, also where the positions alone say otherwise', async () => {
    const [first, second] = (await connect(2)) as [Writer, Writer];
    const run = someRun();
    const naive = new NaiveReader(opened.pool, 'by position, below the oldest transaction');
    await first.begin();
    await first.client.query('select pg_current_xact_id()');
    await second.begin();
    await second.append(run.chunk(2), skipped(21, 22));
    await first.append(run.chunk(1), skipped(11, 12));
    await first.end('commit');
    while (naive.users.length === 0) await naive.look();
    await second.end('commit');
    await settled(opened.pool);
    const { events } = await log.readAfter(ORIGIN, 10);
    const users = events.map(({ userId }) => Number(userId)); // those of an append in the order of their subjects
    expect([users.slice(0, 2).toSorted((a, b) => a - b), users.slice(2).toSorted((a, b) => a - b)]).toEqual([
      [11, 12],
      [21, 22],
    ]);
    expect(events.map(({ cursor }) => cursor.position)).toEqual(['3', '4', '1', '2']);
    await naive.look();
    expect(naive.users.toSorted((a, b) => a - b)).toEqual([11, 12]); // and never the others: what comes of ordering by position alone
  });

  it('goes over positions that a rollback left out', async () => {
    const [writer] = (await connect(1)) as [Writer];
    const run = someRun();
    const follower = new Follower(log, ORIGIN);
    await writer.append(run.chunk(1), skipped(1));
    await writer.begin();
    await writer.append(run.chunk(2), skipped(2));
    await writer.end('rollback');
    await writer.append(run.chunk(3), skipped(3));
    const events = await follower.has(2);
    expect(events.map(({ userId }) => userId)).toEqual([1, 3]);
    expect(events.map(({ cursor }) => cursor.position)).toEqual(['1', '3']);
  });

  it.each([1, 2, 3, 4])(
    'misses and doubles nothing under any interleaving (seed %i), where a reader by position misses some',
    async (seed) => {
      const all = await connect(5);
      const safe = reader();
      const naive = new NaiveReader(opened.pool, 'by position');
      const committed = await interleave(all, 120, seed, async () => {
        await safe.look();
        await naive.look();
      });
      await settled(opened.pool);
      for (const each of [safe, naive]) await each.look();
      expect(safe.users.toSorted(numerically)).toEqual(committed.toSorted(numerically));
      expect(safe.cursors).toEqual(safe.cursors.toSorted(compareCursors));
      // What this test says of a reader that is wrong: that it missed something.
      expect(committed.filter((user) => !naive.users.includes(user)).length).toBeGreaterThan(0);
    },
  );

  it('lets a follower that polls have everything in the end, though a transaction began early and committed late', async () => {
    const [slow, fast] = (await connect(2)) as [Writer, Writer];
    const [early, late] = [someRun(), someRun()];
    const follower = new Follower(log, ORIGIN, { pollMs: 20 });
    await slow.begin();
    await slow.append(early.own(0), [STARTED]);
    for (let version = 0; version < 5; version += 1) await fast.append(late.own(version), [paused(`${version}`)]);
    await slow.end('commit');
    const events = await follower.has(6);
    expect(events.map(({ runId, version }) => `${runId === early.runId ? 'early' : 'late'} ${version}`)).toEqual([
      'early 1', 'late 1', 'late 2', 'late 3', 'late 4', 'late 5',
    ]); // prettier-ignore
  });
});

function numerically(a: number | null, b: number | null): number {
  return (a ?? 0) - (b ?? 0);
}
