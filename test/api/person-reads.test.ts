import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { runToEnd } from '../support/batch-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { type KeptRead, readsOf } from '../support/person-reads.js';
import { Resources } from '../support/resources.js';
import { askWith, SIGNED_CALLERS, tokenOf } from '../support/signed-callers.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let runId: string;
let roster: readonly number[];

beforeAll(async () => {
  database = resources.use(await createPatients(40));
  const quiet = resources.use(await startTestService(database));
  runId = (await runToEnd(quiet.url)).runId;
  service = resources.use(await startTestService(database, { role: 'api', environment: SIGNED_CALLERS }));
  roster = await database.column('select user_id from batch.outcome_view where run_id = $1 order by user_id', [runId]);
});

afterAll(async () => {
  await resources.end();
});

let callers = 0;
/** What is recorded of a caller who sent one operation. */
async function readsBy(query: string, variables: object = {}): Promise<KeptRead[]> {
  const name = `caller-${(callers += 1)}`;
  const { errors } = await askWith(service, { token: await tokenOf(name), query, variables });
  expect(errors).toBeUndefined();
  return readsOf(database, service, `token:${name}`);
}

/** The users whose outcomes come first, ascending. */
const FIRST = 'select user_id from (select * from batch.outcome_view where run_id = $1 order by subject limit $2) first order by user_id';
const firstUsers = (most: number): Promise<readonly number[]> => database.column<number>(FIRST, [runId, most]);

describe('what a caller is shown of persons over GraphQL', () => {
  it('is recorded once for a page, with everybody on it and the fields that were asked for', async () => {
    const reads = await readsBy(
      `{ run(id: "${runId}") { outcomes(first: 30) { nodes { userId outcome } edges { node { skipReasons } cursor } } } }`,
    );
    expect(reads).toEqual([expect.objectContaining({ via: 'GRAPHQL', what: 'Outcome', fields: ['outcome', 'skipReasons', 'userId'], users: 30, user_ids: await firstUsers(30) })]); // prettier-ignore
  });

  it('is recorded where only cursors were asked for', async () => {
    const [read] = await readsBy(`{ run(id: "${runId}") { outcomes(first: 5) { pageInfo { endCursor } } } }`);
    expect(read).toMatchObject({ what: 'Outcome', fields: [], user_ids: await firstUsers(5) });
  });

  it('is recorded with the parts of a person, by their way', async () => {
    const [user = 0] = await database.column<number>('select user_id from ibsafe_interventionrecord order by user_id');
    const reads = await readsBy(
      `query ($id: Int!) { userTimeline(userId: $id, from: "${RECORD_DATE}", to: "${RECORD_DATE}") { days { verdict entries { run { id } outcome { outcome } } interventions { dietTarget why { point } } } } patient(id: $id) { active programs { lastRecordDate } } }`,
      { id: user },
    );
    const timeline = reads.find(({ what }) => what === 'UserTimeline');
    expect(timeline?.fields).toEqual(['days.entries.outcome', 'days.entries.run', 'days.interventions', 'days.verdict']);
    expect(reads.find(({ what }) => what === 'Intervention')?.fields).toEqual(['dietTarget', 'why.point']);
    expect(reads.find(({ what }) => what === 'Patient')?.fields).toEqual(['active', 'programs.lastRecordDate']);
    expect(reads.every(({ user_ids }) => user_ids.length === 1 && user_ids[0] === user)).toBe(true);
  });

  it('is recorded through fragments, aliases and directives', async () => {
    const [read] = await readsBy(
      `query { one: interventions(first: 1) { ...page } } fragment page on InterventionConnection { nodes { ...own ... on Intervention @skip(if: true) { sleepTarget } } } fragment own on Intervention { text: dietEvaluation }`,
    );
    expect(read).toMatchObject({ what: 'Intervention', fields: ['dietEvaluation', 'sleepTarget'], users: 1 });
  });

  it('names the one of whom there is nothing, and both of a comparison', async () => {
    const [asked] = await readsBy('{ interventions(filter: { userIds: [424242] }) { nodes { id } } }');
    expect(asked).toMatchObject({ what: 'Query.interventions', user_ids: [424_242] });
    const advised = await database.rows<{ id: string; user_id: number }>(
      'select id, user_id from ibsafe_interventionrecord order by user_id limit 2',
    );
    const [one, other] = advised;
    const reads = await readsBy(`query ($user: Int!, $other: ID!) { interventions(filter: { userIds: [$user] }, first: 1) { nodes { diff(other: $other) { fields } } } }`, { user: one?.user_id, other: other?.id }); // prettier-ignore
    expect(reads.map(({ what, user_ids }) => [what, user_ids])).toEqual([['Intervention', [one?.user_id]], ['Intervention.diff', [other?.user_id]]]); // prettier-ignore
  });

  it('is recorded of subscriptions, over a WebSocket and as Server-Sent Events, event by event', async () => {
    const everybody = { what: 'LogEvent', fields: ['type', 'userId'], via: 'GRAPHQL' };
    const query = `subscription { runEvents(runId: "${runId}", withOutcomes: true) { type userId } }`;
    const overSocket = createClient({ url: `${service.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { authorization: `Bearer ${await tokenOf('socket')}` } }); // prettier-ignore
    for await (const { errors } of overSocket.iterate({ query })) expect(errors).toBeUndefined();
    await overSocket.dispose();
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${await tokenOf('stream')}` };
    await (await fetch(`${service.url}/graphql/stream`, { method: 'POST', headers, body: JSON.stringify({ query }) })).text();
    for (const caller of ['token:socket', 'token:stream']) {
      const reads = await readsOf(database, service, caller);
      expect(reads).toEqual(reads.map(() => expect.objectContaining(everybody)));
      expect([...new Set(reads.flatMap(({ user_ids }) => user_ids))].toSorted((a, b) => a - b)).toEqual(roster);
    }
  });

  it('is recorded of what a mutation answers with', async () => {
    const operator = await tokenOf('orders', 'operator');
    const query = `mutation { runBatch(input: { recordDate: "2026-02-20", userIds: [${roster.slice(0, 2).join(', ')}] }) { ... on RunBatchAccepted { run { userIds } } } }`;
    expect((await askWith(service, { token: operator, query })).errors).toBeUndefined();
    expect(await readsOf(database, service, 'token:orders')).toMatchObject([{ what: 'Run.userIds', user_ids: roster.slice(0, 2) }]);
  });

  it('is nothing for runs, nights and schedules', async () => {
    expect(await readsBy(`{ run(id: "${runId}") { id progress { percent } chunks { nodes { chunk roster } } events { nodes { type } } } schedules { nodes { name } } me { actor } }`)).toEqual([]); // prettier-ignore
  });
});

describe('an export of a run', () => {
  it('is one row for everybody of the run, and is found by each of them', async () => {
    const headers = { authorization: `Bearer ${await tokenOf('exporter')}` };
    const response = await fetch(`${service.url}/export/outcomes.csv?run=${runId}`, { headers });
    expect((await response.text()).trimEnd().split('\r\n')).toHaveLength(roster.length + 1);
    const kept = { caller: 'token:exporter', via: 'EXPORT', what: 'outcomes.csv', users: roster.length, run_id: runId, user_ids: [] };
    expect(await readsOf(database, service, 'token:exporter')).toEqual([expect.objectContaining(kept)]);
    const asked = await personReads(await tokenOf('auditor', 'admin'), { userId: roster.at(-1), caller: 'token:exporter' });
    expect(asked.data?.personReads.nodes).toMatchObject([{ via: 'EXPORT', runId, certain: true, users: roster.length, userIds: [] }]);
    const stranger = await personReads(await tokenOf('auditor', 'admin'), { userId: 424_243, caller: 'token:exporter' });
    expect(stranger.data?.personReads.nodes).toEqual([]);
  });
});

interface Listed {
  readonly personReads: {
    readonly nodes: readonly {
      readonly caller: string;
      readonly via: string;
      readonly what: string;
      readonly users: number;
      readonly userIds: readonly number[];
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}
const LIST = `query ($filter: PersonReadFilterInput, $first: Int! = 20, $after: String) { personReads(filter: $filter, first: $first, after: $after) {
  nodes { at caller via what fields users userIds runId certain } pageInfo { hasNextPage endCursor } } }`;

function personReads(token: string, filter: object, page: object = {}): ReturnType<typeof askWith<Listed>> {
  return askWith<Listed>(service, { token, query: LIST, variables: { filter, ...page } });
}

describe('personReads', () => {
  it('is for admins, and so are the gaps', async () => {
    for (const role of ['viewer', 'operator']) {
      const token = await tokenOf('curious', role);
      for (const query of ['{ personReads { nodes { id } } }', '{ readGaps { reads } }'])
        expect((await askWith(service, { token, query })).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', needed: 'admin' });
    }
  });

  it('is recorded itself, of the person who was asked about and of those it lists', async () => {
    await personReads(await tokenOf('auditor-2', 'admin'), { userId: 424_244 });
    expect(await readsOf(database, service, 'token:auditor-2')).toMatchObject([{ what: 'Query.personReads', user_ids: [424_244] }]);
    await readsBy(`{ run(id: "${runId}") { outcomes(first: 2) { nodes { userId } } } }`);
    await personReads(await tokenOf('auditor-3', 'admin'), { caller: `token:caller-${callers}` });
    expect(await readsOf(database, service, 'token:auditor-3')).toMatchObject([
      { what: 'PersonRead.userIds', user_ids: await firstUsers(2) },
    ]);
  });

  it('goes on page by page, within a time', async () => {
    const [user = 0] = roster;
    const token = await tokenOf('auditor-4', 'admin');
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const all =
      (await personReads(token, { userId: user, from, to: new Date().toISOString() }, { first: 100 })).data?.personReads.nodes ?? [];
    expect(all.length).toBeGreaterThan(3);
    const paged: Listed['personReads']['nodes'][number][] = [];
    for (let after: string | null = null, more = true; more && paged.length < all.length;) {
      const { data }: { data?: Listed | null } = await personReads(token, { userId: user, from }, { first: 2, after });
      paged.push(...(data?.personReads.nodes ?? []));
      ({ endCursor: after = null, hasNextPage: more = false } = data?.personReads.pageInfo ?? {});
    }
    expect(paged.filter(({ caller }) => caller !== 'token:auditor-4').slice(0, 3)).toEqual(all.filter(({ caller }) => caller !== 'token:auditor-4').slice(0, 3)); // prettier-ignore
    expect((await personReads(token, { userId: user, to: '2020-01-01T00:00:00Z' })).data?.personReads.nodes).toEqual([]);
    expect((await personReads(token, { caller: 'nul \u0000' })).data?.personReads.nodes).toEqual([]);
  });
});

describe('IBSafe’s REST calls', () => {
  it('show no person', async () => {
    const headers = { authorization: `Bearer ${await tokenOf('rest', 'operator')}`, accept: 'application/json' };
    const paths = ['schedule/', `status/?task_id=${runId}`];
    for (const path of paths) expect((await fetch(`${service.url}/api/batch/${path}`, { headers })).status).toBe(200);
    expect(await readsOf(database, service, 'token:rest')).toEqual([]);
  });
});

describe('a database that takes no records', () => {
  it('keeps no caller from an answer; readiness and metrics tell of it, no log line names a person, and nothing is lost', async () => {
    const [user = 0] = roster;
    await database.rows('alter table batch.person_read rename to person_read_away');
    try {
      const query = 'query ($id: Int!) { patient(id: $id) { active } }';
      const answer = await askWith<{ patient: { active: boolean } }>(service, {
        token: await tokenOf('patient-one'),
        query,
        variables: { id: user },
      });
      expect(answer.data?.patient.active).toBe(true);
      await until(() => Promise.resolve(service.core.reads.state.failing));
      const ready = (await (await fetch(`${service.url}/readyz`)).json()) as { checks: { reads: { waiting: number; problem?: string } } };
      expect(ready.checks.reads).toMatchObject({
        ok: true,
        waiting: 1,
        lost: 0,
        problem: expect.stringMatching(/cannot be recorded now/) as unknown,
      });
      expect(await (await fetch(`${service.url}/metrics`)).text()).toMatch(/ibsafe_batch_person_reads_waiting 1\n/);
    } finally {
      await database.rows('alter table batch.person_read_away rename to person_read');
    }
    expect(await readsOf(database, service, 'token:patient-one')).toMatchObject([{ what: 'Patient', user_ids: [user] }]);
    expect(service.logged.filter((line) => /patient-one|userId/.test(line))).toEqual([]);
    expect(service.logged.some((line) => /is recorded again/.test(line))).toBe(true);
  });
});
