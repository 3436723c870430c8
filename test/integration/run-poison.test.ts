import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runToEnd, type SeenProgress } from '../support/batch-client.js';
import { outcomesOf, type SeenOutcome } from '../support/outcome-list.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { healthyUsers, letPoisonIn, POISONS, STRANGE_NAMES } from '../support/poisoned-records.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let healthy: number[];
/** By the name of the poison. */
let poisoned: Map<string, number>;
let outcomes: Map<number, SeenOutcome>;
let run: { runId: string; end: SeenProgress };

const adviceOf = async (userId: number | undefined): Promise<Record<string, unknown> | undefined> =>
  (await database.rows<Record<string, unknown>>('select * from ibsafe_interventionrecord where user_id = $1', [userId]))[0];

beforeAll(async () => {
  database = resources.use(await createPatients(120));
  healthy = await healthyUsers(database);
  await letPoisonIn(database);
  poisoned = new Map(POISONS.map(({ name }, at) => [name, healthy[at] ?? 0]));
  for (const { name, put } of POISONS) await put(database, poisoned.get(name) ?? 0);
  service = resources.use(await startTestService(database));
  run = await runToEnd(service.url, { chunkSize: 40 });
  outcomes = new Map((await outcomesOf(service.url, run.runId)).map((each) => [each.userId, each]));
});

afterAll(async () => {
  await resources.end();
});

describe('a run over broken records', () => {
  it('completes with failures, and everybody is accounted for', async () => {
    expect(run.end).toMatchObject({ status: 'COMPLETED_WITH_FAILURES', percent: 100, failed: 2 });
    expect(await faultsOf(database, run.runId)).toEqual([]);
  });

  it('gives every healthy user advice: what is broken is one user’s', () => {
    const broken = new Set(poisoned.values());
    const others = healthy.filter((id) => !broken.has(id)).map((id) => outcomes.get(id)?.outcome);
    expect(others.length).toBeGreaterThan(60);
    expect(new Set(others)).toEqual(new Set(['GENERATED']));
  });

  it.each(POISONS.map(({ name, outcome }) => [name, outcome] as const))(
    'says of a user with %s what happened to them',
    (name, expected) => {
      expect(outcomes.get(poisoned.get(name) ?? 0)).toMatchObject(expected);
    },
  );

  it('keeps strange names as they are, and of a long one as much as IBSafe’s column holds', async () => {
    const strange = await adviceOf(poisoned.get('foods with strange names'));
    expect(strange?.['input_today_diet']).toEqual(STRANGE_NAMES);
    const long = await adviceOf(poisoned.get('a food whose name is a megabyte long'));
    expect(long?.['input_today_diet']).toEqual(['가'.repeat(100)]);
  });
});
