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

/** A trigger of the app that puts another value into every third user's row on its way in. */
async function rewrite(when: string, change: string): Promise<void> {
  await database.pool.query(`create function public.take() returns trigger language plpgsql as $$ begin
      if new.user_id % 3 = 0 then ${change}; end if; return new; end $$;
    create trigger take before ${when} on ${TABLE} for each row execute function public.take()`);
}

/** What patients are shown, and what a recall finds advice by. */
const SHOWN = `select user_id, target_date::text, diet_evaluation, diet_target, food_evaluation, sleep_evaluation, sleep_target, exercise_evaluation, exercise_target, error_message, outputs
  from ${TABLE} order by user_id`;

describe('Advice that a trigger of the app makes say something else', () => {
  it.each([
    ['the text of the day', `new.diet_evaluation := new.diet_evaluation || ' x'`],
    ['a dish', `new.diet_target := jsonb_set(new.diet_target, '{Lunch}', '["x"]')`],
    ['a figure', 'new.exercise_target := new.exercise_target + 1'],
    ['the day that it is for', 'new.target_date := new.target_date + 1'],
    ['an error beside it', `new.error_message := 'x'`],
    ['a text of a part that has none', `new.food_evaluation := 'x'`],
    ['no word of what it says, by which a recall would find it', `new.outputs := null`],
  ])('is no advice, be it %s: the user failed, and others have theirs', async (_, change) => {
    await rewrite('insert', change);
    const { runId, end } = await runToEnd(service.url, { chunkSize: 20 });
    const outcomes = await outcomesOf(service.url, runId);
    const given = outcomes.filter(({ outcome }) => outcome === 'GENERATED').map(({ userId }) => userId);
    expect(given.length).toBeGreaterThan(0);
    expect(given.filter((userId) => userId % 3 === 0)).toEqual([]);
    const failed = outcomes.filter(({ outcome }) => outcome === 'FAILED');
    expect(failed.map(({ userId }) => userId % 3)).toEqual(Array.from({ length: end.failed }, () => 0));
    expect(failed.map(({ failureCode }) => failureCode)).toContain('UNWRITABLE_ADVICE');
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it.each([
    ['on its way in', () => rewrite('update', `new.exercise_evaluation := 'x'`)],
    ['once it is stored', () => adopt(AT_ONCE, `update ${TABLE} set exercise_evaluation = 'x' where id = new.id`)],
    ['when it is taken away', () => adopt(AT_ONCE, TAKEN_AWAY)],
  ])('does not take the place of what was there, where the trigger does so %s', async (_, interfere) => {
    await runToEnd(service.url, { chunkSize: 20 });
    const before = await database.rows<{ user_id: number }>(SHOWN);
    const theirs = before.filter(({ user_id: user }) => user % 3 === 0);
    expect(theirs.length).toBeGreaterThan(0);
    await interfere();
    const { runId, end } = await runToEnd(service.url, { chunkSize: 20, onExisting: 'REGENERATE' });
    expect({ generated: end.generated, failed: end.failed }).toEqual({ generated: before.length - theirs.length, failed: theirs.length });
    expect((await database.rows<{ user_id: number }>(SHOWN)).filter(({ user_id: user }) => user % 3 === 0)).toEqual(theirs);
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('is advice where the trigger has a word of its own in what no patient is shown', async () => {
    await rewrite('insert or update', `new.processing_time := 7; new.id := new.id + 1000000`);
    const { runId, end } = await runToEnd(service.url, { chunkSize: 20 });
    expect(end).toMatchObject({ failed: 0, generated: (await database.rows(SHOWN)).length });
    expect(end.generated).toBeGreaterThan(0);
    expect(await faultsOf(database, runId)).toEqual([]);
  });
});
