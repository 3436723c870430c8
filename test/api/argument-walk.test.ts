import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getNullableType, type GraphQLSchema, isInputObjectType, isNonNullType } from 'graphql';
import { addDays } from '../../src/domain/local-date.js';
import { graphqlSchema } from '../../src/server/graphql-schema.js';
import { errorsOf } from '../support/errors-of.js';
import { runToEnd } from '../support/batch-client.js';
import { type Answer, ask as askGraphQL, dataOf } from '../support/graphql-client.js';
import { ownDefaults } from '../support/own-defaults.js';
import { createPatients, RECORD_DATE } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { type FieldPlace, literal, placesOf, usualVariables, variableTypes } from '../support/schema-places.js';
import { type Samples, sampleObject, type Tried, triedValues } from '../support/schema-values.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { CREATE, DAILY_AT_NINE, type Answers } from './schedule-fixture.js';

const resources = new Resources();
let service: TestService;
let schema: GraphQLSchema;
let samples: Samples;
let cursors: ReadonlyMap<string, string>;

beforeAll(async () => {
  const patients = resources.use(await createPatients(30));
  const candidate = { LLM_CANDIDATE_BASE_URL: 'http://127.0.0.1:1/v1', LLM_CANDIDATE_MODEL: 'a-walk' };
  service = resources.use(await startTestService(patients, { environment: candidate }));
  await patients.rows(`insert into batch.alert (id, kind, subject, facts, first_at, last_at)
    values (gen_random_uuid(), 'RUN_PAUSED', 'a walk', '{"program":"daily","recordDate":"2026-03-10","cause":"OPERATOR"}', now(), now())`);
  schema = await graphqlSchema();
  const { runId } = await runToEnd(service.url);
  const schedule = (await dataOf<Answers>(service.url, CREATE, { input: DAILY_AT_NINE }))['answer'].schedule;
  const [from, to] = [addDays(RECORD_DATE, -2), addDays(RECORD_DATE, -1)];
  const backfill = `mutation { answer: backfill(input: { from: "${from}", to: "${to}" }) { ... on BackfillAccepted { backfill { id } } } }`;
  const backfillId = (await dataOf<Answers>(service.url, backfill))['answer'].backfill.id;
  const recall = 'mutation { answer: recall(input: { promptVersion: "before-this" }) { ... on RecallAccepted { recall { id } } } }';
  const recallId = (await dataOf<Answers>(service.url, recall))['answer'].recall.id;
  const rollout = 'mutation { answer: startRollout(input: { sharePercent: 1 }) { ... on RolloutAccepted { rollout { id } } } }';
  const rolloutId = (await dataOf<Answers>(service.url, rollout))['answer'].rollout.id;
  samples = {
    'Query.rollout.id': rolloutId, 'Mutation.changeRolloutShare.id': rolloutId, 'Mutation.stopRollout.id': rolloutId, 'Mutation.promoteRollout.id': rolloutId, RolloutInput: { sharePercent: 5 }, sharePercent: 5,
    'Query.recall.id': recallId, 'Mutation.liftRecall.id': recallId, RecallSubjectInput: { dish: 'IBS-0001' }, RecallInput: { promptVersion: 'a-walk' },
    point: 'NO_SUCH_POINT', SignInput: { id: 'POINT.NO_SUCH', hash: '' }, 'Mutation.signRows.rows': [{ id: 'POINT.NO_SUCH', hash: '' }], 'Mutation.withdrawSignatures.ids': ['POINT.NO_SUCH'], MarkInput: { row: `${runId}.0.1`, verdict: 'FINE' },
    'Query.schedule.id': schedule.id, 'Query.backfill.id': backfillId, 'Mutation.cancelBackfill.id': backfillId, id: schedule.id, 'Query.run.id': runId,
    runId, scheduleId: schedule.id, other: 1, userId: 1, month: RECORD_DATE.slice(0, 7), reason: 'a walk', expectedVersion: 1, to, from,
    'Mutation.createApiKey.name': 'a walk', 'Mutation.letMonthsGo.keep': 24, 'Mutation.erasePerson.name': 'a walk', 'Query.schedulePreview.input': { ...DAILY_AT_NINE, hour: 99 }, 'Mutation.createApiKey.role': 'VIEWER', prefix: 'abcdefgh',
    kind: 'RUN_PAUSED', until: new Date(Date.now() + 3_600_000).toISOString(),
    'Query.patient.id': 1, 'Query.slots.from': '2026-03-01T00:00:00Z', 'Query.slots.to': '2026-03-08T00:00:00Z', ScheduleInput: DAILY_AT_NINE, input: DAILY_AT_NINE,
  }; // prettier-ignore
  cursors = await someCursors(service.url, runId);
});

afterAll(async () => {
  await resources.end();
});

/** A real cursor of each kind, by the place where it is taken. */
async function someCursors(url: string, runId: string): Promise<ReadonlyMap<string, string>> {
  const page = '{ pageInfo { endCursor } }';
  const text = `{ runs(first: 1) ${page} interventions(first: 1) ${page} schedules(first: 1) ${page} signableRows(first: 1) ${page} backfills(first: 1) ${page} slots(from: "2031-03-01T00:00:00Z", to: "2031-03-08T00:00:00Z") ${page} run(id: "${runId}") { outcomes(first: 1) ${page} chunks(first: 1) ${page} events(first: 1) ${page} } schedules2: schedules(first: 100) { nodes { slots(first: 1) ${page} runs(first: 1) ${page} events(first: 1) ${page} } } }`;
  const found: [string, string][] = [];
  const look = (value: unknown, name: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, each] of Object.entries(value)) {
      if (key === 'endCursor' && typeof each === 'string') found.push([name, each]);
      else look(each, key === 'pageInfo' || key === 'nodes' || /^\d+$/.test(key) ? name : `${name}.${key}`);
    }
  };
  look(await dataOf<object>(url, text), '');
  return new Map(found);
}

/** Cursors of a list that were tampered with, each part in turn made absurd; and one of every other list. */
function brokenCursors(list: string): Tried[] {
  const absurd = ['0000-01-01T00:00:00.000Z', '0001-01-01T00:00:00.000Z', '+275760-09-13T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '0000-01-01', '9999-12-31', '', '\u0000', 0, -1, 2 ** 31, 2 ** 53, 1e308, null, {}]; // prettier-ignore
  return [...cursors].flatMap(([name, cursor]) => {
    const text = Buffer.from(cursor, 'base64url').toString('utf8');
    if (!name.endsWith(`.${list}`)) return [{ what: `that of ${name}`, value: cursor }];
    const broken = text.startsWith('log:')
      ? ['log:0:0', 'log:18446744073709551615:9223372036854775807', 'log:99999999999999999999:1', 'log:-1:1', 'log:1', 'log:1:1e3']
      : (JSON.parse(text) as unknown[]).flatMap((_, at, parts) => absurd.map((part) => JSON.stringify(parts.with(at, part))));
    return [text, ...broken].map((each) => ({ what: each.slice(0, 90), value: Buffer.from(each, 'utf8').toString('base64url') }));
  });
}

type Asked = Answer<Readonly<Record<string, unknown>>>;

async function ask(kind: FieldPlace['kind'], query: string, variables: object): Promise<Asked> {
  if (kind !== 'subscription') return askGraphQL(service.url, query, variables);
  const response = await fetch(`${service.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables }),
  });
  // The first event is enough; the stream is left then.
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString('utf8');
    if (/^(event: complete|data: \{.*\}\n)/m.test(text)) break;
  }
  const [, first] = /^data: (\{.*\})$/m.exec(text) ?? [];
  return first === undefined ? {} : (JSON.parse(first) as Asked);
}

/** The lists whose cursors have another name than their field. */
const LISTS: Readonly<Record<string, string>> = { 'Subscription.runEvents': 'run.events' };

interface Trial {
  readonly place: FieldPlace;
  readonly what: string;
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Every argument of a place with every value, by a variable of each type it may have, each default of an input object by a variable of its own,
 * and each place that takes no null by a variable with a default of its own.
 */
function trialsOf(place: FieldPlace): Trial[] {
  const usual = usualVariables(place, samples);
  const required = place.args.filter(({ name }) => name in usual);
  const own = (args: typeof required) => args.map((arg) => ({ arg, type: String(arg.type) }));
  const plain = { place, what: 'nothing but what it needs', document: place.document(own(required)), variables: usual };
  const odd = place.args.flatMap((arg) => {
    const others = own(required.filter((each) => each !== arg));
    const tried = [
      ...triedValues(arg.type, arg.name, samples),
      ...(arg.name === 'after' ? brokenCursors(LISTS[place.name] ?? place.name.split('.')[1] ?? '') : []),
    ];
    const byVariable = variableTypes(arg).flatMap((type) => {
      const document = place.document([...others, { arg, type }]);
      return tried.map(({ what, value }) => ({
        place,
        what: `${arg.name}: ${type} = ${what}`,
        document,
        variables: { ...usual, [arg.name]: value },
      }));
    });
    return [...byVariable, ...innerNulls(place, arg, usual), ...ownDefaults({ place, arg, usual, others }, samples)];
  });
  return [plain, ...odd];
}

/** `input: { field: $v }` with `$v` null or left out, for each field of an input object that has a default. */
function innerNulls(place: FieldPlace, arg: FieldPlace['args'][number], usual: Readonly<Record<string, unknown>>): Trial[] {
  const type = getNullableType(arg.type);
  if (!isInputObjectType(type)) return [];
  const defaulted = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) && field.defaultValue !== undefined);
  return defaulted.flatMap((field) => {
    const inner = literal(sampleObject(type, samples)).replace(/ ?\}$/, ` ${field.name}: $${arg.name} }`).replace('{  ', '{ ');
    const document = place.document([{ arg, type: String(getNullableType(field.type)), literal: inner }]);
    return [null, undefined].map((value) => ({
      place,
      what: `${arg.name}.${field.name} = $null`,
      document,
      variables: { ...usual, [arg.name]: value },
    }));
  });
}

/** Only a refusal, a pause, or a store that is away, has them, and nothing is refused, paused or away here: that they speak both languages is tried where each is, and in test/docs/refusal-words. */
const OF_TROUBLE: ReadonlySet<string> = new Set([
  'Refused.message',
  'LogMonth.message',
  'StoreStatus.problem',
  'LogStatus.problem',
  'SystemStatus.modelProblem',
  'Run.pausedReason',
  'Progress.pausedReason',
  'Schedule.pausedReason',
]);

/** Those trials whose answer is an internal error, or none at all, and the places of which nothing was ever answered. */
async function failuresOf(trials: readonly Trial[]): Promise<string[]> {
  const failures: string[] = [];
  const unreached = new Set(trials.map(({ place }) => place.name));
  const left = trials.values();
  const work = async (): Promise<void> => {
    for (const { place, what, document, variables } of left) {
      const { data, errors } = await ask(place.kind, document, variables);
      if (reaches(data)) unreached.delete(place.name);
      const codes = (errors ?? []).map(({ extensions, message }) => codeOf(extensions?.['code'], message));
      const isOurs = codes.some((code) => code === 'INTERNAL' || code.startsWith('no code'));
      const isNothing = data === undefined && errors === undefined && place.kind !== 'subscription';
      if (isOurs || isNothing) failures.push(`${place.name}(${what}): ${codes.join(' ')}`);
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return [...failures, ...[...unreached].filter((name) => !OF_TROUBLE.has(name)).map((name) => `${name} never answered`)];
}

/** A code, or what came without one. */
function codeOf(code: unknown, message: string): string {
  return typeof code === 'string' ? code : `no code: ${message}`;
}

/** Whether the field under trial, which each document calls `place`, gave anything. */
function reaches(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return Object.entries(data).some(([name, value]) => (name === 'place' ? value !== null : reaches(value)));
}

describe('Every argument with the null, least, most and odd values of its type', () => {
  it.each(['query', 'subscription', 'mutation'] as const)(
    'is answered, or refused as the client’s error: each %s',
    async (kind) => {
      const places = placesOf(schema, samples).filter((place) => place.kind === kind);
      expect(places.length).toBeGreaterThan(kind === 'subscription' ? 1 : 10);
      const trials = places.flatMap(trialsOf);
      const failures = await failuresOf(trials);
      expect(failures).toEqual([]);
      expect(errorsOf(service)).toEqual([]);
    },
    600_000,
  );
});
