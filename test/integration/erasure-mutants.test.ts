import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { type ErasureWorld, makeErasureWorld, PERSON, REST, RUNS, SILENT, TWIN } from '../support/erasure-world.js';
import { until } from '../support/until.js';
import { placesHolding, tablesOf } from '../support/walk-batch.js';

let world: ErasureWorld;
let database: ErasureWorld['database'];
let desk: ErasureWorld['desk'];

beforeAll(async () => {
  world = await makeErasureWorld();
  ({ database, desk } = world);
});
afterAll(() => world?.[Symbol.asyncDispose]());

const CLERK = { name: PERSON.username, actor: 'test' };

/** Each statement of the function that changes something. */
const STEP = /(?:delete from|update|execute format\('update)\s[^;]*;/gu;

async function definition(): Promise<string> {
  return (await database.column<string>(`select pg_get_functiondef('batch.erase_person(int, uuid[])'::regprocedure)`))[0] ?? '';
}

/** A session of its own, whose changes come to nothing. */
async function undone<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    return await work(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** Where the person still is after an erasure by another function than that of the migration. */
async function leftBy(mutant: string): Promise<string[]> {
  const needles = await world.needlesOf(PERSON);
  const ids = (await desk.preview(PERSON.id)).texts.flatMap(({ id }) => id ?? []);
  return undone(async (client) => {
    await client.query(mutant);
    await client.query(`update batch.alert_silence set reason = '' where reason = $1`, [SILENT]); // a step of the desk's own
    await client.query('select batch.erase_person($1, $2::uuid[])', [PERSON.id, ids]);
    return placesHolding(client, needles);
  });
}

describe('An erasure that leaves out a step', () => {
  it('is noticed by the walk, whichever step it is', async () => {
    const whole = await definition();
    const steps = [...whole.matchAll(STEP)].map(([step]) => step);
    expect(steps.length).toBeGreaterThan(6);
    expect(await leftBy(whole)).toEqual([]);
    const unnoticed: string[] = [];
    for (const step of steps) if ((await leftBy(whole.replace(step, 'null;'))).length === 0) unnoticed.push(step);
    expect(unnoticed).toEqual([]);
  });

  it.each([
    ['the row that says who the subject is', /delete from batch\.subject [^;]*;/u, ['event.user_id', 'subject.user_id']],
    ['days of little FODMAP', /delete from batch\.low_fodmap_days [^;]*;/u, ['low_fodmap_days.user_id']],
    ['who read it', /delete from batch\.person_read_user [^;]*;/u, ['person_read_user.user_id']],
    ['whom a line of a batch stands for', /update batch\.model_batch [^;]*;/u, ['model_batch.lines']],
    ['whom runs were asked for', /update batch\.run_view set user_ids [^;]*;/u, ['run_view.user_ids']],
    ['words of operators in the log', /update batch\.operator_text [^;]*;/u, ['event.data', 'operator_text.text']],
    ['words of operators in the views', /execute format\('update [^;]*;/u, ['alert_silence.reason', 'run_view.reason']],
  ])('is told by where the person still is: %s', async (_, step, places) => {
    const whole = await definition();
    expect(whole).toMatch(step);
    expect(tablesOf(await leftBy(whole.replace(step, 'null;')))).toEqual(expect.arrayContaining(places));
  });

  it('of another person is noticed on both sides', async () => {
    const whole = await definition();
    const before = await world.lines(REST);
    await undone(async (client) => {
      await client.query(whole.replace(/delete from batch\.subject [^;]*;/u, `delete from batch.subject where user_id = ${TWIN.id};`));
      await client.query(`select batch.erase_person(${PERSON.id}, '{}')`);
      expect(tablesOf(await placesHolding(client, { id: PERSON.id }))).toContain('subject.user_id');
      expect(await world.lines(REST, client)).not.toEqual(before);
    });
  });

  it('and dies half-way changes nothing', async () => {
    const holder = await database.pool.connect();
    await holder.query('begin; lock table batch.session in access exclusive mode');
    const erasing = desk.erase(PERSON.id, CLERK);
    erasing.catch(() => undefined);
    const waits = `from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%erase_person%' and pid <> pg_backend_pid()`;
    await until(async () => (await database.column(`select ${waits}`)).length > 0);
    await database.rows(`select pg_terminate_backend(pid) ${waits}`);
    await expect(erasing).rejects.toThrow(/terminat/);
    await holder.query('rollback');
    holder.release();
    expect(await desk.preview(PERSON.id)).toMatchObject({ isKnown: true, outcomes: RUNS });
    expect(await world.broken()).toEqual([]);
  });
});
