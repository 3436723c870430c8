import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { localDate } from '../../src/domain/local-date.js';
import { compareViews, rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';

const LOW = { low: 3, moderate: 1, high: 0, unknown: 2 };
const HIGH = { low: 3, moderate: 0, high: 1, unknown: 0 };
const NOTHING_LOW = { low: 0, moderate: 2, high: 0, unknown: 5 };

/** Users whose advice is written: see `createTestBatch`. */
const [ANN, BEN, CLO] = [3, 4, 5];

describe('the counter of days that were low in FODMAPs', () => {
  let batch: TestBatch;
  /** What the foods were, by user and day. */
  let foods: (userId: number, recordDate: string) => typeof LOW | null;

  beforeEach(async () => {
    foods = (userId) => (userId === ANN ? LOW : userId === BEN ? HIGH : NOTHING_LOW);
    batch = await createTestBatch({ users: 30, counts: (userId, date) => foods(userId, date) });
  });
  afterEach(() => batch.close());

  const totals = async (): Promise<Record<number, number>> => {
    const rows = await batch.rows<{ id: number; total: number; spans: number }>(
      `select user_id as id, total, (select sum(upper(d) - lower(d))::int from unnest(days) d) as spans from batch.low_fodmap_days where total > 0`,
    );
    expect(rows.map(({ spans }) => spans)).toEqual(rows.map(({ total }) => total));
    return Object.fromEntries(rows.map(({ id, total }) => [id, total]));
  };
  const again = { recordDate: localDate('2026-03-01'), onExisting: 'REGENERATE' } as const;

  it('counts a day on which something was low and nothing known to be high, once for each record date', async () => {
    await batch.run();
    expect(await totals()).toEqual({ [ANN]: 1 });
    await batch.run();
    await batch.run(again);
    await batch.run(again);
    expect(await totals()).toEqual({ [ANN]: 3 });
    const outcomes = await batch.rows<{ id: number; low: boolean }>(
      `select distinct user_id as id, (data->>'lowDay')::boolean as low from batch.event where data ? 'lowDay' and user_id < 6 order by 1`,
    );
    expect(outcomes).toEqual([{ id: ANN, low: true }, { id: BEN, low: false }, { id: CLO, low: false }]); // prettier-ignore
  });

  it('takes a day back when records that came late make it another one, and gives it again', async () => {
    await batch.run(again);
    foods = (userId) => (userId === ANN ? HIGH : LOW);
    await batch.run({ ...again, userIds: [ANN, BEN] });
    expect(await totals()).toEqual({ [BEN]: 1 });
    expect(await compareViews(batch.pool)).toMatchObject({ differences: [] });
    foods = () => LOW;
    await batch.run({ ...again, userIds: [ANN] });
    expect(await totals()).toEqual({ [ANN]: 1, [BEN]: 1 });
    expect(await compareViews(batch.pool)).toMatchObject({ differences: [] });
  });

  it('counts nothing where no advice was written: in a dry run, and for a program that counts no foods', async () => {
    await batch.run({ dryRun: true });
    foods = () => null;
    await batch.run();
    expect(await totals()).toEqual({});
    expect(await batch.rows(`select from batch.event where data ? 'lowDay' and data->'interventionId' <> 'null'`)).toEqual([]);
  });

  it('is the same made anew from the log, whatever became of the table, and shows nobody’s days', async () => {
    foods = (userId, date) => ((userId + Number(date.slice(-2))) % 3 === 0 ? HIGH : LOW);
    for (let day = 0; day < 5; day += 1) await batch.run();
    await batch.run(again);
    await batch.run({ dryRun: true });
    const before = await batch.rows('select * from batch.low_fodmap_days where total > 0 order by 1');
    await batch.rows(`delete from batch.low_fodmap_days where user_id = ${ANN}`);
    await batch.rows(`update batch.low_fodmap_days set days = '{[2020-01-01,2020-01-31)}', total = 30 where user_id = ${BEN}`);
    await batch.rows(`insert into batch.low_fodmap_days values (999, '{[2020-01-01,2020-01-02)}', 1)`);
    const { differences } = await rebuildViews(batch.pool, { verify: true });
    expect(differences.map(({ view, key, column }) => `${view} ${key} ${column}`).toSorted()).toEqual(
      [
        `low_fodmap_days ${ANN} (row)`,
        `low_fodmap_days ${BEN} days`,
        `low_fodmap_days ${BEN} total`,
        'low_fodmap_days 999 (row)',
      ].toSorted(),
    );
    expect(JSON.stringify(differences)).not.toContain('2020-');
    expect(await batch.rows('select * from batch.low_fodmap_days where total > 0 order by 1')).toEqual(before);
  });

  it('takes outcomes of earlier releases for what they are: days of which nothing is known', async () => {
    foods = () => null; // what events were like before
    await batch.run();
    foods = () => LOW;
    await batch.run({ userIds: [ANN] });
    expect(await rebuildViews(batch.pool, { verify: true })).toMatchObject({ differences: [] });
    expect(await totals()).toEqual({ [ANN]: 1 });
  });
});
