import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { LagWatch, type Lag } from '../../src/eventlog/lag-watch.js';
import { PostgresLog } from '../../src/eventlog/postgres-log.js';
import { until } from '../support/until.js';
import { skipped, someRun, STARTED } from './support/events.js';
import { openPostgresLog } from './support/open-logs.js';
import { BEGIN_HELD } from '../support/held-transaction.js';

// Other tests of the cluster open transactions as well: what is claimed here holds whatever they do.
describe('the watch over the log’s lag', () => {
  let opened: Awaited<ReturnType<typeof openPostgresLog>>;
  let now = 0;

  beforeEach(async () => {
    opened = await openPostgresLog();
    now = 0;
  });
  afterEach(() => opened.close());

  const watch = (alarmMs: number, onAlarm?: (lag: Lag) => void): LagWatch =>
    new LagWatch(opened.pool, { alarmMs, clock: () => now, ...(onAlarm && { onAlarm }) });
  /** Whether everybody in the cluster who wrote before has ended. */
  const reached = async (xid: string): Promise<boolean> => {
    const text = 'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as reached';
    return (await opened.pool.query<{ reached: boolean }>(text, [xid])).rows[0]?.reached === true;
  };
  /** A writing transaction that stays open, and is the oldest of the cluster. */
  const writing = async (): Promise<pg.PoolClient> => {
    const client = await opened.pool.connect();
    await client.query(BEGIN_HELD);
    const { rows } = await client.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
    await until(() => reached(rows[0]?.xid ?? ''));
    await opened.pool.query('select pg_current_xact_id()'); // and somebody else has written and ended since
    return client;
  };
  it('raises an alarm for a transaction that only stays open, before it hides anything, and lets it go when that ends', async () => {
    const told: boolean[] = [];
    const lag = watch(10_000, ({ alarm }) => told.push(alarm));
    const open = await writing();
    await lag.look();
    now = 9_999;
    expect(await lag.look()).toMatchObject({ alarm: false });
    now = 10_000;
    expect(await lag.look()).toEqual({ hiddenMs: 0, heldMs: expect.any(Number), alarm: true });
    expect(told).toEqual([true]);
    await end(open);
    await until(async () => !(await lag.look()).alarm); // another test's may have been open as long
    expect(told).toEqual([true, false]);
  });

  it('measures how old the oldest event is that the transaction hides', async () => {
    const open = await writing();
    await new PostgresLog(opened.pool).append(someRun().own(0), [STARTED]);
    const lag = watch(50);
    await until(async () => (await lag.look()).hiddenMs >= 50); // though its own clock stands still
    expect(lag.lag).toMatchObject({ heldMs: 0, alarm: true });
    await end(open);
    await until(async () => (await lag.look()).hiddenMs === 0);
  });

  it('reads no event that everybody sees already, however many there are', async () => {
    const users = Array.from({ length: 2_000 }, (_, at) => at + 1);
    await opened.log.append(someRun().chunk(0), skipped(...users));
    await opened.pool.query('analyze batch.event_log');
    const client = await opened.pool.connect();
    // Makes the planner shun an index for as many rows as it expects here, as it does in a log of millions.
    await client.query('set random_page_cost = 1000');
    const read = async (): Promise<number> => {
      await client.query('select pg_stat_force_next_flush()');
      const text = `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_user_tables where schemaname = 'batch' and relname ~ '^event_'`;
      return (await client.query<{ read: number }>(text)).rows[0]?.read ?? NaN;
    };
    const before = await read();
    await new LagWatch(client, { alarmMs: 10_000 }).look();
    const after = await read();
    client.release(true);
    expect(after - before).toBeLessThan(10);
  });

  it('does not take one short transaction after another for a long one', async () => {
    const lag = watch(10_000);
    for (let n = 0; n < 5; n += 1) {
      const open = await writing();
      await lag.look();
      await end(open);
      now += 9_000;
    }
    expect(await lag.look()).toMatchObject({ alarm: false });
  });

  it('knows how long a transaction has been open that becomes the oldest when an older one ends', async () => {
    const lag = watch(10_000);
    const [older, younger] = [await writing(), await opened.pool.connect()];
    await younger.query(BEGIN_HELD);
    await younger.query('select pg_current_xact_id()');
    await opened.pool.query('select pg_current_xact_id()');
    await lag.look();
    now = 10_000;
    await end(older);
    expect(await lag.look()).toMatchObject({ heldMs: 10_000, alarm: true });
    await end(younger);
  });

  it('knows nothing before its first look, after one that failed, and while one is not answered, and says each alarm once all the same', async () => {
    let answer: 'FAILS' | 'IS THERE' = 'IS THERE';
    const db = {
      query: (...values: Parameters<pg.Pool['query']>) =>
        answer === 'FAILS' ? Promise.reject(new Error('away')) : opened.pool.query(...(values as unknown as [string])),
    } as unknown as pg.Pool;
    const told: boolean[] = [];
    const lag = new LagWatch(db, { alarmMs: 10_000, clock: () => now, onAlarm: ({ alarm }) => void told.push(alarm) });
    expect(lag.lag).toBeUndefined();
    const open = await writing();
    await lag.look();
    now = 20_000;
    await lag.look();
    expect(lag.lag).toMatchObject({ alarm: true });
    answer = 'FAILS';
    await expect(lag.look()).rejects.toThrow('away');
    expect(lag.lag).toBeUndefined();
    answer = 'IS THERE';
    await lag.look();
    expect([lag.lag?.alarm, told]).toEqual([true, [true]]);
    now += 10_001; // and no look was answered since
    expect(lag.lag).toBeUndefined();
    await end(open);
  });

  it('looks by itself, and again after a look that failed', async () => {
    let looks = 0;
    const flaky = {
      query: (...values: Parameters<pg.Pool['query']>) => {
        looks += 1;
        return looks === 1 ? Promise.reject(new Error('away')) : opened.pool.query(...(values as unknown as [string]));
      },
    } as unknown as pg.Pool;
    const open = await writing();
    const lag = new LagWatch(flaky, { alarmMs: 100 });
    lag.start();
    await until(() => Promise.resolve(lag.lag?.alarm === true));
    expect(looks).toBeGreaterThan(2);
    await end(open);
    await until(() => Promise.resolve(lag.lag?.alarm === false));
    lag.stop();
  });
});

async function end(client: pg.PoolClient): Promise<void> {
  await client.query('rollback');
  client.release();
}
