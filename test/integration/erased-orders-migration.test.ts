import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '../../src/migrations/migrate.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';

let batch: TestBatch;
beforeAll(async () => {
  batch = await createTestBatch({ users: 5 });
});
afterAll(() => batch.close());

const order = (key: string, asked: object): Promise<unknown> =>
  batch.rows(
    `insert into batch.idempotency_key (actor, key, fingerprint, run_id) values ('test', '${key}', '${JSON.stringify(asked)}', gen_random_uuid())`,
  );

describe('Orders that an earlier release left when it erased a person', () => {
  it('are emptied by the migration where they name a person or words that are known no more; all others stay', async () => {
    await batch.run();
    // As that release wrote them: this one keeps hashes.
    await batch.rows('alter table batch.idempotency_key disable trigger idempotency_key_order');
    await batch.rows(`insert into batch.operator_text (text) values ('kept')`);
    await order('a-known', { trigger: 'MANUAL', userIds: [1, 2], reason: 'kept' });
    await order('b-erased', { trigger: 'MANUAL', userIds: [1, 77_777] });
    await order('c-retry', { retry: { userIds: [77_777] } });
    await order('d-words', { reason: 'for somebody' });
    await order('e-all', { trigger: 'MANUAL' });
    await order('f-no id', { userIds: [1.5] });
    await order('g-old', { userIds: [1] });
    await batch.rows(`update batch.idempotency_key set created_at = now() - interval '31 days' where key = 'g-old'`);
    await batch.rows(`delete from batch.migration where name = '067-erased-orders'`);
    await migrate(batch.url, { ibsafeTables: false });
    const rows = await batch.rows<{ key: string }>(`select key from batch.idempotency_key where fingerprint = '"(erased)"' order by key`);
    expect(rows.map(({ key }) => key)).toEqual(['b-erased', 'c-retry', 'd-words', 'f-no id']);
    const all = await batch.rows<{ key: string }>(`select key from batch.idempotency_key where actor = 'test' order by key`);
    expect(all.map(({ key }) => key)).toEqual(['a-known', 'b-erased', 'c-retry', 'd-words', 'e-all', 'f-no id']);
  });
});
