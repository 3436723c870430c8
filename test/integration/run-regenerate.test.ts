import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd, type SeenProgress } from '../support/batch-client.js';
import { expectedOutcomes } from '../support/eligibility-oracle.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';

/** Stands for whatever an app could have in a row of another program: a run must not touch it. */
const SLEEP = `insert into ibsafe_interventionrecord
  (user_id, record_date, target_date, gubun, diet_evaluation, sleep_evaluation, sleep_target, exercise_evaluation, processing_time, created_at, updated_at)
  select id, $1, $1, 'sleep', '', 'too short', 7.5, '', 0, '2026-03-01', '2026-03-01' from auth_user`;

interface Advice {
  id: string;
  user_id: number;
  created_at: Date;
  updated_at: Date;
  diet_evaluation: string;
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let sleep: string[];
let before: Advice[];
let after: Advice[];
let again: { runId: string; end: SeenProgress };

const advice = (): Promise<Advice[]> =>
  database.rows<Advice>(`select * from ibsafe_interventionrecord where gubun = 'all' and record_date = $1 order by user_id`, [RECORD_DATE]);
const sleepRows = (): Promise<string[]> =>
  database.column<string>(`select i::text from ibsafe_interventionrecord i where gubun = 'sleep' order by id`);

beforeAll(async () => {
  database = resources.use(await createPatients(150));
  service = resources.use(await startTestService(database));
  await runToEnd(service.url);
  await database.rows(SLEEP, [RECORD_DATE]);
  await database.rows(`update ibsafe_interventionrecord set diet_evaluation = 'outdated' where gubun = 'all'`);
  [sleep, before] = [await sleepRows(), await advice()];
  again = await runToEnd(service.url, { onExisting: 'REGENERATE' });
  after = await advice();
});

afterAll(async () => {
  await resources.end();
});

describe('a run that regenerates', () => {
  it('writes new advice for everybody who can have some, and skips nobody for having it', async () => {
    expect(again.end.status).toBe('COMPLETED');
    expect(again.end.reasons.map(({ reason }) => reason)).not.toContain('INTERVENTION_EXISTS');
    const able = (await expectedOutcomes(database, RECORD_DATE)).filter(({ reasons }) => reasons.every((each) => each === 'INTERVENTION_EXISTS')); // prettier-ignore
    expect(again.end.generated).toBe(able.length);
    expect(await faultsOf(database, again.runId)).toEqual([]);
  });

  it('replaces a row in its place: the id and the time of its making stay', () => {
    expect(after.map(({ id, user_id, created_at }) => ({ id, user_id, created_at }))).toEqual(
      before.map(({ id, user_id, created_at }) => ({ id, user_id, created_at })),
    );
    const replaced = after.filter(({ diet_evaluation: text }) => text !== 'outdated');
    expect(replaced).toHaveLength(again.end.generated);
    for (const row of replaced) expect(row.updated_at.getTime()).toBeGreaterThan(row.created_at.getTime());
  });

  it('leaves the rows of other programs as they were, to the byte', async () => {
    expect(sleep.length).toBeGreaterThan(100);
    expect(await sleepRows()).toEqual(sleep);
  });
});

describe('advice of another program', () => {
  it('is no reason to skip a user, nor is it touched by a run that skips', async () => {
    const recordDate = addDays(RECORD_DATE, -1);
    await database.rows(SLEEP, [recordDate]);
    const rows = await sleepRows();
    const able = (await expectedOutcomes(database, recordDate)).filter(({ reasons }) => reasons.length === 0);
    const { end } = await runToEnd(service.url, { recordDate });
    expect(end.generated).toBe(able.length);
    expect(able.length).toBeGreaterThan(80);
    expect(await sleepRows()).toEqual(rows);
  });
});
