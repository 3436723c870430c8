import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { logIsSettled } from '../support/log-settled.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { statementsOf } from '../support/sent-statements.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

/** Each of one date, the first days of January 2026. */
const BACKFILLS = 6;

const resources = new Resources();
let database: PatientsDatabase;
let api: TestService;
let runId: string;
let generated: number;

beforeAll(async () => {
  database = resources.use(await createPatients(150));
  await using all = await startTestService(database);
  const run = await runToEnd(all.url, { chunkSize: 1 });
  ({ runId } = run);
  ({ generated } = run.end);
  const [one] = await database.column<number>('select min(id) from auth_user where is_active and not is_staff');
  for (let back = 0; back < 20; back += 1)
    await runToEnd(all.url, { recordDate: addDays(RECORD_DATE, -back), userIds: [one], dryRun: true });
  const backfill = 'mutation ($day: Date!) { backfill(input: { from: $day, to: $day, onExisting: REGENERATE }) { __typename } }';
  for (let day = 1; day <= BACKFILLS; day += 1) await dataOf(all.url, backfill, { day: `2026-01-0${day}` });
  await until(async () => (await database.column('select 1 from batch.backfill_view where ended_at is null')).length === 0);
  await logIsSettled(database);
  api = resources.use(await startTestService(database, { role: 'api' })); // works on nothing: what it asks the database, it asks for us
});

afterAll(async () => {
  await resources.end();
});

/** Statements of a query with `first: few` and `first: many`, once each has been asked before: connections and plans are there. */
async function statements(query: string, variables: object, [few, many]: [number, number]): Promise<[number, number]> {
  const found: number[] = [];
  for (const first of [few, few, many]) {
    const answered = (): Promise<unknown> => dataOf(api.url, query, { first, ...variables });
    found.push((await statementsOf(answered)).length);
  }
  return [found[1] ?? NaN, found[2] ?? NaN];
}

describe('a query for many nodes costs as many statements as one for few', () => {
  it.each<[string, number, string]>([
    [
      'a run with outcomes, their interventions and their runs',
      3,
      `query ($id: UUID!, $first: Int!) { run(id: $id) { status progress { percent }
        outcomes(first: $first, filter: { outcomes: [GENERATED] }) { nodes { userId intervention { id dietTarget } run { id status } } } } }`,
    ],
    [
      'runs with their progress and its reasons',
      1,
      'query ($first: Int!) { runs(first: $first) { nodes { id progress { percent reasons { users } } } } }',
    ],
    [
      'a run with its chunks and who holds them',
      3,
      'query ($id: UUID!, $first: Int!) { run(id: $id) { chunks(first: $first) { nodes { worker fence } } } }',
    ],
    ['runs with whom they were asked for', 2, 'query ($first: Int!) { runs(first: $first) { nodes { id userIds } } }'],
    ['a run with its events', 2, 'query ($id: UUID!, $first: Int!) { run(id: $id) { events(first: $first) { nodes { type } } } }'],
    ['interventions', 1, 'query ($first: Int!) { interventions(first: $first) { nodes { id dietTarget } } }'],
  ])('%s: %i', async (_, count, query) => {
    const [few, many] = await statements(query, query.includes('$id') ? { id: runId } : {}, [5, query.includes('runs(') ? 20 : 50]);
    expect({ few, many }).toEqual({ few: count, many: count });
  });

  it.each<[string, number, string]>([
    [
      'backfills with their dates, and the runs of those',
      3,
      'query ($first: Int!) { backfills(first: $first) { nodes { dates { recordDate status run { status } } } } }',
    ],
    [
      'runs with what they belong to, what repeats them and what they came to',
      4,
      'query ($first: Int!) { runs(first: $first, filter: { triggers: [BACKFILL] }) { nodes { parent { id } retries { id } backfill { id } report { replacing } } } }',
    ],
  ])('%s: %i', async (_, count, query) => {
    const [few, many] = await statements(query, {}, [1, BACKFILLS]);
    expect({ few, many }).toEqual({ few: count, many: count });
  });

  it('a user’s timeline of one day or of ninety', async () => {
    const timeline =
      'query ($from: Date!) { userTimeline(userId: 1, from: $from, to: "2026-03-01") { days { verdict entries { run { id } } } } }';
    const [day, days] = await Promise.all(['2026-03-01', '2025-12-02'].map(async (from) => dataOf<{ userTimeline: { days: unknown[] } }>(api.url, timeline, { from }))); // prettier-ignore
    expect([day?.userTimeline.days.length, days?.userTimeline.days.length]).toEqual([1, 90]);
    for (const from of ['2026-03-01', '2025-12-02']) expect(await statementsOf(() => dataOf(api.url, timeline, { from }))).toHaveLength(6);
  });

  it('and the users that runs were asked for are read only when somebody asks', async () => {
    const timeline = 'userTimeline(userId: 1, from: "2026-02-01", to: "2026-03-01") { days { entries { run { id } } } }';
    const unasked = `{ runs(first: 20) { nodes { id status parent { id } retries { id } } } run(id: "${runId}") { id } ${timeline} }`;
    const naming = async (query: string): Promise<number> =>
      (await statementsOf(() => dataOf(api.url, query))).filter((text) => /user_ids/.test(text)).length;
    expect(await naming(unasked)).toBe(0);
    expect(await naming('{ runs(first: 20) { nodes { id userIds } } }')).toBe(1);
    const { runs } = await dataOf<{ runs: { nodes: { id: string; userIds: number[] | null }[] } }>(
      api.url,
      '{ runs(first: 40) { nodes { id userIds } } }',
    );
    expect(runs.nodes.find(({ id }) => id === runId)?.userIds).toBeNull();
    expect(runs.nodes.filter(({ userIds }) => userIds?.length === 1)).toHaveLength(20);
  });

  it('and there are fifty nodes to ask for, which every one of the lists above gives', async () => {
    expect(generated).toBeGreaterThanOrEqual(50);
    const { run } = await dataOf<{ run: { outcomes: { nodes: { intervention: object | null }[] } } }>(
      api.url,
      `{ run(id: "${runId}") { outcomes(first: 50, filter: { outcomes: [GENERATED] }) { nodes { intervention { id } } } } }`,
    );
    expect(run.outcomes.nodes.filter(({ intervention }) => intervention !== null)).toHaveLength(50);
  });
});
