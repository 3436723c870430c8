import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { endOf } from '../support/control-client.js';
import { ask, dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const PREVIEW = `query ($input: RecallSubjectInput!, $first: Int = 20, $after: String) {
  recallPreview(input: $input) {
    ... on RecallPreview { since counts { replace past closed } groups { program recordDate targetDate mark rows }
      rows(first: $first, after: $after) { nodes { interventionId userId mark targetDate } pageInfo { hasNextPage endCursor } } }
    ... on Error { code message }
  }
}`;
const RECALL = `id kind subject dishName allergen since reason actor status counts { replace past closed } liftedAt liftedBy
  runs { program recordDate rows run { id trigger status recall { id } } }`;
const START = `mutation ($input: RecallInput!) { recall(input: $input) { ... on RecallAccepted { repeated recall { ${RECALL} } } ... on Error { code message } } }`;
const LIFT = `mutation ($id: UUID!) { liftRecall(id: $id) { ... on RecallAccepted { recall { ${RECALL} } } ... on Error { code message } } }`;

interface Preview {
  readonly counts: { readonly replace: number; readonly past: number; readonly closed: number };
  readonly rows: {
    readonly nodes: readonly { readonly interventionId: string; readonly userId: number; readonly mark: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
  readonly code?: string;
}
interface Recall {
  readonly id: string;
  readonly status: string;
  readonly runs: readonly { readonly rows: number; readonly run: { readonly id: string } | null }[];
}
interface Started {
  readonly repeated: boolean;
  readonly recall: Recall;
  readonly code?: string;
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
const dish = { dish: 'IBS-0001' };

beforeAll(async () => {
  database = resources.use(await createPatients(80));
  await database.rows('delete from ibsafe_interventionrecord');
  service = resources.use(await startTestService(database));
  const now = new Date(`${addDays(RECORD_DATE, 1)}T01:00:00Z`);
  Object.assign(service.core.deps, { clock: () => now });
  await runToEnd(service.url, { recordDate: addDays(RECORD_DATE, -1) });
  await runToEnd(service.url);
});
afterAll(() => resources.end());

const preview = async (variables: object): Promise<Preview> =>
  (await dataOf<{ recallPreview: Preview }>(service.url, PREVIEW, variables)).recallPreview;
const recallOf = async (id: string): Promise<Recall> =>
  (await dataOf<{ recall: Recall }>(service.url, `query ($id: UUID!) { recall(id: $id) { ${RECALL} } }`, { id })).recall;
const start = async (input: object): Promise<Started> => (await dataOf<{ recall: Started }>(service.url, START, { input })).recall;

describe('recalls over GraphQL', () => {
  let recall: Recall;

  it('show what they would come to, row by row and page by page', async () => {
    const { counts, rows } = await preview({ input: dish, first: 5 });
    expect(counts.replace).toBeGreaterThan(5);
    expect(counts.past).toBeGreaterThan(5);
    const seen = [...rows.nodes];
    for (let page = rows.pageInfo; page.hasNextPage;) {
      const next = (await preview({ input: dish, first: 40, after: page.endCursor })).rows;
      seen.push(...next.nodes);
      page = next.pageInfo;
    }
    expect(new Set(seen.map(({ interventionId }) => interventionId)).size).toBe(counts.replace + counts.past);
    expect(seen.filter(({ mark }) => mark === 'REPLACE')).toHaveLength(counts.replace);
  });

  it('are made once for a key, and their runs lead to them', async () => {
    const input = { ...dish, allergen: true, reason: '표기 누락', idempotencyKey: 'one-recall' };
    const first = await start(input);
    expect(first).toMatchObject({
      repeated: false,
      recall: {
        kind: 'DISH',
        subject: 'IBS-0001',
        dishName: '쌀밥',
        allergen: true,
        liftedAt: null,
        reason: '표기 누락',
      },
    });
    await until(async () => (recall = await recallOf(first.recall.id)).status === 'LISTED'); // the answer waits for the count of the rows, though not for ever
    expect(recall.runs).toMatchObject([{ recordDate: RECORD_DATE, run: { trigger: 'RECALL', recall: { id: recall.id } } }]);
    expect(await start(input)).toMatchObject({ repeated: true, recall: { id: recall.id } });
    expect((await ask(service.url, START, { input: { ...input, allergen: false } })).data).toMatchObject({
      recall: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect(await start(dish)).toMatchObject({ code: 'RECALL_GOING' });
    expect(await endOf(service.url, recall.runs[0]?.run?.id ?? '')).toBe('COMPLETED');
    expect((await preview({ input: dish })).counts).toMatchObject({ replace: 0 });
  });

  it('are listed, found by id, and lifted once', async () => {
    expect(await dataOf(service.url, `{ recalls(first: 5) { nodes { ${RECALL} } } }`)).toMatchObject({
      recalls: { nodes: [{ id: recall.id }] },
    });
    expect(await dataOf(service.url, `query ($id: UUID!) { recall(id: $id) { actor } }`, { id: recall.id })).toMatchObject({ recall: { actor: expect.any(String) } }); // prettier-ignore
    const lifted = await dataOf(service.url, LIFT, { id: recall.id });
    expect(lifted).toMatchObject({ liftRecall: { recall: { id: recall.id, liftedBy: expect.any(String) } } });
    expect(await dataOf(service.url, LIFT, { id: recall.id })).toMatchObject({ liftRecall: { code: 'RECALL_LIFTED' } });
    expect(await dataOf(service.url, LIFT, { id: '00000000-0000-4000-8000-000000000000' })).toMatchObject({
      liftRecall: { code: 'RECALL_NOT_FOUND' },
    });
  });

  it.each([
    ['nothing', {}],
    ['two things', { dish: 'IBS-0001', point: 'SWAP' }],
    ['a wording of no point', { dish: 'IBS-0001', wording: 1 }],
    ['another language', { point: 'SWAP', wording: 0, language: 'fr' }],
  ])('name one thing: %s is refused before anything is read', async (_, input) => {
    const { errors } = await ask(service.url, PREVIEW, { input });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'input' });
  });

  it.each([{ dish: 'IBS-9999' }, { point: 'NOT_A_POINT' }, { promptVersion: 'ANNA' }, { point: 'SWAP', wording: -1 }])(
    'say of what is not there that it is not, without a word of it: %j',
    async (input) => {
      const { data } = await ask(service.url, PREVIEW, { input });
      expect(data).toMatchObject({ recallPreview: { code: 'RECALL_UNKNOWN' } });
      expect(JSON.stringify(data)).not.toContain(String(Object.values(input)[0]));
    },
  );

  it('record whose rows were looked at', async () => {
    const { rows } = await preview({ input: dish, first: 3 });
    await service.core.reads.close(1_000);
    const read = await database.column<number>(
      `select distinct u.user_id from batch.person_read r join batch.person_read_user u on u.read_id = r.id where r.what = 'RecalledRow'`,
    );
    expect(read).toEqual(expect.arrayContaining(rows.nodes.map(({ userId }) => userId)));
  });
});
