import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runToEnd } from '../support/batch-client.js';
import { ask, dataOf } from '../support/graphql-client.js';
import { logIsSettled } from '../support/log-settled.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { statementsOf } from '../support/sent-statements.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { CREATE, DAILY_AT_NINE, PAUSE, type Answers } from './schedule-fixture.js';

const EVENTS = `query ($filter: EventFilterInput, $first: Int! = 100, $after: String) { events(filter: $filter, first: $first, after: $after) {
  nodes { type stream actor userId recordedAt cursor } pageInfo { hasNextPage endCursor } } }`;

interface Seen {
  readonly type: string;
  readonly stream: string;
  readonly actor: string;
  readonly userId: number | null;
  readonly recordedAt: string;
  readonly cursor: string;
}
interface Page {
  readonly nodes: readonly Seen[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let runId: string;
let schedule: string;

beforeAll(async () => {
  database = resources.use(await createPatients(40));
  service = resources.use(await startTestService(database));
  ({ runId } = await runToEnd(service.url, { chunkSize: 5, reason: 'a first look' }));
  schedule = (await dataOf<Answers>(service.url, CREATE, { input: DAILY_AT_NINE }))['answer'].schedule.id;
  await dataOf(service.url, PAUSE, { id: schedule, reason: 'a holiday' });
  await runToEnd(service.url, { dryRun: true });
  await logIsSettled(database);
});

afterAll(async () => {
  await resources.end();
});

async function events(filter: object | null = null, page: object = {}): Promise<Page> {
  return (await dataOf<{ events: Page }>(service.url, EVENTS, { filter, ...page })).events;
}
const typesOf = async (filter: object): Promise<string[]> => (await events(filter)).nodes.map(({ type }) => type);

describe('events across the log', () => {
  it('are newest first, of runs, schedules and backfills, and hold nothing of users or chunks', async () => {
    const { nodes } = await events();
    expect(nodes.map(({ recordedAt }) => recordedAt)).toEqual(
      nodes
        .map(({ recordedAt }) => recordedAt)
        .toSorted()
        .toReversed(),
    );
    expect(nodes.slice(0, 4).map(({ type }) => type)).toEqual(['RunCompleted', 'RunStarted', 'RunPlanned', 'RunRequested']);
    expect(new Set(nodes.map(({ stream }) => stream.split('-')[0]))).toEqual(new Set(['run', 'schedule']));
    expect(nodes.filter(({ userId, stream }) => userId !== null || stream.includes('/'))).toEqual([]);
    const all = await database.column<string>(
      "select type from batch.event where user_id is null and stream not like '%/%' order by xid desc, position desc",
    );
    expect(nodes.map(({ type }) => type)).toEqual(all);
  });

  it('are narrowed by what they are about, by type, by who did it and when', async () => {
    expect((await events({ kinds: ['SCHEDULE'] })).nodes.every(({ stream }) => stream.startsWith('schedule-'))).toBe(true);
    expect(await typesOf({ types: ['SchedulePaused'] })).toEqual(['SchedulePaused']);
    expect(await typesOf({ kinds: ['RUN'], types: ['SchedulePaused'] })).toEqual([]);
    const [paused] = (await events({ types: ['SchedulePaused'] })).nodes as [Seen];
    const mine = await typesOf({ actors: [paused.actor] });
    expect(mine).toContain('RunRequested');
    expect(mine).not.toContain('RunPlanned'); // which a worker did
    expect((await typesOf({ from: paused.recordedAt })).at(-1)).toBe('SchedulePaused');
    expect((await typesOf({ to: paused.recordedAt }))[0]).toBe('SchedulePaused');
    expect(await typesOf({ to: '0000-01-01T00:00:00Z' })).toEqual([]);
    for (const nobody of ['nobody', 'a\u0000b', '\ud800']) expect(await typesOf({ actors: [nobody] })).toEqual([]);
  });

  it('of a run hold its chunks, and what happened to its users only when that is asked for', async () => {
    const without = await events({ runId });
    expect(without.nodes.map(({ type }) => type)).toEqual(expect.arrayContaining(['ChunkCompleted', 'RunRequested']));
    expect(without.nodes.every(({ userId }) => userId === null)).toBe(true);
    const withThem = await typesOf({ runId, withOutcomes: true, types: ['InterventionGenerated'] });
    expect(withThem.length).toBeGreaterThan(3);
    expect(await typesOf({ runId, kinds: ['RUN'] })).toEqual(['RunCompleted', 'RunStarted', 'RunPlanned', 'RunRequested']);
    expect(await typesOf({ runId, kinds: ['SCHEDULE'] })).toEqual([]);
    expect(await typesOf({ runId: '018f0000-0000-7000-8000-000000000001' })).toEqual([]);
  });

  it.each([
    ['outcomes of nobody’s run', { withOutcomes: true }],
    ['chunks of no run', { kinds: ['CHUNK'] }],
    ['a type that is none', { types: ['RunExploded'] }],
  ])('refuse %s', async (_, filter) => {
    const { errors } = await ask(service.url, EVENTS, { filter });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'filter' } }]);
  });

  it.each([
    ['the whole log', {}],
    ['a run with its outcomes', { withOutcomes: true }],
  ])('of %s come in pages that hold each once, also while others are added', async (_, more) => {
    const filter = { ...more, ...('withOutcomes' in more && { runId }) };
    const all = (await events(filter)).nodes.map(({ cursor }) => cursor);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Page = await events(filter, { first: 3, ...(after !== null && { after }) });
      seen.push(...page.nodes.map(({ cursor }) => cursor));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      if (seen.length === 3)
        await dataOf(service.url, 'mutation ($id: UUID!) { resumeSchedule(id: $id) { __typename } }', { id: schedule });
      if (seen.length === 6) await dataOf(service.url, PAUSE, { id: schedule, reason: 'again' });
    } while (after !== null && seen.length < 100);
    expect(seen.slice(0, all.length)).toEqual(all);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('cost two statements at most, and pass by no outcome', async () => {
    const sent = await statementsOf(() => events());
    expect(sent).toHaveLength(1);
    expect(await statementsOf(() => events({ runId }))).toHaveLength(2);
  });
});
