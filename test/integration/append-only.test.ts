import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { PostgresLog } from '../../src/eventlog/postgres-log.js';
import { MONTH, skipped, someRun, STARTED } from '../contracts/support/events.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { BEGIN_HELD } from '../support/held-transaction.js';

const REFUSED = expect.objectContaining({ code: '23001', message: expect.stringContaining('batch.event') });

describe('the log, against a hand with a database client', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
    const log = new PostgresLog(client);
    const run = someRun();
    await log.append(run.own(0), [STARTED]);
    await log.append(run.chunk(0), skipped(1, 2));
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const content = async (): Promise<unknown> => (await client.query('select * from batch.event order by xid, position')).rows;

  // The last one is what replication and restores run as: ordinary triggers sleep then.
  describe.each(['origin', 'local', 'replica'])('whose session_replication_role is %s', (role) => {
    it.each([
      ['the log', 'update batch.event_log set actor = actor'],
      ['a month of it', 'update batch.event_2026_05 set actor = actor'],
      ['the log', 'delete from batch.event_log'],
      ['a month of it', 'delete from batch.event_2026_05 where version = 2'],
      ['the log', 'truncate batch.event_log'],
      ['a month of it', 'truncate batch.event_2026_05'],
      ['an event that moves to another month', `update batch.event_log set run_month = '1970-01-01'`],
      [
        'what a merge changes',
        `merge into batch.event_log e using (select 1) one on e.version = 1 when matched then update set actor = 'x'`,
      ],
      ['what a merge deletes', `merge into batch.event_log e using (select 1) one on e.version = 1 when matched then delete`],
    ])('refuses to change %s: %s', async (_, statement) => {
      const before = await content();
      await client.query(`set session_replication_role = ${role}`);
      try {
        await expect(client.query(statement)).rejects.toEqual(REFUSED);
      } finally {
        await client.query('reset session_replication_role');
      }
      expect(await content()).toEqual(before);
    });
  });

  it.each(['batch.event', 'batch.event_2026_05'])('refuses an insert into %s that does not come through batch.append', async (table) => {
    const insert = `insert into ${table} (position, xid, stream, version, type, run_month, data, actor, correlation_id) overriding system value
      values (99, pg_current_xact_id(), 'run-x', 1, 'RunStarted', '2026-05-01', '{}', 'test', gen_random_uuid())`;
    await expect(client.query(insert)).rejects.toEqual(REFUSED);
  });

  it('opens the way in for one append only: afterwards, in the same transaction, an insert is refused again', async () => {
    await client.query(BEGIN_HELD);
    await new PostgresLog(client).append(someRun().own(0), [STARTED]);
    const insert = `insert into batch.event_log (xid, stream, version, type, run_month, data, actor, correlation_id)
      values (pg_current_xact_id(), 'run-y', 1, 'RunStarted', '2026-05-01', '{}', 'test', gen_random_uuid())`;
    await expect(client.query(insert)).rejects.toEqual(REFUSED);
    await client.query('rollback');
  });

  it('takes no second outcome of a user, even by batch.append itself and past every check of ours', async () => {
    const run = someRun();
    const append = (stream: string, users: number[]): Promise<unknown> =>
      client.query(`select batch.append($1, 0, $2, $3, 'test', $3, null, $4, $5, $6)`, [
        stream,
        MONTH,
        run.runId,
        users.map(() => 'UserCancelled'),
        users,
        users.map(() => '{}'),
      ]);
    await append('a', [7, 8]);
    await expect(append('b', [8])).rejects.toMatchObject({ code: '23505' });
    await expect(append('c', [9, 9])).rejects.toMatchObject({ code: '23505' });
    const { rows } = await client.query('select user_id from batch.event where run_id = $1 order by user_id', [run.runId]);
    expect(rows).toEqual([{ user_id: 7 }, { user_id: 8 }]);
  });

  it('still lets a month be dropped as a whole, which is how old ones leave', async () => {
    await client.query(BEGIN_HELD);
    await client.query('drop table batch.event_2026_05');
    expect(await content()).toEqual([]);
    await client.query('rollback');
    expect(await content()).not.toEqual([]);
  });
});
