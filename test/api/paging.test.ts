import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { logIsSettled } from '../support/log-settled.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

interface Page {
  readonly nodes: readonly Record<string, unknown>[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const PAGE = 'pageInfo { hasNextPage endCursor } edges { cursor }';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let runId: string;

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  service = resources.use(await startTestService(database));
  ({ runId } = await runToEnd(service.url, { chunkSize: 4 }));
  const userIds = await database.column<number>('select id from auth_user where is_active and not is_staff order by id limit 1');
  for (const back of [3, 1, 2, 1, 3]) await runToEnd(service.url, { recordDate: addDays(RECORD_DATE, -back), userIds, dryRun: true });
  await logIsSettled(database);
});

afterAll(async () => {
  await resources.end();
});

/** Every node of a list, asked for `first` at a time; each page but the last is full, and its edges are its nodes'. */
async function pages(list: (args: string) => string, first: number): Promise<unknown[]> {
  const nodes: unknown[] = [];
  for (let after = ''; ;) {
    const data = await dataOf<Record<string, Page | Record<string, Page>>>(service.url, list(`first: ${first}${after}`));
    const [outer = {}] = Object.values(data);
    const page = ('nodes' in outer ? outer : Object.values(outer)[0]) as Page;
    nodes.push(...page.nodes.map((node) => Object.values(node)[0]));
    expect(page.edges).toHaveLength(page.nodes.length);
    expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor ?? null);
    if (!page.pageInfo.hasNextPage) return nodes;
    expect(page.nodes).toHaveLength(first);
    after = `, after: "${page.pageInfo.endCursor ?? ''}"`;
  }
}

describe('a list read page by page', () => {
  it.each<[string, (args: string) => string, string]>([
    [
      'runs, newest first',
      (args) => `{ runs(${args}) { nodes { id } ${PAGE} } }`,
      'select run_id from batch.run_view order by requested_at desc, run_id desc',
    ],
    [
      'runs by record date, where several share one',
      (args) => `{ runs(orderBy: RECORD_DATE, ${args}) { nodes { id } ${PAGE} } }`,
      'select run_id from batch.run_view order by record_date desc, run_id desc',
    ],
    [
      'runs that a filter leaves',
      (args) => `{ runs(filter: { dryRun: true, recordDateTo: "2026-02-27" }, ${args}) { nodes { id } ${PAGE} } }`,
      `select run_id from batch.run_view where dry_run and record_date <= '2026-02-27' order by requested_at desc`,
    ],
    [
      'outcomes, by user',
      (args) => `{ run(id: "RUN") { outcomes(${args}) { nodes { userId } ${PAGE} } } }`,
      `select user_id from batch.event where run_id = 'RUN' and user_id is not null order by subject`,
    ],
    [
      'outcomes with a reason',
      (args) =>
        `{ run(id: "RUN") { outcomes(filter: { outcomes: [SKIPPED], reasons: ["MISSING_FOOD_RECORD", "NO_PROFILE"] }, ${args}) { nodes { userId } ${PAGE} } } }`,
      `select user_id from batch.event where run_id = 'RUN' and data->'reasons' ?| '{MISSING_FOOD_RECORD,NO_PROFILE}' and type = 'UserSkipped' order by subject`,
    ],
    [
      'chunks',
      (args) => `{ run(id: "RUN") { chunks(${args}) { nodes { chunk } ${PAGE} } } }`,
      `select chunk from batch.chunk_work where run_id = 'RUN' order by chunk`,
    ],
    [
      'events',
      (args) => `{ run(id: "RUN") { events(${args}) { nodes { type } ${PAGE} } } }`,
      `select type from batch.event where run_id = 'RUN' and user_id is null order by xid, position`,
    ],
    [
      'events with outcomes',
      (args) => `{ run(id: "RUN") { events(withOutcomes: true, ${args}) { nodes { type } ${PAGE} } } }`,
      `select type from batch.event where run_id = 'RUN' order by xid, position`,
    ],
    [
      'interventions, newest first',
      (args) => `{ interventions(${args}) { nodes { id } ${PAGE} } }`,
      'select id::text from ibsafe_interventionrecord order by ibsafe_interventionrecord.id desc',
    ],
  ])('%s: each node once, in order, whatever the page’s size', async (_, list, sql) => {
    const all = await database.column(sql.replace('RUN', runId));
    expect(all.length).toBeGreaterThan(2);
    for (const first of [4, 100]) expect(await pages((args) => list(args).replace('RUN', runId), first)).toEqual(all);
  });
});

describe('a page of events among which a later release left types of its own', () => {
  it('is full, and does not end the list', async () => {
    const { runId: other } = await runToEnd(service.url, { dryRun: true });
    await logIsSettled(database);
    const own = await database.column<string>('select type from batch.event where run_id = $1 and user_id is null order by xid, position', [
      other,
    ]);
    const run = own.filter((type) => !type.startsWith('Chunk')).length;
    await database.rows(
      `select batch.append('run-' || $1::text, $2, run_month, $1::uuid, 'later release', $1::uuid, null, $3, array_fill(null::int, '{5}'), array_fill('{}'::jsonb, '{5}'))
       from batch.run_view where run_id = $1::uuid`,
      [other, run, ['RunTeleported', 'RunTeleported', 'RunTeleported', 'RunResumed', 'RunTeleported']],
    );
    const types = (size: number): Promise<unknown[]> =>
      pages((args) => `{ run(id: "${other}") { events(${args}) { nodes { type } ${PAGE} } } }`, size);
    await until(async () => (await types(100)).includes('RunResumed'));
    for (const first of [1, 2, 3, 100]) expect(await types(first)).toEqual([...own, 'RunResumed']);
  });
});
