import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import type { Finding } from '../../src/doctor/finding.js';
import { runDoctor } from '../../src/doctor/run-doctor.js';
import { begin } from '../support/batch-client.js';
import { resumeRun } from '../support/control-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService } from '../support/test-service.js';
import { until } from '../support/until.js';

let database: PatientsDatabase;
beforeEach(async () => {
  database = await createPatients(40);
  await database.pool.query('delete from public.ibsafe_interventionrecord');
});
afterEach(async () => {
  await database[Symbol.asyncDispose]();
});

async function found(check: string): Promise<Finding | undefined> {
  const findings = await runDoctor(readConfig({ NODE_ENV: 'test', DATABASE_URL: database.url }), { invariants: false });
  return findings.find((finding) => finding.check === check);
}

const column = (name: string, type: string): string => `alter table public.ibsafe_interventionrecord alter column ${name} type ${type}`;
const statusOf = async (runId: string): Promise<string> =>
  (await database.column<string>('select status from batch.run_view where run_id = $1', [runId]))[0] ?? '';

describe('a column that is too narrow for advice', () => {
  it.each([
    ['a text', 'diet_evaluation', 'varchar(20)', 'text'],
    ['a text of a domain', 'exercise_evaluation', 'public.brief', 'text'],
    ['the kind of advice', 'gubun', 'varchar(2)', 'varchar(10)'],
    ['a document', 'input_week_step', 'varchar(4)', 'jsonb using input_week_step::jsonb'],
    ['a figure', 'exercise_target', 'numeric(3, 0)', 'integer'],
  ])('pauses the run with a cause, fails no user, and the run goes on once it was widened: %s', async (_, name, type, before) => {
    await database.pool.query(`create domain public.brief as varchar(10); ${column(name, type)}`);
    expect((await found("IBSafe's tables"))?.found).toContain(name);
    await using service = await startTestService(database);
    const runId = await begin(service.url, { chunkSize: 20 });
    await until(async () => /^(PAUSED|COMPLETED)/.test(await statusOf(runId)));
    expect(await database.column('select paused_reason from batch.run_view where run_id = $1', [runId])).toEqual([
      expect.stringContaining('COLUMNS_NARROW'),
    ]);
    expect(
      await database.column(`select 1 from batch.event where run_id = $1 and type = 'UserFailed' and data->>'code' = 'UNWRITABLE_ADVICE'`, [
        runId,
      ]),
    ).toEqual([]);
    await database.pool.query(column(name, before));
    await resumeRun(service.url, runId);
    await until(async () => (await statusOf(runId)).startsWith('COMPLETED'));
    expect(await database.column(`select 1 from batch.event where run_id = $1 and data->>'code' = 'UNWRITABLE_ADVICE'`, [runId])).toEqual(
      [],
    );
    expect((await database.rows('select 1 from public.ibsafe_interventionrecord')).length).toBeGreaterThan(20);
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('is named by the doctor with the room that it needs', async () => {
    expect(await found("IBSafe's tables")).toMatchObject({ status: 'ok' });
    await database.pool.query(column('sleep_evaluation', 'varchar(200)'));
    expect(await found("IBSafe's tables")).toMatchObject({
      status: 'warning',
      found: expect.stringContaining('ibsafe_interventionrecord.sleep_evaluation (varchar(200), room for 2000 needed)'),
    });
  });
});
