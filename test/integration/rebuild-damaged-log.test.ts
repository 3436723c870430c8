import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { compareMonth, compareViews, rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { BEGIN_HELD } from '../support/held-transaction.js';

describe('a rebuild from a log that this release cannot read', () => {
  let batch: TestBatch;
  let runId: string;

  beforeEach(async () => {
    batch = await createTestBatch({ users: 12 });
    runId = await batch.run();
  });
  afterEach(() => batch.close());

  // What a later release, or a hand with a database client, could have put there: past the codec.
  const plant = async (event: { type: string; userId?: number; data?: object; skipped?: number }): Promise<string> => {
    const client = await batch.pool.connect();
    try {
      await client.query(BEGIN_HELD);
      await client.query("set local batch.appending = 'linked'");
      const { rows } = await client.query<{ position: string }>(
        `insert into batch.event_log (xid, stream, version, type, run_id, run_month, subject, data, actor, correlation_id)
         select pg_current_xact_id(), stream, max(version) + 1 + $2, $3, run_id, run_month, $4, $5, 'test', run_id
         from batch.event where stream = 'run-' || $1 group by stream, run_id, run_month returning position`,
        [runId, event.skipped ?? 0, event.type, event.userId ?? null, event.data ?? {}],
      );
      await client.query('commit');
      return rows[0]?.position ?? '';
    } finally {
      client.release();
    }
  };

  it.each([
    ['an unknown type', { type: 'RunTeleported' }],
    ['an unknown outcome', { type: 'UserTeleported', userId: 1_000 }],
    ['an outcome without a user', { type: 'UserCancelled' }],
    ['an event of a run that names a user', { type: 'RunResumed', userId: 1_000 }],
    ['an unknown reason', { type: 'UserSkipped', userId: 1_000, data: { reasons: ['BORED'] } }],
    ['a field that the codec does not know', { type: 'RunPaused', data: { cause: 'OPERATOR', reason: 'x', meal: 'y' } }],
  ])('stops at %s, names its type and position, and changes nothing', async (_, event) => {
    const position = await plant(event);
    await batch.pool.query('update batch.run_view set roster = 99');
    const named = {
      name: 'InvalidEvent',
      message: expect.stringMatching(new RegExp(`(${event.type}.*position ${position}|position ${position}.*${event.type})`)),
    };
    await expect(rebuildViews(batch.pool, { verify: true })).rejects.toMatchObject(named);
    await expect(compareViews(batch.pool)).rejects.toMatchObject(named);
    expect((await batch.pool.query('select roster from batch.run_view')).rows).toEqual([{ roster: 99 }]);
  });

  it('stops at a gap in a stream and names the version that is missing', async () => {
    await plant({ type: 'RunFailed', data: { code: 'TEST' }, skipped: 1 });
    await expect(rebuildViews(batch.pool, { verify: false })).rejects.toThrow(/goes from version 4 to 6/);
  });

  it('keeps no other month from being compared, as each is before it is let go', async () => {
    const [held] = await batch.rows<{ month: string; events: number }>(
      'select run_month::text as month, count(*)::int as events from batch.event where run_id is not null group by 1',
    );
    const month = held?.month ?? '';
    expect(await compareMonth(batch.pool, month)).toMatchObject({ events: held?.events, differences: [] });
    await plant({ type: 'RunTeleported' });
    await expect(compareMonth(batch.pool, month)).rejects.toMatchObject({ name: 'InvalidEvent' });
    expect(await compareMonth(batch.pool, '2020-01-01')).toMatchObject({ events: 0, differences: [] });
  });
});
