import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type pg from 'pg';
import { AlertFollower } from '../../src/alerts/follower.js';
import { makeAlertGround, type AlertGround } from '../support/alert-ground.js';
import { until } from '../support/until.js';

let ground: AlertGround;
beforeAll(async () => {
  ground = await makeAlertGround(20);
});
afterAll(() => ground.batch.close());

/** Connections that note of each statement on the log whether its transaction had an id by then: from that on the log's order is hidden from followers. */
function notingIds(pool: pg.Pool, noted: (string | null)[]): Pick<pg.Pool, 'connect'> {
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect();
    const query = async (asked: string | pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult> => {
      if ((typeof asked === 'string' ? asked : asked.text).includes('batch.event')) {
        const { rows } = await client.query<{ id: string | null }>('select pg_current_xact_id_if_assigned()::text as id');
        noted.push(rows[0]?.id ?? null);
      }
      return client.query(asked as string, values);
    };
    return Object.assign(Object.create(client) as pg.PoolClient, { query, release: client.release.bind(client) });
  };
  return { connect: connect as pg.Pool['connect'] };
}

it('counts the outcomes of a night before it writes, so that no event of others is hidden meanwhile', async () => {
  const { batch, about } = ground;
  await ground.follow();
  const runId = await batch.run({ readyBy: new Date(Date.now() - 1_000).toISOString() });
  const noted: (string | null)[] = [];
  const options = { channels: ['WEBHOOK'], failuresPercent: 1, readyPercent: 99, settleMs: 0 } as const;
  const follower = new AlertFollower(notingIds(batch.pool, noted), options);
  await until(async () => {
    await follower.step();
    return (await about(runId)).some(({ kind }) => kind === 'NOT_READY');
  });
  expect(noted.length).toBeGreaterThan(2); // the page, the run, its outcomes
  expect(noted.filter((id) => id !== null)).toEqual([]);
});
