import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, dataOf } from '../support/graphql-client.js';
import { logIsSettled } from '../support/log-settled.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { http } from './identity-doors.js';
import { startRoleService } from './role-service.js';

const ROW = 'id kind nameKo nameEn hash state inFile signedBy signedAt withdrawnBy withdrawnAt reason';
const LIST = `query ($filter: SignableRowFilterInput, $first: Int, $after: String) {
  signableRows(filter: $filter, first: $first, after: $after) { totalCount nodes { ${ROW} lines { what ko en address } } pageInfo { hasNextPage endCursor } } }`;
const CHANGED = `... on SignaturesChanged { changed rows { ${ROW} } } ... on Error { code message ko: message(language: KO) }`;
const SIGN = `mutation ($rows: [SignInput!]!) { signRows(rows: $rows) { ${CHANGED} } }`;
const WITHDRAW = `mutation ($ids: [ID!]!, $reason: String) { withdrawSignatures(ids: $ids, reason: $reason) { ${CHANGED} } }`;

interface Row {
  readonly id: string;
  readonly hash: string;
  readonly state: string;
  readonly lines: readonly { readonly what: string; readonly ko: string; readonly en: string; readonly address: string | null }[];
}
interface Page {
  readonly totalCount: number;
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}
type Changed = Record<string, unknown>;

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(3));
  service = resources.use(await startTestService(database, { role: 'api' }));
});
afterAll(() => resources.end());

const list = async (filter: object, page: object = {}): Promise<Page> =>
  (await dataOf<{ signableRows: Page }>(service.url, LIST, { filter, first: 20, ...page })).signableRows;
const sign = async (rows: readonly Pick<Row, 'id' | 'hash'>[]): Promise<Changed> =>
  (await dataOf<{ signRows: Changed }>(service.url, SIGN, { rows: rows.map(({ id, hash }) => ({ id, hash })) })).signRows;
const withdraw = async (ids: readonly string[], reason?: string): Promise<Changed> =>
  (await dataOf<{ withdrawSignatures: Changed }>(service.url, WITHDRAW, { ids, reason })).withdrawSignatures;

describe('rows to be signed over GraphQL', () => {
  it('are paged without a gap, with their content in both languages and its source', async () => {
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const page: Page = await list({ kinds: ['DISH'] }, { first: 90, after });
      seen.push(...page.nodes.map(({ id }) => id));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    const { totalCount } = await list({ kinds: ['DISH'] }, { first: 1 });
    expect([seen.length, new Set(seen).size]).toEqual([totalCount, totalCount]);
    expect(totalCount).toBeGreaterThanOrEqual(230);
    const [wording] = (await list({ kinds: ['WORDING'], search: 'day.foods' }, { first: 1 })).nodes;
    const line = (what: string) => wording?.lines.find((each) => each.what === what);
    expect(line('CONDITION')?.en).toContain('day.');
    expect(line('FACT')?.ko).toMatch(/[가-힣]/u);
    expect(line('SOURCE')).toBeDefined();
  });

  it('are found by a text in either language, and by how they stand', async () => {
    const korean = (await list({ search: '마늘', kinds: ['INGREDIENT'] })).nodes.map(({ id }) => id);
    expect(korean).toContain('INGREDIENT.garlic');
    expect((await list({ search: 'GARLIC', kinds: ['INGREDIENT'] })).nodes.map(({ id }) => id)).toContain('INGREDIENT.garlic');
    expect((await list({ states: ['CHANGED'] })).totalCount).toBe(0);
    const { errors } = await ask(service.url, LIST, { filter: { search: 'x'.repeat(101) }, first: 1 });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'filter', sentence: 'SEARCH' });
  });
});

describe('signing over GraphQL', () => {
  it('is done once, withdrawn with a reason, and told with who and when', async () => {
    const { nodes } = await list({ kinds: ['POINT'] }, { first: 2 });
    const ids = nodes.map(({ id }) => id);
    expect(await sign(nodes)).toMatchObject({ changed: 2, rows: [{ id: ids[0], state: 'SIGNED', signedAt: expect.any(String), withdrawnBy: null }, { state: 'SIGNED' }] }); // prettier-ignore
    expect(await sign(nodes)).toMatchObject({ changed: 0, rows: [{ state: 'SIGNED' }, { state: 'SIGNED' }] });
    expect(await dataOf(service.url, '{ signingProgress { onlySigned counts { kind signed changed } } }')).toMatchObject({
      signingProgress: { onlySigned: false, counts: [{ kind: 'POINT', signed: 2, changed: 0 }, { kind: 'WORDING', signed: 0 }, { kind: 'DISH', signed: 0 }, { kind: 'INGREDIENT', signed: 0 }] },
    }); // prettier-ignore
    expect(await withdraw(ids.slice(0, 1), '다시 봄')).toMatchObject({ changed: 1, rows: [{ state: 'UNSIGNED', reason: '다시 봄', withdrawnAt: expect.any(String) }] }); // prettier-ignore
    expect(await withdraw(ids.slice(0, 1))).toMatchObject({ changed: 0 });
    expect((await list({ states: ['SIGNED'] })).nodes.map(({ id }) => id)).toEqual(ids.slice(1));
    await logIsSettled(database);
    const events = await dataOf(service.url, '{ events(filter: { kinds: [REVIEW] }) { nodes { type } } }');
    expect(events).toEqual({ events: { nodes: [{ type: 'SignatureWithdrawn' }, { type: 'SignatureGiven' }, { type: 'SignatureGiven' }] } });
  });

  it('of what changed since it was shown is refused, and a row that changed since it was signed says so', async () => {
    const [row] = (await list({ kinds: ['DISH'] }, { first: 1 })).nodes;
    if (row === undefined) throw new Error('there is a dish');
    const refused = await sign([{ ...row, hash: 'f'.repeat(64) }]);
    expect(refused).toMatchObject({ code: 'SIGN_CHANGED', message: expect.stringContaining(row.id), ko: expect.stringContaining('바뀌었습니다') }); // prettier-ignore
    await sign([row]);
    await database.rows("update batch.signature_view set hash = repeat('f', 64) where id = $1", [row.id]);
    expect((await list({ states: ['CHANGED'] })).nodes).toMatchObject([{ id: row.id, state: 'CHANGED' }]);
    expect(await sign([row])).toMatchObject({ changed: 1, rows: [{ state: 'SIGNED' }] });
  });

  it.each([
    ['SIGN_COUNT', () => sign([])],
    ['SIGN_COUNT', () => sign(Array.from({ length: 101 }, () => ({ id: 'POINT.SWAP', hash: '' })))],
    ['SIGN_UNKNOWN', () => sign([{ id: 'POINT.NO_SUCH', hash: '' }])],
    ['SIGN_COUNT', () => withdraw([])],
    ['SIGN_UNKNOWN', () => withdraw(['nothing'])],
    ['REASON_TOO_LONG', () => withdraw(['POINT.SWAP'], 'x'.repeat(501))],
  ])('is refused with %s', async (code, asked) => {
    expect(await asked()).toMatchObject({ code });
  });
});

describe('the roles', () => {
  it.each(['reviewer', 'admin'] as const)('%s signs, and is named', async (role) => {
    const world = resources.use(await startRoleService());
    const token = await world.bearer(role);
    const asked = async (query: string): Promise<string> => (await http(world.service.url, token, query)).text;
    const [row] = (JSON.parse(await asked('{ signableRows(first: 1) { nodes { id hash } } }')) as { data: { signableRows: { nodes: Row[] } } }).data.signableRows.nodes; // prettier-ignore
    const signed = await asked(`mutation { signRows(rows: [{ id: "${row?.id}", hash: "${row?.hash}" }]) { ... on SignaturesChanged { changed rows { signedBy } } } }`); // prettier-ignore
    expect(signed).toMatch(/"changed":1,"rows":\[\{"signedBy":"[^"]+"\}\]/u);
  });

  it.each(['viewer', 'operator'] as const)('%s neither reads them nor signs', async (role) => {
    const world = resources.use(await startRoleService());
    const token = await world.bearer(role);
    for (const query of [
      '{ signableRows { nodes { id } } }',
      '{ signingProgress { onlySigned } }',
      'mutation { signRows(rows: []) { __typename } }',
      'mutation { withdrawSignatures(ids: []) { __typename } }',
    ])
      // prettier-ignore
      expect((await http(world.service.url, token, query)).text).toContain(`needs the role reviewer; you have the role ${role}`);
  });
});
