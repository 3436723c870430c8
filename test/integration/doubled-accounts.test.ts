import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runToEnd } from '../support/batch-client.js';
import { expectedOutcomes } from '../support/eligibility-oracle.js';
import { outcomesOf } from '../support/outcome-list.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
/** Users who would get advice. */
let able: readonly number[];

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  service = resources.use(await startTestService(database, { environment: { BATCH_FAILURE_PAUSE_PERCENT: '100' } }));
  await database.rows('delete from ibsafe_interventionrecord');
  able = (await expectedOutcomes(database, RECORD_DATE)).filter(({ reasons }) => reasons.length === 0).map(({ userId }) => userId);
  await database.pool.query(`create table public.more_users () inherits (public.auth_user);
    create table public.more_profiles () inherits (public.ibsafe_userprofile)`);
});
beforeEach(() => database.pool.query('delete from ibsafe_interventionrecord; delete from more_users; delete from more_profiles'));
afterAll(() => resources.end());

const THIRD = 'mod(hashint4(%), 3) = 0';
const thirdOf = (column: string): string => THIRD.replace('%', column);

async function run(): Promise<{ readonly advised: readonly number[]; readonly failed: readonly object[]; readonly roster: number | null }> {
  const { runId, end } = await runToEnd(service.url, { chunkSize: 20 });
  expect(await faultsOf(database, runId)).toEqual([]);
  const outcomes = await outcomesOf(service.url, runId);
  return {
    advised: outcomes.filter(({ outcome }) => outcome === 'GENERATED').map(({ userId }) => userId),
    failed: outcomes.filter(({ outcome }) => outcome === 'FAILED').map(({ userId, failureCode }) => ({ userId, failureCode })),
    roster: end.roster,
  };
}

/** Users of the third whose rows are doubled. */
async function third(): Promise<ReadonlySet<number>> {
  const ids = await database.column<number>(`select id from only auth_user where ${thirdOf('id')}`);
  expect(able.filter((id) => ids.includes(id)).length).toBeGreaterThan(0);
  return new Set(ids);
}

describe('An account or a profile that the tables have twice', () => {
  it('is one user with one outcome, where both say the same', async () => {
    await database.pool.query(`insert into more_users select * from only auth_user where ${thirdOf('id')};
      insert into more_profiles select * from only ibsafe_userprofile where ${thirdOf('user_id')}`);
    await third();
    const { advised, failed, roster } = await run();
    expect(advised.toSorted((a, b) => a - b)).toEqual(able);
    expect(failed).toEqual([]);
    expect(roster).toBe((await database.column('select distinct id from auth_user where is_active and not is_staff')).length);
  });

  it('has no advice where one profile tells of an allergy and the other of none: neither is believed', async () => {
    await database.pool.query(`insert into more_profiles select * from only ibsafe_userprofile where ${thirdOf('user_id')};
      update more_profiles set has_egg_allergy = not has_egg_allergy`);
    const doubted = await third();
    const { advised, failed } = await run();
    expect(advised.toSorted((a, b) => a - b)).toEqual(able.filter((id) => !doubted.has(id)));
    const refused = able.filter((id) => doubted.has(id)).map((userId) => ({ userId, failureCode: 'INVALID_INPUT' }));
    expect(failed).toEqual(expect.arrayContaining(refused));
    expect(failed).toHaveLength(refused.length);
  });

  it('gets nothing where one account is open and the other closed', async () => {
    await database.pool.query(
      `insert into more_users select * from only auth_user where ${thirdOf('id')}; update more_users set is_active = false`,
    );
    const closed = await third();
    expect((await run()).advised.toSorted((a, b) => a - b)).toEqual(able.filter((id) => !closed.has(id)));
  });
});
