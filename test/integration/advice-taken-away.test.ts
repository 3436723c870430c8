import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runToEnd } from '../support/batch-client.js';
import { outcomesOf } from '../support/outcome-list.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';

const TABLE = 'public.ibsafe_interventionrecord';
const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  service = resources.use(await startTestService(database, { environment: { BATCH_FAILURE_PAUSE_PERCENT: '100' } }));
});
beforeEach(() => database.rows(`delete from ${TABLE}`));
afterEach(() => database.pool.query(`drop trigger if exists take on ${TABLE}; drop function if exists public.take()`));
afterAll(() => resources.end());

/** A trigger of the app that does so to every third user's row, after it is there. */
async function adopt(when: string, deed: string): Promise<void> {
  await database.pool.query(`create function public.take() returns trigger language plpgsql as $$ begin
      if new.user_id % 3 = 0 and pg_trigger_depth() = 1 then ${deed}; end if; return null; end $$;
    create ${when.replace('ON', `on ${TABLE}`)} execute function public.take()`);
}

const TAKEN_AWAY = `delete from ${TABLE} where id = new.id`;
const AT_ONCE = 'trigger take after insert or update ON for each row';
const AT_COMMIT = 'constraint trigger take after insert or update ON deferrable initially deferred for each row';

describe('Advice that a trigger of the app takes away again', () => {
  it.each([
    ['once it is stored', AT_ONCE, TAKEN_AWAY],
    ['when the transaction ends', AT_COMMIT, TAKEN_AWAY],
    ['to another day', AT_ONCE, `update ${TABLE} set record_date = record_date - 700 where id = new.id`],
    ['from its user', AT_ONCE, `update ${TABLE} set gubun = 'ALL' where id = new.id`],
  ])('is no advice, %s: the user failed, and others have theirs', async (_, when, deed) => {
    await adopt(when, deed);
    const { runId, end } = await runToEnd(service.url, { chunkSize: 20 });
    const outcomes = await outcomesOf(service.url, runId);
    const generated = outcomes.filter(({ outcome }) => outcome === 'GENERATED');
    expect(generated.length).toBeGreaterThan(0);
    expect(generated.filter(({ userId }) => userId % 3 === 0)).toEqual([]);
    expect(end.failed).toBeGreaterThan(0);
    expect(new Set(outcomes.flatMap(({ outcome, failureCode }) => (outcome === 'FAILED' ? [failureCode] : [])))).toEqual(
      new Set(['UNWRITABLE_ADVICE']),
    );
    await database.pool.query(`delete from ${TABLE} where user_id % 3 = 0`); // what was moved
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it.each(['SKIP', 'REGENERATE'])(
    'is advice under the id that it has then, where it was given another and stands: %s',
    async (onExisting) => {
      const { end: before } = await runToEnd(service.url, { chunkSize: 20 });
      if (onExisting === 'SKIP') await database.rows(`delete from ${TABLE}`);
      await adopt(AT_ONCE, `update ${TABLE} set id = id + 1000000 where id = new.id`);
      const { runId, end } = await runToEnd(service.url, { chunkSize: 20, onExisting });
      expect({ generated: end.generated, failed: end.failed }).toEqual({ generated: before.generated, failed: before.failed });
      const moved = await database.rows<{ users: number }>(
        `select count(*)::int as users from ${TABLE} where id > 1000000 and user_id % 3 = 0`,
      );
      expect(moved[0]?.users).toBeGreaterThan(0);
      expect(await faultsOf(database, runId)).toEqual([]);
    },
  );

  it('is none where it replaces another', async () => {
    const { end: before } = await runToEnd(service.url, { chunkSize: 20 });
    await adopt(AT_ONCE, TAKEN_AWAY);
    const { runId, end } = await runToEnd(service.url, { chunkSize: 20, onExisting: 'REGENERATE' });
    expect(end.failed).toBeGreaterThan(before.failed);
    const generated = (await outcomesOf(service.url, runId)).filter(({ outcome }) => outcome === 'GENERATED');
    expect(generated.length).toBeGreaterThan(0);
    expect(generated.map(({ userId }) => userId % 3)).not.toContain(0);
    expect(await faultsOf(database, runId)).toEqual([]);
  });
});
