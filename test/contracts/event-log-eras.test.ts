import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { compareCursors } from '../../src/eventlog/cursor.js';
import { enterEra } from '../../src/eventlog/enter-era.js';
import { LagWatch } from '../../src/eventlog/lag-watch.js';
import { PostgresLog } from '../../src/eventlog/postgres-log.js';
import { someRun, STARTED } from './support/events.js';
import { openPostgresLog } from './support/open-logs.js';
import { BEGIN_HELD } from '../support/held-transaction.js';

/** To the log a move is that the cluster it is in is not the one it remembers. The real thing is in test/drills. */
const MOVE = "update batch.log_era set cluster = 'another/00000001' where era = (select max(era) from batch.log_era)";

describe('a log that finds itself in another cluster', () => {
  let opened: Awaited<ReturnType<typeof openPostgresLog>>;
  beforeEach(async () => {
    opened = await openPostgresLog();
  });
  afterEach(() => opened.close());

  const append = async (): Promise<string> => (await new PostgresLog(opened.pool).append(someRun().own(0), [STARTED])).cursor.xid;
  const eras = async (): Promise<number> =>
    (await opened.pool.query<{ n: number }>('select count(*)::int as n from batch.log_era')).rows[0]?.n ?? 0;

  it('puts what is written there after all that was brought along', async () => {
    const before = await opened.log.append(someRun().own(0), [STARTED]);
    await opened.pool.query(MOVE);
    const after = await append();
    expect(BigInt(after) >> 40n).toBe(1n);
    expect(compareCursors({ xid: after, position: '0' }, before.cursor)).toBe(1);
  });

  it('shows what was brought along at once, though its ids are ahead of the cluster', async () => {
    await opened.pool.query('insert into batch.log_era (era, cluster) values (5, $1)', ['another/00000001']);
    const client = await opened.pool.connect();
    const run = someRun();
    await client.query("begin; set local batch.appending = 'linked'");
    await client.query(
      `insert into batch.event_log (xid, stream, version, type, run_id, run_month, data, actor, correlation_id)
       values ((((5::bigint << 40) + 1000000000000)::text)::xid8, 'ahead', 1, 'RunStarted', $1, $2, '{}', 'test', gen_random_uuid())`,
      [run.own(0).runId, run.own(0).month],
    );
    await client.query('commit');
    client.release();
    const page = await opened.log.readAfter({ xid: '0', position: '0' }, 10);
    expect(page.events.map(({ stream }) => stream)).toEqual(['ahead']);
    expect(await new LagWatch(opened.pool, { alarmMs: 1 }).look()).toMatchObject({ hiddenMs: 0 });
  });

  it('enters the era once, however many begin to write at the same time', async () => {
    await opened.pool.query(MOVE);
    const ids = await Promise.all(Array.from({ length: 5 }, append));
    expect(new Set(ids.map((xid) => BigInt(xid) >> 40n))).toEqual(new Set([1n]));
    expect(await eras()).toBe(2);
  });

  it('is told of once, with the last event of before', async () => {
    expect(await enterEra(opened.pool)).toBeUndefined();
    const { cursor } = await opened.log.append(someRun().own(0), [STARTED]);
    await opened.pool.query(MOVE);
    expect(await enterEra(opened.pool)).toEqual({ era: 1, settledPosition: cursor.position });
    expect(await enterEra(opened.pool)).toBeUndefined();
  });

  it('does not take a transaction of the last cluster for one that is still open', async () => {
    let now = 0;
    const watch = new LagWatch(opened.pool, { alarmMs: 10_000, clock: () => now });
    const open = await opened.pool.connect();
    await open.query(`${BEGIN_HELD}; select pg_current_xact_id()`);
    await opened.pool.query('select pg_current_xact_id()');
    await watch.look();
    now = 60_000;
    await opened.pool.query(MOVE); // as when the address leads to a restored cluster from now on
    expect(await watch.look()).toMatchObject({ heldMs: 0, alarm: false });
    await open.query('rollback');
    open.release();
  });
});
