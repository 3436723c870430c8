import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { judgePostgresJobs } from '../../src/doctor/job-stores.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';

describe('What the doctor says of the jobs in PostgreSQL', () => {
  let batch: TestBatch;

  beforeEach(async () => {
    batch = await createTestBatch({ users: 1 });
  });
  afterEach(() => batch.close());

  it('is that they can be used, where the table is there and may be written', async () => {
    expect(await judgePostgresJobs(batch.pool)).toMatchObject({ status: 'ok' });
  });

  it.each([
    ['is not there', 'alter table batch.agenda_jobs rename to hidden', '42P01'],
    ['has other columns', 'alter table batch.agenda_jobs rename column locked_at to held_at', '42703'],
    [
      'can only be read',
      `create function batch.refuse_jobs() returns trigger language plpgsql as $$ begin raise insufficient_privilege; end $$;
      create trigger refuse_jobs before update on batch.agenda_jobs for each statement execute function batch.refuse_jobs()`,
      '42501',
    ],
  ])('is a warning with the code and what to do where the table %s', async (_, change, code) => {
    await batch.pool.query(change);
    const found = await judgePostgresJobs(batch.pool);
    expect(found).toMatchObject({ status: 'warning', found: expect.stringContaining(code) });
    expect(found.advice).toMatch(/agenda_jobs/);
  });
});
