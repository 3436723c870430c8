import { buildSchema, GraphQLError, type GraphQLSchema, isObjectType } from 'graphql';
import { createHttpServer } from '../../src/server/http/create-http-server.js';
import { AccessRefused } from '../../src/identity/access-refused.js';
import { ACCESS } from '../../src/identity/access-words.js';
import type { HttpServerOptions, RunningHttpServer } from '../../src/server/http/options.js';
import { EventSource } from './http-event-source.js';

/** The context of the tests' schema. */
export interface TestContext {
  readonly requestId: string;
  readonly transport: string;
  /** Which copy of the subscription's context this is; 0 is the subscription's own. */
  readonly copy: number;
}

/** One line that the server logged. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Record<string, unknown>;
}

const TYPES = `
  type Query {
    hello(name: String = "world"): String!
    nested: Nested
    bug(secret: String): String
    refusal: String
    transport: String!
    runs(first: Int): RunConnection!
    flood(of: Int!): [String]!
  }
  type Nested { nested(first: Int): Nested  value: String }
  type RunConnection { edges: [RunEdge!]! }
  type RunEdge { node: Run! }
  type Run { id: ID! }
  type Mutation { shout(text: String!): String! }
  type Subscription {
    "Counts to a number, then ends."
    count(to: Int!): Int!
    "Whatever the test pushes."
    feed: String!
    contextCopy: Int!
    bug: String!
    refusedAtOnce: String!
    notAStream: String!
    throwsAValue: String!
  }
`;

/** The id the tests' schema gives its only run. */
export const RUN_ID = '0b4f8a52-6d0c-4c62-9b8e-3f1f2a7c9d10';

/** A small schema that can do all a transport must carry, and the source behind its `feed`. */
export function testSchema(feed: EventSource): GraphQLSchema {
  const schema = buildSchema(TYPES);
  const query = schema.getQueryType()?.getFields() ?? {};
  const subscription = schema.getSubscriptionType()?.getFields() ?? {};
  const answers: Record<string, (args: Record<string, string>, context: TestContext) => unknown> = {
    hello: ({ name }) => `hello ${name}`,
    nested: () => ({ value: 'deep' }),
    bug: ({ secret }) => {
      throw Object.assign(new Error(`row of ${secret}`), { code: '22P02' });
    },
    refusal: () => {
      throw new GraphQLError('that day is over', { extensions: { code: 'TOO_LATE' } });
    },
    transport: (_args, context) => context.transport,
    flood: ({ of }) => Array.from({ length: Number(of) }, (_, at) => new Error(`row ${at} of Kim`)),
    runs: () => ({ edges: [{ node: { id: RUN_ID } }] }),
  };
  for (const [name, answer] of Object.entries(answers)) {
    const field = query[name];
    if (field !== undefined) field.resolve = (_source, args, context: TestContext) => answer(args, context);
  }
  const edges = schema.getType('RunConnection');
  Object.assign(query['flood'] ?? {}, { extensions: { most: 5_000 } });
  if (isObjectType(edges)) Object.assign(edges.getFields()['edges'] ?? {}, { extensions: { most: 'ASKED' } });
  const shout = schema.getMutationType()?.getFields()['shout'];
  if (shout !== undefined) shout.resolve = (_source, args: { text: string }) => args.text.toUpperCase();
  const sources: Record<string, (args: { to: number }) => unknown> = {
    count: async function* ({ to }) {
      for (let count = 1; count <= to; count += 1) yield count;
    },
    feed: () => feed,
    contextCopy: () => feed,
    bug: async function* () {
      yield await Promise.reject(new Error('a row'));
    },
    notAStream: () => 'not a stream',
    throwsAValue: () => {
      // oxlint-disable-next-line no-throw-literal -- libraries do
      throw 'a value of Kim';
    },
    refusedAtOnce: () => {
      throw new GraphQLError('not yours', { extensions: { code: 'FORBIDDEN' } });
    },
  };
  for (const [name, source] of Object.entries(sources)) {
    const field = subscription[name];
    if (field === undefined) continue;
    field.subscribe = (_source, args: { to: number }) => source(args);
    field.resolve = (event: unknown, _args, context: TestContext) => (name === 'contextCopy' ? context.copy : event);
  }
  return schema;
}

/** A running server over the small schema, with what it logged. Close it with `await using`. */
export interface TestServer extends RunningHttpServer, AsyncDisposable {
  readonly feed: EventSource;
  readonly logged: LogLine[];
  /** POSTs a JSON body to `/graphql`. */
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** Starts a server on a free port. A caller with the header `authorization: no` is not known, with `broken` the context fails. */
export async function startTestServer(options: Partial<HttpServerOptions<TestContext>> = {}): Promise<TestServer> {
  const feed = new EventSource();
  const logged: LogLine[] = [];
  const log = (level: string) => (fields: object, message: string) => void logged.push({ level, message, fields: { ...fields } });
  const server = await createHttpServer<TestContext>({
    schema: testSchema(feed),
    port: 0,
    host: '127.0.0.1',
    production: false,
    contextFor({ headers, transport, requestId, connectionParams }) {
      const authorization = headers.authorization ?? connectionParams?.['authorization'];
      if (authorization === 'no')
        return Promise.reject(new AccessRefused('UNAUTHENTICATED', { text: 'Sign in first.', said: ACCESS.tell('NOTHING_SHOWN').said }));
      if (authorization === 'broken') return Promise.reject(new Error('the token store is down'));
      return Promise.resolve({ requestId, transport, copy: 0 });
    },
    readiness: () => Promise.resolve({ ready: true, checks: { database: { ok: true } } }),
    logger: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    ...options,
  });
  return {
    ...server,
    feed,
    logged,
    post: (body, headers = {}) =>
      fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    [Symbol.asyncDispose]: () => server.close(0),
  };
}
