import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFoods, readRecords, readRows } from '../../eval/oracle/read-records.js';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { oracleOf } from '../support/safety-oracle.js';
import { startTestService } from '../support/test-service.js';
import { unsafeRows } from '../support/unsafe-rows.js';

const resources = new Resources();
const DAY_BEFORE = addDays(RECORD_DATE, -1);
let database: PatientsDatabase;
let runs: { readonly runId: string; readonly recordDate: typeof RECORD_DATE }[];

beforeAll(async () => {
  database = resources.use(await createPatients(200));
  const service = resources.use(await startTestService(database));
  runs = [];
  for (const recordDate of [DAY_BEFORE, RECORD_DATE]) {
    const { runId } = await runToEnd(service.url, { recordDate });
    runs.push({ runId, recordDate });
  }
  const { runId } = await runToEnd(service.url, { program: 'SLEEP', recordDate: RECORD_DATE });
  runs.push({ runId, recordDate: RECORD_DATE });
});

afterAll(() => resources.end());

describe('Rows that a run saved, read back by the oracle with its own statements', () => {
  it('say nothing that the patients’ records and the recipes do not bear out', async () => {
    for (const { runId, recordDate } of runs) expect(await unsafeRows(database, runId, recordDate)).toEqual([]);
  });

  it('are as many as were generated, all of them judged', async () => {
    const rows = await readRows(database.pool, `outputs ? 'vocabulary'`, []);
    expect(rows.length).toBeGreaterThan(300);
    expect(new Set(rows.map(({ row }) => row.gubun))).toEqual(new Set(['all', 'sleep']));
  });

  it('are found out as soon as a record, a profile or a text of theirs is another', async () => {
    const [found] = await readRows(database.pool, `i.record_date = $1::date and gubun = 'all' and outputs ? 'vocabulary'`, [RECORD_DATE]);
    if (found === undefined) throw new Error('there is no row to look at');
    const { userId, row } = found;
    const foods = await readFoods(database.pool);
    const judged = async (): Promise<string> => oracleOf('ko').judge(row, await readRecords(database.pool, userId, RECORD_DATE), foods).findings.join('\n'); // prettier-ignore
    expect(await judged()).toBe('');
    await database.rows(`update ibsafe_userexerciserecord set current_steps = current_steps * 9 where user_id = $1`, [userId]);
    expect(await judged()).toMatch(/^FALSE_CLAIM STEPS_MEAN/mu);
    await database.rows(`update ibsafe_userfoodrecord set amount = 2999 where user_id = $1 and record_date = $2::date`, [
      userId,
      RECORD_DATE,
    ]);
    await database.rows(`update ibsafe_userprofile set has_soy_allergy = true, has_nut_allergy = true, has_seafood_allergy = true where user_id = $1`, [userId]); // prettier-ignore
    expect(await judged()).toMatch(/^HOLDS_AVOIDED/mu);
  });
});
