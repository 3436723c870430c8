import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { tellTime } from '../../src/eventlog/told-time.js';
import { PostgresLog } from '../../src/eventlog/postgres-log.js';
import { someRun, STARTED } from './support/events.js';
import { openPostgresLog } from './support/open-logs.js';

const MARK = `comment on table public.auth_user is 'IBSafe Batch demo patients {}'`;
const BEGIN_HISTORY = `select batch.begin_demo_history(1, 60, '2026-03-10')`;
const [EARLIER, LATER] = [new Date('2026-01-10T00:00:00.000Z'), new Date('2026-01-10T00:00:01.000Z')];

/** What an append in a transaction came to: the time in the log, or the code of the refusal. */
type Told = { readonly recordedAt: string } | { readonly refused: string };

describe('the time of an event', () => {
  let opened: Awaited<ReturnType<typeof openPostgresLog>>;
  beforeEach(async () => {
    opened = await openPostgresLog();
  });
  afterEach(() => opened.close());

  const sql = (text: string): Promise<unknown> => opened.pool.query(text);

  /** Appends once for each time, all in one transaction, and commits it. */
  async function tell(times: readonly Date[], first?: string): Promise<readonly Told[]> {
    const client = await opened.pool.connect();
    try {
      await client.query('begin');
      if (first !== undefined) await client.query(first);
      const told: Told[] = [];
      for (const at of times) told.push(await appendAt(client, at));
      await client.query('commit');
      return told;
    } finally {
      await client.query('rollback');
      client.release();
    }
  }

  it('is the database’s own where nobody tells another', async () => {
    const { recordedAt } = await opened.log.append(someRun().own(0), [STARTED]);
    expect(Math.abs(Date.parse(recordedAt) - Date.now())).toBeLessThan(600_000);
  });

  it('cannot be told in a database that is not marked as a demo, whatever it says of a history', async () => {
    await sql(`insert into batch.demo_history (seed, nights, until) values (1, 60, '2026-03-10')`);
    const forged = 'update batch.demo_history set teller = pg_current_xact_id()';
    expect(await tell([EARLIER], forged)).toEqual([{ refused: 'BE002' }]);
    await expect(sql(BEGIN_HISTORY)).rejects.toMatchObject({ code: 'BE002' });
    expect(await events()).toBe(0);
  });

  it('can be told by the transaction that found a marked database with an empty log, in the order of time', async () => {
    await sql(MARK);
    expect(await tell([EARLIER, EARLIER, LATER, EARLIER], BEGIN_HISTORY)).toEqual([
      { recordedAt: EARLIER.toISOString() },
      { recordedAt: EARLIER.toISOString() },
      { recordedAt: LATER.toISOString() },
      { refused: 'BE005' },
    ]);
  });

  it('cannot be told of the future', async () => {
    await sql(MARK);
    expect(await tell([new Date(Date.now() + 3_600_000)], BEGIN_HISTORY)).toEqual([{ refused: 'BE005' }]);
  });

  it('cannot be told by any other transaction of a marked database: not by one without a history, not after its end, not by a later one', async () => {
    await sql(MARK);
    expect(await tell([EARLIER])).toEqual([{ refused: 'BE005' }]);
    expect(await tell([EARLIER], `${BEGIN_HISTORY}; select batch.end_demo_history()`)).toEqual([{ refused: 'BE005' }]);
    expect(await tell([LATER])).toEqual([{ refused: 'BE005' }]);
  });

  it('cannot be told once the log holds an event, be it a single one', async () => {
    await sql(MARK);
    await opened.log.append(someRun().own(0), [STARTED]);
    await expect(sql(BEGIN_HISTORY)).rejects.toMatchObject({ code: 'BE004' });
  });

  it('cannot be told beside an account that no demo made', async () => {
    await sql(MARK);
    await sql(`insert into public.auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
      values ('!', false, 'demo-12', '', '', '', false, true, now())`); // a name that only looks like one of the demo's
    await expect(sql(BEGIN_HISTORY)).rejects.toMatchObject({ code: 'BE003' });
  });

  it('keeps others from appending until the history has ended: theirs come after it', async () => {
    await sql(MARK);
    const client = await opened.pool.connect();
    await client.query('begin');
    await client.query(BEGIN_HISTORY);
    const other = new PostgresLog(opened.pool).append(someRun().own(0), [STARTED]);
    const { rows } = await waiting(opened.pool);
    expect(rows).toHaveLength(1);
    expect(await appendAt(client, EARLIER)).toEqual({ recordedAt: EARLIER.toISOString() });
    await client.query('commit');
    client.release();
    const after = await other;
    const order = await opened.pool.query<{ at: Date }>('select recorded_at as at from batch.event order by xid, position');
    expect(order.rows.map(({ at }) => at.toISOString())).toEqual([EARLIER.toISOString(), after.recordedAt]);
  });

  it('is seen by these tests: a database that believes whoever tells a time is caught', async () => {
    await sql(`create or replace function batch.event_time() returns timestamptz language sql as $$
      select coalesce(nullif(current_setting('batch.event_time', true), '')::timestamptz, now()) $$`);
    expect(await tell([EARLIER])).not.toEqual([{ refused: 'BE002' }]);
  });

  async function events(): Promise<number> {
    return (await opened.pool.query<{ n: number }>('select count(*)::int as n from batch.event')).rows[0]?.n ?? -1;
  }
});

/** The sessions of this database that wait for a lock: asked until there is one. */
async function waiting(pool: pg.Pool): Promise<pg.QueryResult> {
  const text = `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  for (;;) {
    const found = await pool.query(text); // not within the transaction, which sees the same sessions to its end
    if (found.rowCount !== 0) return found;
  }
}

async function appendAt(client: pg.PoolClient, at: Date): Promise<Told> {
  await client.query('savepoint one');
  try {
    await tellTime(client, at);
    const { recordedAt } = await new PostgresLog(client).append(someRun().own(0), [STARTED]);
    return { recordedAt };
  } catch (error) {
    await client.query('rollback to savepoint one');
    return { refused: String((error as { code?: string }).code) };
  }
}
