import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, dateInZone, type LocalDate } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { expectedOutcomes } from '../support/eligibility-oracle.js';
import { ask, dataOf, subscribe } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { statementsOf } from '../support/sent-statements.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { CREATE, DAILY_AT_NINE } from './schedule-fixture.js';

const FIELDS = '{ id active staff onRoster programs { program scheduled lastRecordDate lastTargetDate } }';
const BY_ID = `query ($id: Int) { patient(id: $id) ${FIELDS} }`;
const BY_NAME = `query ($userName: String) { patient(userName: $userName) ${FIELDS} }`;

interface Found {
  readonly patient: { readonly id: number; readonly onRoster: boolean; readonly programs: readonly object[] } | null;
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let advised: { id: number; username: string };

async function nameOf(condition: string): Promise<{ id: number; username: string }> {
  const [found] = await database.rows<{ id: number; username: string }>(
    `select id, username from auth_user where ${condition} order by id`,
  );
  if (found === undefined) throw new Error(`no account is ${condition}`);
  return found;
}

beforeAll(async () => {
  database = resources.use(await createPatients(300));
  service = resources.use(await startTestService(database));
  const expected = await expectedOutcomes(database, RECORD_DATE);
  advised = await nameOf(`id = ${expected.find(({ reasons }) => reasons.length === 0)?.userId ?? 0}`);
  await runToEnd(service.url);
  await dataOf(service.url, CREATE, { input: DAILY_AT_NINE });
});

afterAll(async () => {
  await resources.end();
});

describe('patient', () => {
  it('is found by id and by name, as the same account', async () => {
    const byId = await dataOf<Found>(service.url, BY_ID, { id: advised.id });
    expect(byId.patient).toEqual({
      id: advised.id,
      active: true,
      staff: false,
      onRoster: true,
      programs: [
        { program: 'DAILY', scheduled: true, lastRecordDate: RECORD_DATE, lastTargetDate: addDays(RECORD_DATE, 1) },
        { program: 'SLEEP', scheduled: false, lastRecordDate: null, lastTargetDate: null },
      ],
    });
    expect(await dataOf<Found>(service.url, BY_NAME, { userName: advised.username })).toEqual(byId);
  });

  it('is on no roster when the account is closed or staff', async () => {
    for (const condition of ['not is_active', 'is_staff']) {
      const { id } = await nameOf(condition);
      expect((await dataOf<Found>(service.url, BY_ID, { id })).patient).toMatchObject({ id, onRoster: false });
    }
  });

  it.each([
    ['an id that no account has', BY_ID, { id: 2_147_483_647 }],
    ['a name that no account has', BY_NAME, { userName: 'nobody.at.all' }],
    ['the name in other letters', BY_NAME, { userName: 'USER1' }],
    ['an empty name', BY_NAME, { userName: '' }],
    ['a name that no text of the database can be', BY_NAME, { userName: 'a\u0000b' }],
    ['half a letter', BY_NAME, { userName: '\ud800' }],
    ['a name longer than the table holds', BY_NAME, { userName: 'x'.repeat(5_000) }],
    ['a pattern', BY_NAME, { userName: '%' }],
  ])('is null for %s', async (_, query, variables) => {
    expect(await ask<Found>(service.url, query, variables)).toEqual({ data: { patient: null } });
  });

  it('refuses both ways of asking at once, and none', async () => {
    for (const args of ['', `(id: ${advised.id}, userName: $userName)`]) {
      const { errors } = await ask(service.url, `query ${args === '' ? '' : '($userName: String)'} { patient${args} { id } }`, {
        userName: 'a',
      });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'id' } }]);
    }
  });
});

const literal = (name: string): string => `{ patient(userName: "${name}") { id } }`;
const byDefault = (name: string): string => `query ($n: String = "${name}") { patient(userName: $n) { id } }`;
const inFragment = (name: string): string => `{ ...F } fragment F on Query { a: patient(userName: "${name}") { id } }`;

describe('a name of a person', () => {
  it.each([
    ['as a literal', literal],
    ['as the default of a variable', byDefault],
    ['in a fragment', inFragment],
  ])('is refused in a document %s, over each transport, and not repeated', async (_, document) => {
    const { data, errors } = await ask(service.url, document(advised.username));
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([
      { message: expect.stringContaining('Send it as a variable'), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
    expect(JSON.stringify(errors)).not.toContain(advised.username);
    await expect(subscribe(service.url, document(advised.username), {}).next()).rejects.toThrow('Send it as a variable');
  });

  it.each(['/graphql', '/graphql/stream'])('is refused in an address: %s', async (path) => {
    const variables = JSON.stringify({ userName: advised.username });
    const search = new URLSearchParams({ query: BY_NAME, variables });
    const accept = path === '/graphql' ? 'application/json' : 'text/event-stream';
    const body = await (await fetch(`${service.url}${path}?${search.toString()}`, { headers: { accept } })).text();
    expect(body).toContain('PERSONAL_DATA_IN_ADDRESS');
    expect(body).not.toContain(advised.username);
    const byId = new URLSearchParams({ query: `{ patient(id: ${advised.id}) { id } }` });
    expect(await (await fetch(`${service.url}${path}?${byId.toString()}`, { headers: { accept } })).text()).toContain(`"id":${advised.id}`);
  });

  it('stands in no line of the log and in no text of a statement, which PostgreSQL shows', async () => {
    const sent = await statementsOf(() => dataOf<Found>(service.url, BY_NAME, { userName: advised.username }));
    expect(sent.filter((text) => text.includes('username'))).toHaveLength(1);
    expect(sent.join()).not.toContain(advised.username);
    await ask(service.url, BY_NAME.replace('String', 'Int'), { userName: advised.username });
    const { logged } = service;
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.join()).not.toContain(advised.username);
  });
});

describe('userTimeline of days that are still to come', () => {
  const TIMELINE = `query ($userId: Int!, $to: Date!, $from: Date!) { userTimeline(userId: $userId, from: $from, to: $to) {
    days { recordDate verdict dueAt decidedBy skipReasons failureCode runFailureCode explanationKo } } }`;
  type Days = { readonly userTimeline: { readonly days: readonly Record<string, unknown>[] } };
  const daysOf = async (userId: number, from: LocalDate, to: LocalDate): Promise<Days['userTimeline']['days']> =>
    (await dataOf<Days>(service.url, TIMELINE, { userId, from, to })).userTimeline.days;

  it('says NOT_DUE with the slot that is to come, and NO_RUN of a day that was missed', async () => {
    const today = dateInZone(new Date(), 'Asia/Seoul');
    const days = await daysOf(advised.id, addDays(today, -3), addDays(today, 5));
    const verdicts = new Map(days.map(({ recordDate, verdict }) => [recordDate, verdict]));
    expect(verdicts.get(addDays(today, 5))).toBe('NOT_DUE');
    expect(verdicts.get(today)).toBe('NOT_DUE');
    expect(verdicts.get(addDays(today, -3))).toBe('NO_RUN');
    const due = days.find(({ recordDate }) => recordDate === today);
    expect(Date.parse(String(due?.['dueAt']))).toBeGreaterThan(Date.now());
  });

  it('tells in codes what the sentence says', async () => {
    const unfed =
      (await expectedOutcomes(database, RECORD_DATE)).find(({ reasons }) => reasons.join() === 'MISSING_FOOD_RECORD')?.userId ?? 0;
    const [run] = await database.column<string>('select run_id from batch.run_view');
    expect((await daysOf(unfed, RECORD_DATE, RECORD_DATE))[0]).toMatchObject({
      verdict: 'SKIPPED',
      decidedBy: run,
      skipReasons: ['MISSING_FOOD_RECORD'],
      failureCode: null,
      dueAt: null,
    });
  });
});
