import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import { runDoctor } from '../../src/doctor/run-doctor.js';
import { begin, watch } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const ONLY_REVIEWED = { ADVICE_ONLY_REVIEWED: 'true' };
const RUN = `query ($id: UUID!) { run(id: $id) { status pausedReason ko: pausedReason(language: KO) progress { ko: pausedReason(language: KO) } } }`;

const resources = new Resources();
let database: PatientsDatabase;
beforeAll(async () => {
  database = resources.use(await createPatients(40));
  await database.rows('delete from ibsafe_interventionrecord');
});
afterAll(() => resources.end());

const finding = async (more: Record<string, string>) =>
  (await runDoctor(readConfig({ NODE_ENV: 'test', DATABASE_URL: database.url, ...more }), { invariants: false })).find(
    ({ check }) => check === 'words of the advice',
  );

describe('advice of signed words alone, while nothing is signed', () => {
  it('is no advice: a run pauses, says why, writes nothing, and goes on where unsigned words are let in again', async () => {
    let runId = '';
    {
      await using service = await startTestService(database, { environment: ONLY_REVIEWED });
      expect(service.logged.find((line) => line.includes('words of the advice'))).toMatch(/^error .*ADVICE_ONLY_REVIEWED/u);
      runId = await begin(service.url);
      await until(async () => (await dataOf<{ run: { status: string } }>(service.url, RUN, { id: runId })).run.status === 'PAUSED');
      const { run } = await dataOf<{ run: { pausedReason: string; ko: string; progress: { ko: string } } }>(service.url, RUN, {
        id: runId,
      });
      expect(run.pausedReason).toContain(
        'ADVICE_ONLY_REVIEWED is true, and nothing signed serves DIET_EVALUATION, SUMMARY and 4 more of daily advice',
      );
      const korean = 'ADVICE_ONLY_REVIEWED가 true인데, daily 권고의 DIET_EVALUATION, SUMMARY 외 4가지에 쓸 서명된 것이 없습니다';
      expect([run.ko, run.progress.ko]).toEqual([korean, korean]);
      expect(await database.rows('select from ibsafe_interventionrecord')).toEqual([]);
      expect(await database.rows('select from batch.event where user_id is not null')).toEqual([]);
    }
    await using service = await startTestService(database);
    const end = (await watch(service.url, runId)).at(-1);
    expect(end?.status).toMatch(/^COMPLETED/u);
    const [rows] = await database.column<number>('select count(*)::int from ibsafe_interventionrecord where record_date = $1', [
      RECORD_DATE,
    ]);
    expect(rows).toBe(end?.generated);
    expect(rows).toBeGreaterThan(10);
  });

  it('is what the doctor tells of, with how much is not signed', async () => {
    const unsigned = /not signed: (\d+) of \1 points, (\d+) of \2 wordings, (\d+) of \3 dishes, (\d+) of \4 ingredients/u;
    const usual = await finding({});
    expect(usual).toMatchObject({ status: 'ok', advice: null });
    expect(usual?.found).toMatch(unsigned);
    const strict = await finding(ONLY_REVIEWED);
    expect(strict).toMatchObject({ status: 'problem', advice: expect.stringContaining('reviewed_by') });
    expect(strict?.found).toMatch(unsigned);
    expect(strict?.found).toContain('of sleep advice');
  });
});
