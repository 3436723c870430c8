import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { begin, runToEnd, watch, type SeenProgress } from '../support/batch-client.js';
import { openLocalModel } from '../../src/local-model/local-model.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';

const REPORT = `query ($id: UUID!) {
  run(id: $id) { dryRun shadow shadowReport { compared same withoutSaved byField { field users } } }
}`;

interface Report {
  readonly dryRun: boolean;
  readonly shadow: boolean;
  readonly shadowReport: { compared: number; same: number; withoutSaved: number; byField: { field: string; users: number }[] } | null;
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let advised: number[];

const interventions = (): Promise<string[]> => database.column<string>('select md5(i::text) from ibsafe_interventionrecord i order by id');
const reportOf = async (id: string): Promise<Report> => (await dataOf<{ run: Report }>(service.url, REPORT, { id })).run;

async function shadow(input: object = {}): Promise<{ runId: string; end: SeenProgress; report: Report['shadowReport'] }> {
  const { runId, end } = await runToEnd(service.url, { shadow: true, ...input });
  return { runId, end, report: (await reportOf(runId)).shadowReport };
}

beforeAll(async () => {
  database = resources.use(await createPatients(150));
  const local = resources.use(await openLocalModel({ port: 0, behave: () => ({ kind: 'sound' }) }));
  service = resources.use(await startTestService(database, { environment: { LLM_BASE_URL: local.url, LLM_MODEL: 'local' } }));
  await runToEnd(service.url);
  advised = await database.column<number>('select user_id from ibsafe_interventionrecord where outputs is not null order by user_id');
  // What stands for other rules: two users were given another breakfast, one of them another goal too; one has no advice any more.
  const [a, b, c] = advised;
  await database.rows(`update ibsafe_interventionrecord set diet_target = jsonb_set(diet_target, '{Breakfast}', '["흰죽", "비밀음식"]') where user_id = any($1) and outputs is not null`, [[a, b]]); // prettier-ignore
  await database.rows('update ibsafe_interventionrecord set exercise_target = 1, diet_evaluation = $2 where user_id = $1', [b, '비밀문장']);
  await database.rows('delete from ibsafe_interventionrecord where user_id = $1', [c]);
});

afterAll(async () => {
  await resources.end();
});

describe('a shadow run', () => {
  it('generates for everybody who could have advice, says by field for how many it differs, and writes none', async () => {
    const before = await interventions();
    const existing = await database.column<number>(`select user_id from ibsafe_interventionrecord i where outputs is null and gubun = 'all' and record_date = $1
      and exists (select from ibsafe_userprofile p where p.user_id = i.user_id) and exists (select from auth_user a where a.id = i.user_id and a.is_active and not a.is_staff)`, [RECORD_DATE]); // prettier-ignore
    const { runId, end, report } = await shadow();
    expect(end).toMatchObject({ status: 'COMPLETED', generated: advised.length + existing.length });
    expect(end.reasons.map(({ reason }) => reason)).not.toContain('INTERVENTION_EXISTS');
    // Those of the demo were advised by nobody's rules: all they have in common with ours is the shape.
    const others = existing.length;
    expect(report).toEqual({
      compared: advised.length - 1 + others,
      same: advised.length - 3,
      withoutSaved: 1,
      byField: expect.arrayContaining([
        { field: 'BREAKFAST', users: 2 + others },
        { field: 'EXERCISE_TARGET', users: expect.any(Number) },
        { field: 'DIET_EVALUATION', users: 1 + others },
        { field: 'LUNCH', users: others },
      ]),
    });
    expect(await interventions()).toEqual(before);
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('keeps codes of what differs and nothing of what it says', async () => {
    const kept = await database.column<string>('select data::text from batch.event where run_id is not null');
    expect(kept.some((text) => text.includes('"differences": ["BREAKFAST"'))).toBe(true);
    for (const text of kept) expect(text).not.toMatch(/[가-힣]/u);
  });

  it('stands in nobody’s way, and can run while a real run of the date does', async () => {
    const real = await begin(service.url, { userIds: advised.slice(0, 1) });
    const shadows = [await begin(service.url, { shadow: true }), await begin(service.url, { shadow: true })];
    const ends = await Promise.all([real, ...shadows].map(async (runId) => (await watch(service.url, runId)).at(-1)?.status));
    expect(ends).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
  });

  it('is dry whatever else it is told', async () => {
    const before = await interventions();
    const { runId } = await shadow({ dryRun: false, onExisting: 'REGENERATE', userIds: advised.slice(5, 8) });
    expect(await interventions()).toEqual(before);
    expect(await reportOf(runId)).toMatchObject({ dryRun: true, shadow: true, shadowReport: { compared: 3, same: 3, byField: [] } });
  });

  it('of a language model says what its answers took beside what differs', async () => {
    const userIds = advised.slice(5, 15);
    const { runId } = await runToEnd(service.url, { shadow: true, generator: 'LLM', userIds });
    const told = await database.column<{ generator: string; tokensIn: number; differences: string[]; interventionId: null }>('select data from batch.event where run_id = $1 and user_id is not null', [runId]); // prettier-ignore
    expect(told.length).toBe(10);
    for (const outcome of told) {
      expect(outcome).toMatchObject({ generator: 'LLM', interventionId: null, tokensIn: expect.any(Number) });
      expect(outcome.differences).toContain('BREAKFAST');
    }
    // Some of them are told the same in words: what is true of them leaves little to choose.
    expect(told.flatMap(({ differences }) => differences)).toContain('SUMMARY');
    expect(await reportOf(runId)).toMatchObject({ shadowReport: { compared: 10, same: 0 } });
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('compares advice on sleep with advice on sleep', async () => {
    await runToEnd(service.url, { program: 'SLEEP' });
    await database.rows(`update ibsafe_interventionrecord set sleep_target = 6.25 where gubun = 'sleep'`);
    const { end, report } = await shadow({ program: 'SLEEP' });
    expect(report).toEqual({
      compared: end.generated,
      same: 0,
      withoutSaved: 0,
      byField: [{ field: 'SLEEP_TARGET', users: end.generated }],
    });
  });
});

describe('a run that is no shadow', () => {
  it('has no report', async () => {
    const { runId } = await runToEnd(service.url, { dryRun: true });
    expect(await reportOf(runId)).toEqual({ dryRun: true, shadow: false, shadowReport: null });
  });
});
