import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool, PoolClient } from 'pg';
import { compareViews, rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';

describe('rebuild of the views', () => {
  let batch: TestBatch;
  let runId: string;

  beforeAll(async () => {
    // Two months, one of them with a partition that only its first run makes.
    const instants = [new Date(), new Date('2031-02-03T04:05:06Z')];
    batch = await createTestBatch({ users: 95, clock: () => instants.at(-1) ?? new Date() });
    await batch.run();
    instants.pop();
    runId = await batch.run({ reason: "an operator's words", userIds: [1, 2, 3, 30], dryRun: true });
    await batch.run();
  });
  afterAll(() => batch.close());

  const query = async (sql: string): Promise<void> => void (await batch.pool.query(sql));

  it('finds nothing to correct after ordinary runs, with or without replacing', async () => {
    const counted = await batch.pool.query<{ events: number }>('select count(*)::int as events from batch.event');
    expect(await compareViews(batch.pool)).toMatchObject({ events: counted.rows[0]?.events, differences: [], replaced: false });
    expect(await rebuildViews(batch.pool, { verify: true })).toMatchObject({
      events: counted.rows[0]?.events,
      differences: [],
      replaced: true,
    });
    expect(await rebuildViews(batch.pool, { verify: false })).toMatchObject({ differences: [], replaced: true });
  });

  it('counts outcomes and reasons from the outcomes, so that the views hold what happened to the users', async () => {
    await query('delete from batch.chunk_view');
    await rebuildViews(batch.pool, { verify: true });
    const { rows } = await batch.pool.query(
      `select sum(generated)::int as generated, sum(skipped)::int as skipped, sum(failed)::int as failed,
         sum((reasons->>'MISSING_FOOD_RECORD')::int)::int as food, sum((reasons->>'INVALID_INPUT')::int)::int as invalid,
         count(*) filter (where completed_at is null)::int as open
       from batch.chunk_view where run_id <> '${runId}'`,
    );
    expect(rows).toEqual([{ generated: 2 * 66, skipped: 2 * 19, failed: 2 * 10, food: 2 * 19, invalid: 2 * 10, open: 0 }]);
  });

  it.each([
    ['run_view', 'status', `update batch.run_view set status = 'RUNNING', ended_at = null where run_id = $1`],
    ['run_view', 'run_month', `update batch.run_view set run_month = '2031-02-01' where run_id = $1`],
    ['run_view', 'user_ids', `update batch.run_view set user_ids = '{1,2,3}' where run_id = $1`],
    ['run_view', '(row)', `delete from batch.run_view where run_id = $1`],
    ['chunk_view', 'generated', `update batch.chunk_view set generated = generated + 1 where run_id = $1 and chunk = 0`],
    ['chunk_view', 'reasons', `update batch.chunk_view set reasons = '{}' where run_id = $1 and chunk = 0`],
    ['chunk_view', 'completed_at', `update batch.chunk_view set completed_at = completed_at + interval '1 us' where run_id = $1`],
    ['chunk_view', '(row)', `delete from batch.chunk_view where run_id = $1`],
    [
      'chunk_view',
      '(row)',
      `insert into batch.chunk_view select (jsonb_populate_record(v, '{"chunk": 99}')).* from batch.chunk_view v where run_id = $1 limit 1`,
    ],
    [
      'run_view',
      '(row)',
      `insert into batch.run_view select (jsonb_populate_record(v, jsonb_build_object('run_id', gen_random_uuid()))).* from batch.run_view v where run_id = $1`,
    ],
    [
      'schedule_view',
      'settings',
      `update batch.schedule_view set settings = jsonb_set(settings, '{hour}', '10') where $1::uuid is not null`,
    ],
    ['schedule_view', 'last_run_id', `update batch.schedule_view set last_run_id = $1`],
    ['schedule_view', '(row)', `delete from batch.schedule_view where $1::uuid is not null`],
  ])('finds and repairs a %s whose %s is not what the log says', async (view, column, damage) => {
    await batch.pool.query(damage, [runId]);
    const found = await compareViews(batch.pool);
    expect(found.differences.map((difference) => [difference.view, difference.column])).toContainEqual([view, column]);
    const report = await rebuildViews(batch.pool, { verify: true });
    expect(report.differences).toEqual(found.differences);
    expect((await compareViews(batch.pool)).differences).toEqual([]);
  });

  it('says what was there and what should be', async () => {
    await batch.pool.query('update batch.run_view set roster = 5 where run_id = $1', [runId]);
    const { differences } = await rebuildViews(batch.pool, { verify: false });
    expect(differences).toEqual([{ view: 'run_view', key: runId, column: 'roster', live: '5', rebuilt: '4' }]);
  });

  it('makes all rows again where there were none, with the values that were there', async () => {
    const content = async (): Promise<unknown> => {
      const { rows } = await batch.pool.query(`select
        (select jsonb_agg(v order by run_id) from batch.run_view v) as runs, (select jsonb_agg(v order by run_id, chunk) from batch.chunk_view v) as chunks,
        (select jsonb_agg(v order by schedule_id) from batch.schedule_view v) as schedules`);
      return rows[0];
    };
    const before = await content();
    await query('truncate batch.run_view, batch.chunk_view, batch.schedule_view');
    await rebuildViews(batch.pool, { verify: true });
    expect(await content()).toEqual(before);
  });

  it('tells how far it is, up to the end', async () => {
    const told: [number, number][] = [];
    const { events } = await rebuildViews(batch.pool, { verify: true, onProgress: (done, total) => told.push([done, total]) });
    expect(told.at(-1)).toEqual([2 * events, 2 * events]);
    expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).toSorted((a, b) => a - b));
  });

  it('keeps no follower of the log waiting while it compares: its transaction has no id that they would wait for', async () => {
    const ids: unknown[] = [];
    await compareViews(
      beforeCommit(batch.pool, async (client) => {
        const { rows } = await client.query<{ id: string | null }>('select pg_current_xact_id_if_assigned() as id');
        ids.push(rows[0]?.id);
      }),
    );
    expect(ids).toEqual([null]);
  });
});

/** A pool that calls back inside each transaction, just before it commits. */
function beforeCommit(pool: Pool, look: (client: PoolClient) => Promise<void>): Pool {
  const watched = (client: PoolClient): PoolClient =>
    new Proxy(client, {
      get: (target, name) => {
        if (name !== 'query') return Reflect.get(target, name, target) as unknown;
        return async (text: string, values?: unknown[]) => {
          if (text === 'commit') await look(target);
          return target.query(text, values);
        };
      },
    });
  return new Proxy(pool, {
    get: (target, name) =>
      name === 'connect' ? async () => watched(await target.connect()) : (Reflect.get(target, name, target) as unknown),
  });
}
