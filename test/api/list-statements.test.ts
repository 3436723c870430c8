import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getNamedType, type GraphQLArgument, type GraphQLField, isLeafType, isObjectType, isRequiredArgument } from 'graphql';
import { addDays } from '../../src/domain/local-date.js';
import { graphqlSchema } from '../../src/server/graphql-schema.js';
import { runToEnd } from '../support/batch-client.js';
import { fillLists } from '../support/filled-lists.js';
import { fillRuns } from '../support/filled-log.js';
import { type Answer, ask, dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { anyLiteral, type Found, isList, leavesOf, operationFor, walkFields } from '../support/schema-walk.js';
import { statementsOf } from '../support/sent-statements.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { THIN } from './thin-lists.js';
import { until } from '../support/until.js';

type Field = GraphQLField<unknown, unknown>;

const MANY = 50;
const DAY_MS = 86_400_000;
const schema = await graphqlSchema();
const lists = walkFields(schema).filter(({ root, name, field }) => root === 'query' && isList(field) && name !== 'DoctorReport.findings'); // whose every item is a check with statements of its own
const MAKE = `mutation ($name: String!) {
  createSchedule(input: { name: $name, frequency: DAILY, hour: 3, minute: 0 }) { __typename }
  createApiKey(name: $name, role: VIEWER) { __typename }
}`;

/** Statements that a root field may send for itself, whatever it holds. */
const OWN = 5;
/** Of what is asked for by an id or input that names nothing here. */
const UNANSWERED: Readonly<Record<string, readonly string[]>> = {
  'Recall.runs': ['RECALL_NOT_FOUND'],
  'RecallPreview.groups': ['BAD_USER_INPUT'],
  'RecalledRowConnection.edges': ['BAD_USER_INPUT'],
  'RecalledRowConnection.nodes': ['BAD_USER_INPUT'],
  'RolloutReport.nights': ['ROLLOUT_NOT_FOUND'],
};

const resources = new Resources();
const given: Record<string, string> = {};
const held = new Map<string, number>();
let database: PatientsDatabase;
let api: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  const all = await startTestService(database);
  const { runId } = await runToEnd(all.url, { chunkSize: 1 });
  const backfillId = await fillRuns(database, runId, MANY);
  for (let at = 0; at < MANY; at += 1) await dataOf(all.url, MAKE, { name: `number ${at}` });
  const [scheduleId = ''] = await database.column<string>('select schedule_id::text from batch.schedule_view limit 1');
  const jobs = `select from batch.agenda_jobs where data ? 'scheduleId'`;
  await until(async () => (await database.rows(jobs)).length > MANY); // the first schedule and those that were made
  await all[Symbol.asyncDispose](); // its scheduler would mend what is amiss
  await fillLists(database, MANY, { runId, scheduleId });
  api = resources.use(await startTestService(database, { role: 'api', environment: { BATCH_OPERATION_PRICE: '10000000' } }));
  const [userId] = await database.column<number>('select min(user_id)::int from ibsafe_interventionrecord');
  const [advice] = await database.column<number>('select min(id)::int from ibsafe_interventionrecord');
  const [from, to] = [addDays(RECORD_DATE, -60), RECORD_DATE];
  Object.assign(given, {
    'run.id': `"${runId}"`,
    'backfill.id': `"${backfillId}"`,
    'schedule.id': `"${scheduleId}"`,
    'diff.other': String(advice),
    'patient.id': String(userId),
    userId: String(userId),
    'nights.from': `"${from}"`,
    'nights.to': `"${to}"`,
    'llmUsage.month': '"2026-03"',
    'userTimeline.from': `"${from}"`,
    'userTimeline.to': `"${to}"`,
    'slots.from': `"${new Date(Date.now() + DAY_MS).toISOString()}"`,
    'slots.to': `"${new Date(Date.now() + 2 * DAY_MS).toISOString()}"`,
  });
});
afterAll(() => resources.end());

const argument =
  (size: number) =>
  (field: Field, { name, ...rest }: GraphQLArgument): string | undefined => {
    if (name === 'first') return String(size);
    if (name === 'count') return String(Math.min(size, 20));
    const known = given[`${field.name}.${name}`] ?? given[name];
    if (known !== undefined) return known;
    return isRequiredArgument({ name, ...rest }) ? anyLiteral({ name, ...rest }) : undefined;
  };

/** What a field gives, with each of its fields that leads on and what these say of themselves. */
function withChildren(field: Field, size: number): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return leavesOf(field);
  const children = Object.values(type.getFields()).filter((child) => !isLeafType(getNamedType(child.type)) || isList(child));
  return [leavesOf(field), ...children.map((child) => childOf(child, size))].join(' ');
}

function childOf(child: Field, size: number): string {
  const args = child.args.flatMap((each) => {
    const value = argument(size)(child, each);
    return value === undefined ? [] : [`${each.name}: ${value}`];
  });
  const type = getNamedType(child.type);
  const nodes = isObjectType(type) ? type.getFields()['nodes'] : undefined;
  const inner = nodes === undefined ? leavesOf(child) : `nodes { ${leavesOf(nodes)} }`;
  return `${child.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${inner === '' ? '' : ` { ${inner} }`}`;
}

function operationOf(found: Found, size: number): string {
  const text = operationFor(found, argument(size));
  const leaves = leavesOf(found.field);
  const all = withChildren(found.field, size);
  const at = leaves === '' ? -1 : text.lastIndexOf(`{ ${leaves} }`);
  return at < 0 ? text : `${text.slice(0, at)}{ ${all} }${text.slice(at + leaves.length + 4)}`;
}

/** Fields of an operation that lead on: what a statement may be sent for. */
function leading(query: string): number {
  return query.match(/\{/g)?.length ?? 0;
}

/** How many items the fields of a way hold together in an answer. */
function countAt(answer: unknown, path: readonly string[]): number {
  if (Array.isArray(answer))
    return answer.reduce<number>((sum, each) => sum + countAt(each, path), 0) + (path.length === 0 ? answer.length : 0);
  const [name, ...further] = path;
  if (name === undefined || answer === null || typeof answer !== 'object') return 0;
  return countAt((answer as Record<string, unknown>)[name], further);
}

describe('An operation over a list, its items and all that each item leads to', () => {
  it.each(lists.map((found) => [found.name, found] as const))(
    '%s sends statements by its fields, not by its items',
    async (name, found) => {
      const query = operationOf(found, MANY);
      await ask(api.url, query); // connections and plans are there
      const { answer, sent } = await counted(query);
      held.set(
        name,
        countAt(
          answer.data,
          found.path.map((field) => field.name),
        ),
      );
      expect(answer.errors?.map(({ extensions }) => extensions?.['code']) ?? []).toEqual(UNANSWERED[name] ?? []);
      expect(sent).toBeLessThanOrEqual(leading(query) + OWN);
    },
  );

  it('was asked of lists that hold more items than their statements may be, but for those named as thin', () => {
    const thin = new Set(THIN.flatMap(([, types]) => Object.entries(types).flatMap(([type, names]) => names.split(' ').map((name) => `${type}.${name}`)))); // prettier-ignore
    expect([...thin].filter((name) => !held.has(name))).toEqual([]);
    const full = [...held].filter(([name]) => !thin.has(name));
    expect(full.length).toBeGreaterThan(50);
    expect(full.filter(([, items]) => items < MANY)).toEqual([]);
  });
});

async function counted(query: string): Promise<{ readonly answer: Answer<unknown>; readonly sent: number }> {
  let answer: Answer<unknown> = {};
  const sent = await statementsOf(async () => {
    answer = await ask(api.url, query);
  });
  return { answer, sent: sent.length };
}
