import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { letMonthGo } from '../../src/lifecycle/retention/let-month-go.js';
import { until } from '../support/until.js';
import { createYears, type Years } from '../support/years.js';

describe('A month that is dropped from the log', () => {
  let years: Years;
  let month: string;

  beforeEach(async () => {
    years = await createYears(4);
    [month = ''] = await years.months();
  });
  afterEach(async () => years[Symbol.asyncDispose]());

  it('is counted before its transaction has written anything, so that no reader of the log waits for the count', async () => {
    await years.settle();
    const writer = await years.pool.connect();
    try {
      await writer.query('begin');
      await writer.query(`lock table batch.event_${month.slice(0, 7).replace('-', '_')} in row exclusive mode`);
      const going = letMonthGo(years.ground, month);
      const counting = `select backend_xid::text as xid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%let_month_go%'`;
      let waiting: { xid: string | null }[] = [];
      await until(async () => (waiting = await years.rows<{ xid: string | null }>(counting)).length > 0);
      expect(waiting).toEqual([{ xid: null }]);
      await writer.query('rollback');
      expect(await going).toMatchObject({ letGo: { month } });
    } finally {
      writer.release();
    }
  });

  it('goes by no other way than with what was archived of it', async () => {
    await years.settle();
    const told = JSON.stringify({ runs: 2, events: 1, firstPosition: 1, lastPosition: 1, file: 'x', bytes: 1, sha256: 'x' });
    const go = (of: string): Promise<object[]> =>
      years.rows(`select batch.let_month_go(${of}, 'test', gen_random_uuid(), $1::jsonb)`, [told]);
    await expect(go(`'${month}'`)).rejects.toMatchObject({ code: 'BE008' });
    await expect(go(`date_trunc('month', now())::date`)).rejects.toMatchObject({ code: 'BE006' });
    await expect(go(`'1970-01-01'`)).rejects.toMatchObject({ code: 'BE006' });
    expect(await years.rows('select from batch.event where run_month = $1::date limit 1', [month])).toHaveLength(1);
    expect(await years.rows(`select from batch.event where type = 'MonthLetGo'`)).toEqual([]);
  });
});
