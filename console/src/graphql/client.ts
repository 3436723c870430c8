import { cacheExchange, Client, fetchExchange, mapExchange, subscriptionExchange } from '@urql/core';
import type { Client as Socket, Sink } from 'graphql-ws/client';
import { fetchPart } from '../language/fetch-part.js';
import { askWho, noteIn } from './access.js';
import { fetchTimed } from './clock.js';
import { noteConnection } from './live.js';

const WAIT_MS = [200, 500, 1_000, 2_000, 3_000] as const;
const UNAUTHENTICATED_CLOSE = 4401;

/** What one caller asks and orders with. */
export interface Clients {
  /** For queries and subscriptions. */
  readonly client: Client;
  /** For mutations. It knows no cache: urql's would ask again, by types, for what `useLive` asks for again anyway. */
  readonly orders: Client;
  readonly close: () => void;
}

/** Makes the clients of one caller: for the next one that signs in, others are made, with an empty cache. The browser sends its session by itself. */
export function createClients(): Clients {
  const ended = new AbortController();
  const socket = openSocket(ended.signal);
  const shared = { url: '/graphql', preferGetMethod: false, fetch: fetchTimed };
  const refused = mapExchange({
    onError: ({ graphQLErrors }) => {
      if (graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED')) askWho();
    },
  });
  const client = new Client({
    ...shared,
    requestPolicy: 'cache-and-network',
    exchanges: [
      cacheExchange,
      refused,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => subscribe(socket, { query: query ?? '', variables }, sink),
        }),
      }),
    ],
  });
  const orders = new Client({ ...shared, exchanges: [refused, fetchExchange] });
  const close = (): void => {
    ended.abort();
    void socket.then((open) => open.dispose());
  };
  return { client, orders, close };
}

/** The connection for subscriptions. Its program comes after the first screen's; it connects when something is subscribed to. */
async function openSocket(ended: AbortSignal): Promise<Socket> {
  const { createClient } = await fetchPart(() => import('graphql-ws/client'));
  const socket = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    lazy: true,
    keepAlive: 10_000,
    retryAttempts: Infinity,
    shouldRetry: (event) => !(event instanceof CloseEvent && event.code === UNAUTHENTICATED_CLOSE),
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, (WAIT_MS[retries] ?? 3_000) * (0.8 + Math.random() * 0.4))),
    on: {
      connected: () => {
        noteConnection('open');
        noteIn();
      },
      closed: (event) => {
        if (event instanceof CloseEvent && event.code === UNAUTHENTICATED_CLOSE) askWho();
        noteConnection('lost');
      },
    },
  });
  // A network that goes away closes no connection: without this it is found out seconds later, and what stands there looks live till then.
  addEventListener('offline', () => socket.terminate(), { signal: ended });
  return socket;
}

function subscribe(socket: Promise<Socket>, operation: { query: string; variables: unknown }, sink: Sink): { unsubscribe: () => void } {
  const payload = { query: operation.query, variables: operation.variables as Record<string, unknown> };
  const state: { isOver: boolean; stop?: () => void } = { isOver: false };
  const begin = async (): Promise<void> => {
    const open = await socket;
    if (!state.isOver) state.stop = open.subscribe(payload, sink);
  };
  void begin();
  return {
    unsubscribe: () => {
      state.isOver = true;
      state.stop?.();
    },
  };
}
