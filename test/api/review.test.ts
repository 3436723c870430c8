import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { ask, dataOf } from '../support/graphql-client.js';
import { logIsSettled } from '../support/log-settled.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';
import { http } from './identity-doors.js';

const ROW = `id program recordDate targetDate score reasons { reason items } generator vocabulary dietEvaluation dietTarget exerciseEvaluation exerciseTarget allergies restrictions eaten steps
  why { point field wording facts { name value meaning } source { title } reviewedBy } dishes { code name }`;
const SAMPLE = `query ($first: Int = 20) { reviewSample(first: $first) { chosenFrom rows { ${ROW} } } }`;
const IDS = 'query ($first: Int = 20) { reviewSample(first: $first) { rows { id } } }';
const MARKED = 'id row verdict points dishes note actor vocabulary recall { id subject markId }';
const MARK = `mutation ($input: MarkInput!) { markAdvice(input: $input) { ... on MarkAccepted { repeated mark { ${MARKED} } } ... on Error { code message } } }`;
const TURN = (how: 'On' | 'Off'): string =>
  `mutation ($point: String!, $reason: String) { turnPoint${how}(point: $point, reason: $reason) { ... on PointTurned { point { point isOff reason actor } } ... on Error { code } } }`;

interface Row {
  readonly id: string;
  readonly why: readonly { readonly point: string }[];
  readonly dishes: readonly { readonly code: string; readonly name: string }[];
  readonly reasons: readonly { readonly reason: string }[];
  readonly dietEvaluation: string;
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(80));
  await database.rows('delete from ibsafe_interventionrecord');
  service = resources.use(await startTestService(database));
  const now = new Date(`${addDays(RECORD_DATE, 1)}T01:00:00Z`);
  Object.assign(service.core.deps, { clock: () => now });
  await runToEnd(service.url);
});
afterAll(() => resources.end());

const sample = async (first = 20): Promise<readonly Row[]> =>
  (await dataOf<{ reviewSample: { rows: Row[] } }>(service.url, SAMPLE, { first })).reviewSample.rows;
const mark = async (input: object): Promise<Record<string, unknown>> =>
  (await dataOf<{ markAdvice: Record<string, unknown> }>(service.url, MARK, { input })).markAdvice;

describe('a sample over GraphQL', () => {
  it('shows advice, why it says so and what it is judged by, and no person', async () => {
    const rows = await sample();
    expect(rows).toHaveLength(20);
    for (const { why, dishes, reasons, dietEvaluation } of rows) {
      expect([why.length > 3, dishes.length > 3, reasons.length > 0, dietEvaluation.length > 20]).toEqual([true, true, true, true]);
      expect(dishes.every(({ name }) => name.length > 0)).toBe(true);
    }
    const { errors } = await ask(service.url, '{ reviewSample { rows { userId } } }', {});
    expect(errors?.[0]?.message).toContain('Cannot query field "userId"');
    const names = await database.column<string>('select username from auth_user');
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => JSON.stringify(rows).includes(`"${name}"`))).toEqual([]);
  });

  it('is in the audit of reads, with the persons whose rows were shown', async () => {
    // By fields that no other test asks for: reads of the same fields within a second are one.
    await dataOf(service.url, '{ reviewSample(first: 3) { rows { allergies targetDate } } }');
    const read = "select users from batch.person_read where what = 'ReviewRow' and fields = '{allergies,targetDate}'";
    await until(async () => (await database.column(read)).length > 0);
    expect(await database.column(read)).toEqual([3]);
  });

  it.each([0, 101])('takes no page of %i', async (first) => {
    expect((await ask(service.url, IDS, { first })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'first' });
  });
});

describe('a mark over GraphQL', () => {
  it('is made once for a key, is listed with its note, and takes its row out of the sample', async () => {
    const [row] = await sample();
    const input = { row: row?.id, verdict: 'UNCLEAR', points: [row?.why[0]?.point], note: '길다', idempotencyKey: 'one-mark' };
    const made = await mark(input);
    expect(made).toMatchObject({ repeated: false, mark: { row: row?.id, verdict: 'UNCLEAR', note: '길다', recall: null } });
    expect(await mark(input)).toMatchObject({ repeated: true, mark: made['mark'] });
    expect(await mark({ ...input, verdict: 'FINE' })).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    const left = await dataOf<{ reviewSample: { rows: { id: string }[] } }>(service.url, IDS, { first: 100 });
    expect(left.reviewSample.rows.length).toBeGreaterThan(50);
    expect(left.reviewSample.rows.map(({ id }) => id)).not.toContain(row?.id);
    expect(await dataOf(service.url, `{ adviceMarks(first: 5) { nodes { ${MARKED} } pageInfo { hasNextPage } } }`)).toEqual({
      adviceMarks: { nodes: [made['mark']], pageInfo: { hasNextPage: false } },
    });
    await logIsSettled(database);
    const events = await dataOf(service.url, '{ events(filter: { kinds: [REVIEW] }) { nodes { type } } }');
    expect(events).toEqual({ events: { nodes: [{ type: 'AdviceMarked' }] } });
  });

  it('starts a recall, and each leads to the other', async () => {
    const [row] = await sample();
    const dish = row?.dishes[0]?.code;
    const made = await mark({ row: row?.id, verdict: 'HARMFUL', dishes: [dish], recall: true, allergen: true });
    expect(made).toMatchObject({ mark: { recall: { subject: dish, markId: (made['mark'] as { id: string }).id } } });
    await logIsSettled(database);
    expect(await dataOf(service.url, '{ recalls { nodes { subject allergen markId } } events(filter: { kinds: [RECALL] }) { nodes { type } } }')).toMatchObject({
      recalls: { nodes: [{ subject: dish, allergen: true, markId: (made['mark'] as { id: string }).id }] },
      events: { nodes: expect.arrayContaining([{ type: 'RecallRequested' }]) },
    }); // prettier-ignore
    expect(await dataOf(service.url, '{ adviceMarks(first: 1) { nodes { verdict recall { subject } } pageInfo { hasNextPage } } }')).toMatchObject({
      adviceMarks: { nodes: [{ verdict: 'HARMFUL', recall: { subject: dish } }], pageInfo: { hasNextPage: true } },
    }); // prettier-ignore
    // It writes rows anew; those that the next tests are shown are to stand.
    const begun =
      'select count(*)::int from batch.recall_view c join batch.run_view r using (recall_id) where c.listed is not null and r.ended_at is not null';
    await until(async () => (await database.column<number>(begun))[0] === 1);
  });

  it.each([
    ['MARK_NOT_OF_ROW', { verdict: 'WRONG', points: ['NO_SUCH'] }],
    ['MARK_WITHOUT_WHAT', { verdict: 'WRONG' }],
    ['MARK_TOO_MILD', { verdict: 'FINE', turnOff: true }],
  ])('is refused with %s', async (code, rest) => {
    const [row] = await sample();
    expect(await mark({ row: row?.id, ...rest })).toMatchObject({ code });
  });

  it('takes no id of another form', async () => {
    const { errors } = await ask(service.url, MARK, { input: { row: '17', verdict: 'FINE' } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'input', sentence: 'ROW' });
  });
});

describe('a point over GraphQL', () => {
  it('is turned off and on, by whom and why', async () => {
    expect(await dataOf(service.url, TURN('Off'), { point: 'FIBRE_SLOWLY', reason: '시험' })).toMatchObject({
      turnPointOff: { point: { point: 'FIBRE_SLOWLY', isOff: true, reason: '시험' } },
    });
    expect(await dataOf(service.url, '{ pointSwitches { point isOff reason markId } }')).toEqual({
      pointSwitches: [{ point: 'FIBRE_SLOWLY', isOff: true, reason: '시험', markId: null }],
    });
    expect(await dataOf(service.url, TURN('On'), { point: 'FIBRE_SLOWLY' })).toMatchObject({ turnPointOn: { point: { isOff: false, reason: null } } }); // prettier-ignore
    expect(await dataOf(service.url, TURN('On'), { point: 'FIBRE_SLOWLY' })).toMatchObject({ turnPointOn: { code: 'POINT_NOT_OFF' } });
  });
});

describe('a key with the role reviewer', () => {
  it('is made and opens the sample', async () => {
    const made = await new ApiKeyStore(service.core.pool).create({ name: 'dietitian', role: 'reviewer', createdBy: 'test' });
    expect(made?.key).toMatch(/^ibk_/u);
    const own = resources.use(await startTestService(database, { role: 'api', environment: { AUTH_API_KEYS: 'on' } }));
    const asked = async (query: string): Promise<string> => (await http(own.url, `Bearer ${made?.key ?? ''}`, query)).text;
    expect(await asked('{ reviewSample { chosenFrom } me { role actor } }')).toContain('"role":"REVIEWER","actor":"key:dietitian"');
    expect(await asked('{ interventions { nodes { userId } } }')).toContain('needs the role viewer; you have the role reviewer');
  });
});
