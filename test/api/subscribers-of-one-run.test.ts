import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, type ExecutionResult, GraphQLError, parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { SameForAllResults } from '../../src/server/operations/same-for-all.js';
import { questionOf } from '../../src/server/operations/shown-to-all.js';
import { USUAL_LIMITS } from '../../src/server/operations/desk-limits.js';
import { OperationDesk } from '../../src/server/operations/operation-desk.js';
import { begin, type SeenProgress } from '../support/batch-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { startTestService, type TestService } from '../support/test-service.js';

const SOCKETS = 10;
const EACH = 60;
const FOLLOW = 'subscription Follow($runId: UUID!) { batchProgress(runId: $runId) { status percent reasons { reason users } } }';

let database: PatientsDatabase;
let service: TestService;
beforeAll(async () => {
  database = await createPatients();
  service = await startTestService(database);
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
});

describe('six hundred subscribers of one caller who follow one run', () => {
  it('each hear of its end, and none is refused since so many events come at once', async () => {
    const runId = await begin(service.url, { dryRun: true, chunkSize: 5 });
    const clients = Array.from({ length: SOCKETS }, () =>
      createClient({ url: `${service.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, lazy: false }),
    );
    const heard: { readonly data?: unknown; readonly errors?: readonly unknown[] | undefined }[][] = [];
    const ends = clients.flatMap((client) =>
      Array.from({ length: EACH }, async () => {
        const results: (typeof heard)[number] = [];
        heard.push(results);
        for await (const result of client.iterate<{ batchProgress: SeenProgress }>({ query: FOLLOW, variables: { runId } }))
          results.push(result);
      }),
    );
    await Promise.all(ends);
    for (const client of clients) await client.dispose();
    expect(heard.flat().flatMap(({ errors }) => errors ?? [])).toEqual([]);
    const last = heard.map((results) => JSON.stringify(results.at(-1)?.data));
    expect(new Set(last).size).toBe(1);
    expect(last[0]).toMatch(/"status":"COMPLETED/u);
  });
});

/** How a thousand calls end that ask to be let in at once. */
async function thousand(ask: () => Promise<{ close(): void }>): Promise<string[]> {
  const asked = Array.from({ length: 1_000 }, async () => (await ask()).close());
  return (await Promise.allSettled(asked)).map(({ status }) => status);
}

/** How often a result is made. */
function counted(result: () => Promise<ExecutionResult>): { made: { times: number }; make: () => Promise<ExecutionResult> } {
  const made = { times: 0 };
  return { made, make: () => ((made.times += 1), result()) };
}

describe('the desk', () => {
  it('lets an event of each open subscription in, however many come at once, and of other calls so many as may wait', async () => {
    const desk = new OperationDesk(buildSchema('type Query { a: Int }'), USUAL_LIMITS);
    expect(new Set(await thousand(() => desk.admitEvent('kim')))).toEqual(new Set(['fulfilled']));
    expect(new Set(await thousand(() => desk.admitCall('kim')))).toEqual(new Set(['fulfilled', 'rejected']));
  });
});

describe('what is the same for all', () => {
  const event = {};

  it('is worked out once for an event and a question, and anew for another of either', async () => {
    const results = new SameForAllResults();
    const { made, make } = counted(() => Promise.resolve({ data: {} }));
    const both = await Promise.all([results.of(event, 'a', make), results.of(event, 'a', make)]);
    expect([made.times, both[0] === both[1]]).toEqual([1, true]);
    await results.of(event, 'b', make);
    await results.of({}, 'a', make);
    expect(made.times).toBe(3);
  });

  it.each([
    ['an error', { value: { errors: [{ message: 'late' }] } }, () => Promise.resolve({ errors: [new GraphQLError('late')] })],
    [
      'what was stopped, since its subscriber left',
      { reason: { message: 'The client went away.' } },
      () => Promise.reject(new GraphQLError('The client went away.')),
    ],
  ])('is not %s: the next works it out itself', async (_what, ended, first) => {
    const results = new SameForAllResults();
    const { made, make } = counted(() => Promise.resolve({ data: {} }));
    const [own, other] = await Promise.allSettled([results.of(event, 'a', first), results.of(event, 'a', make)]);
    expect(other).toMatchObject({ status: 'fulfilled', value: { data: {} } });
    expect(own).toMatchObject(ended);
    expect(made.times).toBe(1);
  });

  it('is not what depends on who asks: the next works it out itself', async () => {
    const results = new SameForAllResults();
    const { made, make } = counted(() => Promise.resolve({ data: {} }));
    await results.of(event, 'a', (onCaller) => (onCaller(), make()));
    await results.of(event, 'a', make);
    expect(made.times).toBe(2);
  });

  it('is asked in the same words, with the same variables and rights, of a field that shows no person', () => {
    const schema = buildSchema('type Query { a: Int } type Subscription { progress: Int other: Int }');
    Object.assign(schema.getSubscriptionType()?.getFields()['other']?.extensions ?? {}, { showsPersons: () => [1] });
    const of = (text: string, rights: string | undefined, variableValues: object = {}): string | undefined =>
      questionOf({ schema, document: parse(text), variableValues: { ...variableValues } }, rights);
    const progress = 'subscription { progress }';
    expect(of(progress, 'viewer')).toBe(of(progress, 'viewer'));
    const apart = [
      of(progress, 'viewer'),
      of(progress, 'admin'),
      of('subscription { p: progress }', 'viewer'),
      of(progress, 'viewer', { a: 1 }),
    ];
    expect(new Set(apart).size).toBe(4);
    expect([of('subscription { other }', 'viewer'), of(progress, undefined)]).toEqual([undefined, undefined]);
  });
});
