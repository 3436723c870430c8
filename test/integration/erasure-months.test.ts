import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { previewLines } from '../../src/cli/erase/preview-lines.js';
import { ErasureDesk } from '../../src/lifecycle/erasure/erasure-desk.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';

let batch: TestBatch;
beforeAll(async () => {
  batch = await createTestBatch({ users: 9 });
});
afterAll(() => batch.close());

/** A month that was let go, at a time before or after persons left the log. */
async function letGo(month: string, at: string): Promise<void> {
  await batch.rows(
    `insert into batch.let_go_month (month, runs, events, file, bytes, sha256, actor, let_go_at)
     select $1::date, 1, 1, 'a', 1, repeat('a', 64), 'test', m.executed_at + $2::interval from batch.migration m where m.name = '058-subjects'`,
    [month, at],
  );
}

it('The preview of an erasure names the months that lie in archives of before persons left the log, and no other', async () => {
  const desk = new ErasureDesk(batch.pool);
  const before = await desk.preview(3);
  expect([before.monthsNotCovered, previewLines(before).length]).toEqual([[], expect.any(Number)]);
  await letGo('2019-02-01', '-1 second');
  await letGo('2019-01-01', '-1 year');
  await letGo('2019-03-01', '1 second');
  const known = await desk.preview(3);
  expect(known.monthsNotCovered).toEqual(['2019-01', '2019-02']);
  expect(previewLines(known).filter((line) => line.includes('2019-01, 2019-02'))).toHaveLength(1);
  expect(previewLines(known)).toHaveLength(previewLines(before).length + 1);
});
