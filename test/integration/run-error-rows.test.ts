import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { offerLateData } from '../../src/application/patients/offer-late-data.js';
import { runToEnd } from '../support/batch-client.js';
import { endOf } from '../support/control-client.js';
import { expectedOutcomes } from '../support/eligibility-oracle.js';
import { dataOf } from '../support/graphql-client.js';
import { outcomeOf, outcomesOf } from '../support/outcome-list.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';

/** A row as the original left it where it failed. `set` overrides a column. */
const errorRow = (set: Readonly<Record<string, string>> = {}): string => {
  const columns: Record<string, string> = {
    target_date: '$2::date + 1', gubun: `'all'`, diet_evaluation: `''`, exercise_evaluation: `''`, processing_time: '0.2', error_message: `'list index out of range'`,
    created_at: `'2026-03-02'`, updated_at: `'2026-03-02'`, ...set,
  }; // prettier-ignore
  return `insert into ibsafe_interventionrecord (user_id, record_date, ${Object.keys(columns).join(', ')}) values ($1, $2, ${Object.values(columns).join(', ')})`;
};

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
/** Users who would get advice. */
let able: number[];

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  service = resources.use(await startTestService(database));
});

beforeEach(async () => {
  await database.rows('delete from ibsafe_interventionrecord');
  able = (await expectedOutcomes(database, RECORD_DATE)).filter(({ reasons }) => reasons.length === 0).map(({ userId }) => userId);
});

afterAll(async () => {
  await resources.end();
});

const forecast = async (): Promise<number> => {
  const query = `query ($date: Date!) { forecast(input: { recordDate: $date }) { ... on Forecast { eligible } } }`;
  return (await dataOf<{ forecast: { eligible: number } }>(service.url, query, { date: RECORD_DATE })).forecast.eligible;
};
const dayOf = async (userId: number): Promise<object | undefined> => {
  const query = `query ($id: Int!, $day: Date!) { userTimeline(userId: $id, from: $day, to: $day) { days { verdict interventions { isAdvice } } } }`;
  const { userTimeline } = await dataOf<{ userTimeline: { days: object[] } }>(service.url, query, { id: userId, day: RECORD_DATE });
  return userTimeline.days[0];
};
const rowOf = async (userId: number): Promise<Record<string, unknown>> =>
  (
    await database.rows<Record<string, unknown>>(`select * from ibsafe_interventionrecord where user_id = $1 and gubun = 'all'`, [userId])
  )[0] ?? {};

/** Shapes of an empty advice, as the original or a hand in the database may leave them. */
const EMPTY: readonly (readonly [string, Record<string, string>])[] = [
  ['nothing but its message', {}],
  ['an empty object for the diet', { diet_target: `'{}'` }],
  ['meals without a dish', { diet_target: `'{"Breakfast": [], "Lunch": [""], "Dinner": [], "Summary": " "}'` }],
  ['targets of zero', { exercise_target: '0', sleep_target: '0' }],
  ['white space for texts', { diet_evaluation: `E' \\n'`, exercise_evaluation: `' '`, sleep_evaluation: `''`, food_evaluation: `' '` }],
  [
    'the inputs that it failed on',
    { input_week_step: `'[4000, 5000]'`, input_today_diet: `'["쌀밥"]'`, input_ollama_model: `'gpt-oss:20b'` },
  ],
];

/** Rows that say something to a user: nobody may write over them unasked. */
const ADVICE: readonly (readonly [string, Record<string, string>])[] = [
  ['no error and no text', { error_message: `''` }],
  ['no error at all', { error_message: 'null' }],
  ['an error beside a sentence on exercise', { exercise_evaluation: `'좋아요'` }],
  ['an error beside a diet', { diet_target: `'{"Breakfast": ["죽"], "Lunch": [], "Dinner": [], "Summary": ""}'` }],
  ['an error beside a step goal', { exercise_target: '6000' }],
];

describe('an error row of the original', () => {
  it.each(EMPTY)('with %s counts as no advice: the user gets some, in the place of that row', async (_, set) => {
    const [userId = 0] = able;
    await database.rows(errorRow(set), [userId, RECORD_DATE]);
    await database.rows(errorRow({ gubun: `'food'` }), [userId, RECORD_DATE]);
    const { id } = await rowOf(userId);
    expect(await dayOf(userId)).toMatchObject({ verdict: expect.stringMatching(/^(?!EXISTED$)[A-Z_]+$/) });
    expect(await forecast()).toBe(able.length);
    const { runId, end } = await runToEnd(service.url);
    expect(end).toMatchObject({ status: 'COMPLETED', generated: able.length });
    expect(await outcomeOf(service.url, runId, userId)).toMatchObject({ outcome: 'GENERATED', intervention: { id: String(id) } });
    const row = await rowOf(userId);
    expect(row).toMatchObject({ id, error_message: null, input_ollama_model: 'RULE', food_evaluation: null, sleep_target: null });
    // No advice was given before this.
    expect(row['created_at']).toEqual(row['updated_at']);
    expect(await database.column(`select error_message from ibsafe_interventionrecord where gubun = 'food'`)).toEqual([
      'list index out of range',
    ]);
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it.each(ADVICE)('is none with %s: the user is skipped, and the row stays as it is', async (_, set) => {
    const [userId = 0] = able;
    await database.rows(errorRow(set), [userId, RECORD_DATE]);
    const before = await rowOf(userId);
    expect(await dayOf(userId)).toMatchObject({ interventions: [{ isAdvice: true }] });
    expect(await forecast()).toBe(able.length - 1);
    const { runId } = await runToEnd(service.url);
    expect(await outcomeOf(service.url, runId, userId)).toMatchObject({ outcome: 'SKIPPED', skipReasons: ['INTERVENTION_EXISTS'] });
    expect(await rowOf(userId)).toEqual(before);
  });

  it('stays where its user cannot be advised, and the timeline names what is missing', async () => {
    const lacking = (await expectedOutcomes(database, RECORD_DATE)).find(({ reasons }) => reasons.join() === 'MISSING_FOOD_RECORD');
    const userId = lacking?.userId ?? 0;
    await database.rows(errorRow(), [userId, RECORD_DATE]);
    const before = await rowOf(userId);
    const { runId } = await runToEnd(service.url);
    expect(await outcomeOf(service.url, runId, userId)).toMatchObject({ outcome: 'SKIPPED', skipReasons: ['MISSING_FOOD_RECORD'] });
    expect(await rowOf(userId)).toEqual(before);
    expect(await dayOf(userId)).toEqual({ verdict: 'SKIPPED', interventions: [{ isAdvice: false }] });
  });

  it('of everybody is written over by one run, and no user is left out', async () => {
    for (const userId of able) await database.rows(errorRow(), [userId, RECORD_DATE]);
    const { runId, end } = await runToEnd(service.url);
    expect(end.generated).toBe(able.length);
    expect(await database.column(`select 1 from ibsafe_interventionrecord where error_message <> ''`)).toEqual([]);
    expect((await outcomesOf(service.url, runId)).filter(({ skipReasons }) => skipReasons.includes('INTERVENTION_EXISTS'))).toEqual([]);
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('is not counted among what a dry run would replace', async () => {
    const [one = 0, other = 0] = able;
    await database.rows(errorRow(), [one, RECORD_DATE]);
    await database.rows(errorRow({ error_message: 'null', diet_evaluation: `'앱'` }), [other, RECORD_DATE]);
    const { runId } = await runToEnd(service.url, { dryRun: true, onExisting: 'REGENERATE' });
    const query = `query ($id: UUID!) { run(id: $id) { report { interventions replacing } } }`;
    const { run } = await dataOf<{ run: object }>(service.url, query, { id: runId });
    expect(run).toEqual({ report: { interventions: able.length, replacing: 1 } });
    const { end } = await runToEnd(service.url, { shadow: true, userIds: [one, other] });
    expect(end.generated).toBe(2);
  });

  it('does not keep a user from being offered again when a missing record comes late', async () => {
    const hungry = (await expectedOutcomes(database, RECORD_DATE)).find(({ reasons }) => reasons.join() === 'MISSING_FOOD_RECORD');
    const userId = hungry?.userId ?? 0;
    await runToEnd(service.url);
    await database.rows(errorRow(), [userId, RECORD_DATE]);
    await database.rows(
      `insert into ibsafe_userfoodrecord (user_id, food_id, meal_type, amount, record_date, created_at, updated_at)
       values ($1, (select min(id) from ibsafe_food), 'lunch', 100, $2, now(), now())`,
      [userId, RECORD_DATE],
    );
    const now = new Date(`${RECORD_DATE}T21:00:00Z`); // the next morning in Seoul
    const { deps } = service.core;
    const transaction: typeof deps.transaction = (work) =>
      deps.transaction((tx, attempt) => work({ ...tx, now: () => Promise.resolve(now) }, attempt));
    const [runId = ''] = await offerLateData({ ...deps, clock: () => now, transaction }, 12);
    expect(await endOf(service.url, runId)).toBe('COMPLETED');
    expect(await outcomeOf(service.url, runId, userId)).toMatchObject({ outcome: 'GENERATED' });
  });
});
