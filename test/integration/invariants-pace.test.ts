import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { decodeEvents } from '../../src/doctor/readable-events.js';
import { WITHOUT_LOOPS } from '../../src/doctor/invariants.js';
import { RUN_INVARIANTS } from '../../src/doctor/run-invariants.js';
import { monthChain } from '../../src/lifecycle/archive/month-chain.js';
import { fillLog } from '../../bench/fill-log.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';

/** A node of a plan, as PostgreSQL tells it. */
interface Node {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly Node[];
}

const nodesOf = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** Times that a statement may go through all that there is: it joins the log with itself and with rows. */
const PASSES = 12;

describe('A check of invariants over a log of years', () => {
  let batch: TestBatch;
  let client: PoolClient;
  let events = 0;

  beforeAll(async () => {
    batch = await createTestBatch({ users: 150 });
    await batch.run();
    await fillLog(batch.url, 4_000, () => undefined);
    client = await batch.pool.connect();
    // As where the log is larger than the memory of a statement.
    await client.query(`set work_mem = '64kB'`);
    await client.query(`set search_path = ''`);
    // The app has let old rows go, and has got the ids of others anew.
    await client.query(`delete from public.ibsafe_interventionrecord where id % 2 = 0`);
    await client.query(`update public.ibsafe_interventionrecord set record_date = record_date - 1000`);
    const { rows } = await client.query<{ count: number }>('select count(*)::int from batch.event_log');
    events = rows[0]?.count ?? 0;
    // Others no event tells of: each is looked for in all of the log.
    await client.query(`update public.ibsafe_interventionrecord set id = -id where id % 3 > 0`);
    // Of what advice says there are no statistics: it is too wide for them.
    await client.query('alter table public.ibsafe_interventionrecord alter column outputs set statistics 0');
    await client.query('analyze');
  });
  afterAll(async () => {
    client.release(true);
    await batch.close();
  });

  it('is measured on a log whose copies are chained, as in life', async () => {
    const { rows: months } = await client.query<{ month: string }>('select distinct run_month::text as month from batch.event_log');
    expect(months.length).toBeGreaterThan(1);
    for (const { month } of months) expect([month, await monthChain(client, month)]).toEqual([month, []]);
  });

  const statements = RUN_INVARIANTS.flatMap(({ promise, text, values = [], aside }) => [
    [promise, text, values] as const,
    ...(aside === undefined ? [] : [[`aside of ${promise}`, aside.text, []] as const]),
  ]);

  it.each(statements)('%s reads the log some times, and not once for each of its events', async (_, text, values) => {
    await client.query(`begin; ${WITHOUT_LOOPS}`);
    const { rows } = await client.query<{ 'QUERY PLAN': readonly [{ Plan: Node }] }>(`explain (analyze, timing off, format json) ${text}`, [...values]); // prettier-ignore
    await client.query('rollback');
    const nodes = nodesOf(rows[0]?.['QUERY PLAN'][0].Plan as Node);
    const most = nodes.toSorted((a, b) => b['Actual Rows'] * b['Actual Loops'] - a['Actual Rows'] * a['Actual Loops'])[0] as Node;
    expect([events > 4_000, most['Node Type'], most['Actual Rows'] * most['Actual Loops'] <= PASSES * events]).toEqual([true, most['Node Type'], true]); // prettier-ignore
  });

  it('opens what is sealed in an event once, however many of its fields are looked at', async () => {
    const sent: string[] = [];
    const noting = { query: (text: string) => (sent.push(text), Promise.resolve({ rows: [] })) };
    await decodeEvents(noting as unknown as PoolClient);
    const shapes = sent.filter((text) => text.includes('group by'));
    const plans = await Promise.all(
      shapes.map(async (text) => JSON.stringify((await client.query(`explain (verbose, format json) ${text}`)).rows)),
    );
    // Once for the id of the intervention, and once for the hashes.
    expect(plans.map((plan) => plan.split('uuid_send(s.secret)').length - 1)).toEqual([2]);
  });
});
