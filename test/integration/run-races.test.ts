import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { begin, watch, type SeenProgress } from '../support/batch-client.js';
import { expectedOutcomes } from '../support/eligibility-oracle.js';
import { outcomesOf, type SeenOutcome } from '../support/outcome-list.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { holdWorkers } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';

const TABLES = [
  'ibsafe_interventionrecord',
  'ibsafe_userfoodrecord',
  'ibsafe_userexerciserecord',
  'ibsafe_usersleeprecord',
  'ibsafe_userprofile',
];

/** Advice as the app itself would write it, with nothing in it. */
const APP_ADVICE = `insert into public.ibsafe_interventionrecord
  (user_id, record_date, target_date, gubun, diet_evaluation, exercise_evaluation, processing_time, created_at, updated_at)
  values ($1, $2, $2, 'all', 'by the app', '', 0, '2026-03-01', '2026-03-01')`;

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
/** Ten users are one chunk, so that its worker is the one who waits. */
let userIds: number[];
/** Two of them who would get advice. */
let one: number;
let other: number;

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  service = resources.use(await startTestService(database));
});

beforeEach(async () => {
  await database.rows('delete from public.ibsafe_interventionrecord');
  const ten = (await expectedOutcomes(database, RECORD_DATE)).slice(0, 10);
  userIds = ten.map(({ userId }) => userId);
  [one = 0, other = 0] = ten.filter(({ reasons }) => reasons.length === 0).map(({ userId }) => userId);
});

afterEach(async () => {
  expect(await database.column<string>('select run_id from batch.run_view where ended_at is null')).toEqual([]);
});

afterAll(async () => {
  await resources.end();
});

/** Runs the batch and does something else to the tables when its worker has come to a step. */
async function runWhile(
  at: 'READING' | 'WRITING',
  change: (client: pg.PoolClient) => Promise<unknown>,
  input: object = {},
): Promise<{ end: SeenProgress | undefined; of: Map<number, SeenOutcome>; faults: string[] }> {
  const hold = await holdWorkers(database, at);
  const runId = await begin(service.url, { userIds, ...input });
  const seen = watch(service.url, runId);
  await hold.keeps(1);
  await change(hold.client);
  await hold.release();
  const end = (await seen).at(-1);
  const of = new Map((await outcomesOf(service.url, runId)).map((each) => [each.userId, each]));
  return { end, of, faults: await faultsOf(database, runId) };
}

async function deleteUser(client: pg.PoolClient, userId: number): Promise<void> {
  for (const table of TABLES) await client.query(`delete from ${table} where user_id = $1`, [userId]);
  await client.query('delete from public.auth_user where id = $1', [userId]);
}

describe('what the app does while a run is under way', () => {
  it('to an account that it closes or deletes before its turn: that user is skipped', async () => {
    const { end, of, faults } = await runWhile('READING', async (client) => {
      await deleteUser(client, one);
      await client.query('update public.auth_user set is_active = false where id = $1', [other]);
    });
    expect([of.get(one), of.get(other)]).toEqual([
      expect.objectContaining({ outcome: 'SKIPPED', skipReasons: ['ACCOUNT_CLOSED'] }),
      expect.objectContaining({ outcome: 'SKIPPED', skipReasons: ['ACCOUNT_CLOSED'] }),
    ]);
    expect({ status: end?.status, faults }).toEqual({ status: 'COMPLETED', faults: [] });
  });

  it('to an account that it deletes after its advice was made: that user fails, and every other one of the chunk gets theirs', async () => {
    const { end, of, faults } = await runWhile('WRITING', (client) => deleteUser(client, one));
    expect(of.get(one)).toMatchObject({ outcome: 'FAILED', failureCode: 'UNWRITABLE_ADVICE' });
    expect(of.get(other)).toMatchObject({ outcome: 'GENERATED' });
    expect(end).toMatchObject({ status: 'COMPLETED_WITH_FAILURES', failed: 1 });
    expect(end?.generated).toBeGreaterThan(4);
    expect(faults).toEqual([]);
  });

  it.each(['READING', 'WRITING'] as const)(
    'with advice of its own, written while the worker is %s, wins: that user is skipped',
    async (at) => {
      const { end, of, faults } = await runWhile(at, (client) => client.query(APP_ADVICE, [one, RECORD_DATE]));
      expect(of.get(one)).toMatchObject({ outcome: 'SKIPPED', skipReasons: ['INTERVENTION_EXISTS'] });
      expect(of.get(other)).toMatchObject({ outcome: 'GENERATED' });
      const kept = await database.column('select diet_evaluation from public.ibsafe_interventionrecord where user_id = $1', [one]);
      expect(kept).toEqual(['by the app']);
      expect({ status: end?.status, faults }).toEqual({ status: 'COMPLETED', faults: [] });
    },
  );

  it('with advice that it writes or deletes is no obstacle to a run that regenerates', async () => {
    await database.rows(APP_ADVICE, [other, RECORD_DATE]);
    const change = async (client: pg.PoolClient): Promise<void> => {
      await client.query(APP_ADVICE, [one, RECORD_DATE]);
      await client.query('delete from public.ibsafe_interventionrecord where user_id = $1', [other]);
    };
    const { of, faults } = await runWhile('WRITING', change, { onExisting: 'REGENERATE' });
    expect([of.get(one)?.outcome, of.get(other)?.outcome]).toEqual(['GENERATED', 'GENERATED']);
    expect(await database.column(`select user_id from public.ibsafe_interventionrecord where diet_evaluation = 'by the app'`)).toEqual([]);
    expect(faults).toEqual([]);
  });
});
