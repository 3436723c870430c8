import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runRetention } from '../../src/lifecycle/retention/run-retention.js';
import { createYears, type Years } from '../support/years.js';

describe('A month', () => {
  let years: Years;
  let month: string;

  beforeEach(async () => {
    years = await createYears(4);
    [month = ''] = await years.months();
  });
  afterEach(async () => years[Symbol.asyncDispose]());

  it('that cannot be let go keeps no later one, and is told of in the end', async () => {
    await years.settle();
    const due = (await years.months()).slice(0, -1);
    const full = new Error('no space left on the device');
    const ground = { ...years.ground, onStep: (of: string) => { if (of === month) throw full; } }; // prettier-ignore
    await expect(runRetention(ground, 1, 1)).rejects.toBe(full);
    const gone = await years.rows<{ month: string }>('select month::text from batch.let_go_month order by month');
    expect(gone.length).toBeGreaterThan(0);
    expect(gone.map((each) => each.month)).toEqual(due.slice(1).filter((each) => gone.some((other) => other.month === each)));
    expect(await years.rows(`select from batch.event where run_month = $1::date limit 1`, [month])).toHaveLength(1);
  });
});
