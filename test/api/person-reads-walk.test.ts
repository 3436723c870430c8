import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, getNamedType, isLeafType, type GraphQLArgument, type GraphQLSchema, isRequiredArgument } from 'graphql';
import { PERSON } from '../../src/schema/of-person.js';
import { graphqlSchema } from '../../src/server/graphql-schema.js';
import { objectTypesOf, requirePersonMarks } from '../../src/server/operations/record-reads.js';
import { runToEnd } from '../support/batch-client.js';
import { logIsSettled } from '../support/log-settled.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { anyLiteral, type Found, isList, operationFor, walkFields } from '../support/schema-walk.js';
import { askWith, SIGNED_CALLERS, tokenOf } from '../support/signed-callers.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

/** An id that is no figure of anything else. */
const CANARY = 771_177;
/** Ends of ranges of ids: places in the order of accounts, which tell nothing of the user there. */
const BOUNDS = new Set(['afterUserId', 'throughUserId', 'after', 'through']);
/** Operations that are on their way at once. */
const AT_ONCE = 8;
const TABLES = ['profile', 'foodrecord', 'exerciserecord', 'sleeprecord'];

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let schema: GraphQLSchema;
let runId: string;
let advice: number;

beforeAll(async () => {
  database = resources.use(await createPatients(20));
  await addCanary();
  const quiet = resources.use(await startTestService(database));
  runId = (await runToEnd(quiet.url, { userIds: [CANARY, 1, 2, 3] })).runId;
  await logIsSettled(database);
  [advice = 0] = await database.column<number>('select id from ibsafe_interventionrecord where user_id = $1', [CANARY]);
  service = resources.use(await startTestService(database, { role: 'api', environment: { ...SIGNED_CALLERS, BATCH_OPERATION_PRICE: '10000000' } })); // prettier-ignore
  schema = await graphqlSchema();
});

afterAll(async () => {
  await resources.end();
});

/** Another account, with the records of one who is advised. */
async function addCanary(): Promise<void> {
  const [like = 0] = await database.column<number>(
    `select user_id from ibsafe_userfoodrecord join ibsafe_userexerciserecord using (user_id, record_date) join ibsafe_usersleeprecord using (user_id, record_date) where record_date = $1 limit 1`,
    [RECORD_DATE],
  );
  await database.rows(`insert into auth_user select (jsonb_populate_record(u, jsonb_build_object('id', ${CANARY}, 'username', 'canary'))).* from auth_user u where id = $1`, [like]); // prettier-ignore
  for (const table of TABLES)
    await database.rows(
      `insert into ibsafe_user${table} select (jsonb_populate_record(r, jsonb_build_object('user_id', ${CANARY}, 'id', r.id + 50000000))).* from ibsafe_user${table} r where user_id = $1`,
      [like],
    );
}

/** Arguments by which an operation comes to the canary, wherever there is a way. */
function argument({ name: field }: { readonly name: string }, arg: GraphQLArgument): string | undefined {
  const known: Readonly<Record<string, string>> = {
    'patient.id': `${CANARY}`, 'run.id': `"${runId}"`, runId: `"${runId}"`, userId: `${CANARY}`, first: '100', other: `"${advice}"`,
    'userTimeline.from': `"${RECORD_DATE}"`, 'userTimeline.to': `"${RECORD_DATE}"`, 'forecast.input': `{ recordDate: "${RECORD_DATE}", userIds: [${CANARY}] }`,
    'events.filter': field === 'events' && arg.type.toString() === 'EventFilterInput' ? `{ runId: "${runId}", withOutcomes: true }` : 'null', withOutcomes: 'true',
    'interventions.filter': `{ userIds: [${CANARY}] }`, 'personReads.filter': `{ userId: ${CANARY} }`,
  }; // prettier-ignore
  return known[`${field}.${arg.name}`] ?? known[arg.name] ?? (isRequiredArgument(arg) ? anyLiteral(arg) : undefined);
}

/** Whether an answer holds the canary's id, in a cursor as well. */
function tells(value: unknown, name = ''): boolean {
  if (BOUNDS.has(name)) return false;
  if (typeof value === 'number') return value === CANARY;
  if (typeof value === 'string')
    return [value, Buffer.from(value, 'base64url').toString('latin1')].some((text) => text.includes(`${CANARY}`));
  if (Array.isArray(value)) return value.some((each) => tells(each));
  return typeof value === 'object' && value !== null && Object.entries(value).some(([key, each]) => tells(each, key));
}

interface Walked {
  readonly name: string;
  readonly told: boolean;
  readonly recorded: boolean;
}

async function ask(found: Found, at: number): Promise<{ name: string; told: boolean; caller: string }> {
  const caller = `walk-${at}`;
  const query = operationFor(found, (field, arg) => argument(field, arg));
  const { data } = await askWith(service, { token: await tokenOf(caller, 'admin'), query });
  return { name: found.name, told: tells(data), caller: `token:${caller}` };
}

/** What a field gives is asked for with all its plain fields, so that these need no operation of their own. */
function isWorthAsking({ root, name, field }: Found): boolean {
  return root === 'query' && name !== 'Query.doctor' && (isList(field) || !isLeafType(getNamedType(field.type)));
}

/** Asks for every field that a query leads to, a few at a time, and looks afterwards of whom it is recorded. */
async function walkAll(): Promise<Walked[]> {
  const fields = walkFields(schema).filter(isWorthAsking);
  const asked: Awaited<ReturnType<typeof ask>>[] = [];
  for (let at = 0; at < fields.length; at += AT_ONCE)
    asked.push(...(await Promise.all(fields.slice(at, at + AT_ONCE).map((found, beside) => ask(found, at + beside)))));
  await until(() => Promise.resolve(service.core.reads.state.waiting === 0));
  const recorded = new Set(await database.column<string>('select caller from batch.person_read r join batch.person_read_user u on u.read_id = r.id where user_id = $1', [CANARY])); // prettier-ignore
  return asked.map(({ name, told, caller }) => ({ name, told, recorded: recorded.has(caller) }));
}

describe('a field that shows a person', () => {
  it('records whom it shows: every field of the schema was asked, with a person to be found', async () => {
    const walked = await walkAll();
    const told = walked.filter((each) => each.told).map(({ name }) => name);
    expect(walked.filter((each) => each.told && !each.recorded).map(({ name }) => name)).toEqual([]);
    // The walk came to all that it was made for.
    expect(told).toEqual(expect.arrayContaining([
      'Query.patient', 'Query.userTimeline', 'LogEventConnection.nodes', 'InterventionConnection.nodes', 'Run.userIds', 'OutcomeConnection.nodes',
      'TimelineDay.interventions', 'TimelineEntry.outcome', 'Outcome.intervention',
    ])); // prettier-ignore
    for (const part of [
      'UserTimeline.days',
      'TimelineDay.entries',
      'Patient.programs',
      'Intervention.why',
      'Intervention.diff',
      'Query.forecast',
    ])
      expect(walked.find(({ name }) => name === part)).toMatchObject({ name: part, recorded: true });
  });
});

/** A schema of a text, whose types say whose data they hold. */
function marked(text: string, marks: Readonly<Record<string, unknown>>): GraphQLSchema {
  const made = buildSchema(text);
  for (const type of objectTypesOf(made)) if (type.name in marks) Object.assign(type, { extensions: { [PERSON]: marks[type.name] } });
  return made;
}

describe('a schema', () => {
  const run = 'type Query { run: Run }';

  it('is not served with a type that does not say whose data it holds', () => {
    const text = `${run} type Run { diary: Diary } type Diary { text: String }`;
    expect(() => requirePersonMarks(marked(text, { Run: 'NOBODY' }))).toThrow(/whose data they hold: Diary\./);
    expect(requirePersonMarks(marked(text, { Run: 'NOBODY', Diary: () => 7 }))).toBeDefined();
  });

  it('is not served where a part of a person is given without the person', () => {
    const text = `${run} type Run { point: Point } type Point { text: String }`;
    expect(() => requirePersonMarks(marked(text, { Run: 'NOBODY', Point: 'PART' }))).toThrow(/without the person: Run\.point/);
    expect(requirePersonMarks(marked(text, { Run: () => 7, Point: 'PART' }))).toBeDefined();
  });

  it('is not served with a page of a list that is not declared as one: its cursors hold ids', () => {
    const text = `${run} type Run { nodes: [Run], pageInfo: PageInfo } type PageInfo { endCursor: String }`;
    expect(() => requirePersonMarks(marked(text, { Run: 'NOBODY', PageInfo: 'NOBODY' }))).toThrow(/PageOfNodes: Run/);
  });
});
