import { randomUUID } from 'node:crypto';
import {
  ApolloServer,
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type GraphQLRequestContext,
  type GraphQLRequestListener,
} from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLSchema, OperationTypeNode, type ValidationRule } from 'graphql';
import { MAX_TOKENS } from '../operations/operation-rules.js';
import { type OperationCall, type OperationRunner, thrownError } from '../operations/operation-runner.js';
import type { Logger } from './options.js';
import { GRAPHQL_PATH, STREAM_PATH } from './paths.js';
import { type ErrorDesk, MAX_ERRORS } from './unexpected-errors.js';

/** What Apollo is made from. */
export interface ApolloOptions<Ctx> {
  readonly schema: GraphQLSchema;
  /** Executes what Apollo has parsed and validated. */
  readonly run: OperationRunner<Ctx>;
  readonly rules: readonly ValidationRule[];
  readonly errors: ErrorDesk;
  readonly logger: Logger;
  readonly production: boolean;
}

/** The request's id travels to Apollo's hooks in this header; the client's own, unchecked, does not get there. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** What Apollo calls its context: who asks, and all of the call that is known before the document is parsed. */
export type HttpCall<Ctx> = Omit<OperationCall<Ctx>, 'document' | 'operationName' | 'variables'>;

/** Apollo with nothing on that we do not use: no landing page (it loads from other hosts), no stored queries, no cache hints. */
export function createApollo<Ctx>(options: ApolloOptions<Ctx>): ApolloServer<HttpCall<Ctx>> {
  const requestIds = new WeakMap<object, string>();
  return new ApolloServer<HttpCall<Ctx>>({
    gateway: executeBy(options),
    validationRules: [...options.rules],
    validationOptions: { maxErrors: MAX_ERRORS },
    // The rule against introspection is among `rules` when it must be, as it must for the other transports.
    introspection: true,
    nodeEnv: options.production ? 'production' : 'development',
    parseOptions: { maxTokens: MAX_TOKENS },
    csrfPrevention: false, // pages of other origins are kept out for all transports alike, see page-origin.ts
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: apolloLogger(options.logger),
    formatError: (_formatted, error) => options.errors.present(thrownError(error), requestIdOf(requestIds, error)),
    plugins: [ApolloServerPluginLandingPageDisabled(), ApolloServerPluginCacheControlDisabled(), houseRules(requestIds)],
  });
}

/** What Apollo calls a gateway is a schema with an executor: ours is the one of all transports. */
function executeBy<Ctx>({ schema, run }: ApolloOptions<Ctx>): GatewayInterface {
  let tellSchema: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0] | undefined;
  return {
    onSchemaLoadOrUpdate(callback) {
      tellSchema = callback;
      return () => undefined;
    },
    load() {
      tellSchema?.({ apiSchema: schema, coreSupergraphSdl: '' });
      return Promise.resolve({
        async executor({ document, request, context }) {
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Apollo hands on the context that `executeHTTPGraphQLRequest` was given
          const call = context as HttpCall<Ctx>;
          // The name as the client sent it: Apollo tells null of one that no operation has, and the only operation of the document would be carried out in its place.
          const result = await run({ ...call, document, operationName: request.operationName, variables: request.variables });
          if (Symbol.asyncIterator in result) throw new Error('a subscription reached the executor of single operations');
          return result;
        },
      });
    },
    stop: () => Promise.resolve(),
  };
}

type GatewayInterface = ApolloServerOptionsWithGateway<object>['gateway'];

/** One listener for every request: what it needs, it is given. */
function houseRules(requestIds: WeakMap<object, string>): ApolloServerPlugin<object> {
  const listener: GraphQLRequestListener<object> = {
    didResolveOperation({ operation }) {
      // Apollo would execute it as if it were a query and answer with a stack trace.
      return operation?.operation === OperationTypeNode.SUBSCRIPTION ? Promise.reject(subscriptionRefused()) : Promise.resolve();
    },
    didEncounterErrors({ errors, operation, request }) {
      if (operation?.operation === OperationTypeNode.SUBSCRIPTION && request.http?.method === 'GET') {
        // For a GET, Apollo's own refusal comes first and says "use POST", which would be refused in turn.
        for (const error of errors) becomeSubscriptionRefusal(error);
      }
      const requestId = request.http?.headers.get(REQUEST_ID_HEADER);
      if (requestId !== undefined) for (const error of errors) requestIds.set(error, requestId);
      return Promise.resolve();
    },
    willSendResponse(context) {
      if (context.errors !== undefined) useStatusOfMediaType(context);
      return Promise.resolve();
    },
  };
  const listening = Promise.resolve(listener);
  return { requestDidStart: () => listening };
}

const REQUEST_ERRORS: ReadonlySet<unknown> = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

/** Refusals and ends by a limit, for proxies and clients that look at the status alone. */
const STATUS_OF_LIMIT: ReadonlyMap<unknown, number> = new Map([
  ['OPERATION_TOO_COSTLY', 400],
  ['OPERATION_TOO_COMPLEX', 400],
  ['OPERATION_TOO_LARGE', 400],
  ['PERSONAL_DATA_IN_ADDRESS', 400],
  ['TOO_MANY_OPERATIONS', 429],
  ['OPERATION_TIMEOUT', 503],
  ['DATABASE_LOCKED', 503],
  ['DATABASE_UNAVAILABLE', 503],
]);

/**
 * GraphQL over HTTP: under `application/json` a well-formed request is answered 200 even when its document is not valid, because
 * intermediaries may answer 400 in that type too; under `application/graphql-response+json` the status speaks for the operation.
 */
function useStatusOfMediaType({ errors, request, response }: GraphQLRequestContext<object>): void {
  if (response.body?.kind === 'single' && response.body.singleResult.data === undefined && errors?.some(isOurs) === true) {
    response.http.status = 500;
    return;
  }
  const ofLimit = errors?.map(({ extensions }) => STATUS_OF_LIMIT.get(extensions['code'])).find((status) => status !== undefined);
  if (ofLimit !== undefined) {
    response.http.status = ofLimit;
    return;
  }
  if (response.http.status !== 400 || request.http?.headers.get('accept')?.includes('graphql-response+json') === true) return;
  if (errors?.every((error) => REQUEST_ERRORS.has(error.extensions['code'])) === true) response.http.status = 200;
}

function isOurs({ extensions }: GraphQLError): boolean {
  return extensions['code'] === 'INTERNAL';
}

/** The answer to a subscription that came as a plain request. */
function subscriptionRefused(): GraphQLError {
  return new GraphQLError(
    `A subscription needs a connection that stays open: connect a WebSocket (graphql-transport-ws) to ${GRAPHQL_PATH}, ` +
      `or ask for Server-Sent Events (graphql-sse) at ${STREAM_PATH}.`,
    {
      extensions: {
        code: 'SUBSCRIPTION_OVER_HTTP',
        webSocket: GRAPHQL_PATH,
        serverSentEvents: STREAM_PATH,
        http: { status: 400 },
      },
    },
  );
}

function becomeSubscriptionRefusal(error: GraphQLError): void {
  const { message, extensions } = subscriptionRefused();
  error.message = message;
  Object.assign(error.extensions, extensions);
}

function requestIdOf(requestIds: WeakMap<object, string>, error: unknown): string {
  return (typeof error === 'object' && error !== null ? requestIds.get(error) : undefined) ?? randomUUID();
}

/** Apollo logs sentences that can quote an error; only that it said something, and how serious it was, goes on. */
function apolloLogger(logger: Logger): { debug: Note; info: Note; warn: Note; error: Note } {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: () => logger.warn({}, 'apollo warned'),
    error: () => logger.error({}, 'apollo reported an error'),
  };
}

type Note = () => void;
