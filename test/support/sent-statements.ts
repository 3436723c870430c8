import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { Server, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import type pg from 'pg';

/** Names the list of statements that a request is counted in. */
const HEADER = 'x-test-statements';
/** What a new connection begins with is not asked for by whoever happens to be the first to use it. */
const BEGINNING = /^set search_path = |^select pg_backend_pid\(\) as pid$|^select pg_catalog\.pg_backend_pid\(\)/;

type Driver = Pick<typeof pg, 'Client' | 'Pool'>;
type Undo = () => void;

/** On the asking side the name of the list, on the serving side the list itself: both follow the work through every callback. */
const asking = new AsyncLocalStorage<string>();
const serving = new AsyncLocalStorage<string[]>();

/**
 * The SQL statements that services of this process send to answer the HTTP requests that `work` makes, and no others: not those of jobs, heartbeats, other
 * callers or the test. A request is known by a header that `fetch` is given here; what the service does for it, by Node's own track of asynchronous work.
 */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const [name, sent]: [string, string[]] = [randomUUID(), []];
  const undo = [markRequests(), followRequests(name, sent), ...drivers().flatMap((driver) => [noteStatements(driver), keepTrack(driver)])];
  try {
    await asking.run(name, work);
  } finally {
    for (const each of undo.toReversed()) each();
  }
  return sent;
}

/** The drivers in use: ours, and the one that MikroORM brings where its version is another. */
function drivers(): Driver[] {
  const ours = createRequire(import.meta.url);
  const theirs = createRequire(ours.resolve('@mikro-orm/postgresql/package.json'));
  return [...new Set([ours('pg') as Driver, theirs('pg') as Driver])];
}

function markRequests(): Undo {
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    const name = asking.getStore();
    if (name === undefined) return fetch(input, init);
    const headers = new Headers(init?.headers);
    headers.set(HEADER, name);
    return fetch(input, { ...init, headers });
  };
  return () => void (globalThis.fetch = fetch);
}

function followRequests(name: string, sent: string[]): Undo {
  return replace(Server.prototype, 'emit', (emit) => function (this: Server, ...args: unknown[]): unknown {
    const [event, request] = args as [string, IncomingMessage];
    if (event !== 'request' || request.headers[HEADER] !== name) return emit.apply(this, args);
    return serving.run(sent, () => emit.apply(this, args));
  }); // prettier-ignore
}

function noteStatements({ Client }: Driver): Undo {
  return replace(Client.prototype, 'query', (query) => function (this: pg.Client, ...args: unknown[]): unknown {
    const [first] = args as [string | { text?: string }];
    const text = typeof first === 'string' ? first : (first.text ?? '');
    if (!BEGINNING.test(text)) serving.getStore()?.push(text);
    return query.apply(this, args);
  }); // prettier-ignore
}

/** Whoever waits for a connection is called by who gives one back, and would be taken for them. */
function keepTrack({ Pool }: Driver): Undo {
  return replace(Pool.prototype, 'connect', (connect) => function (this: pg.Pool, ...args: unknown[]): unknown {
    const [callback] = args;
    return connect.apply(this, typeof callback === 'function' ? [AsyncResource.bind(callback as () => void)] : args);
  }); // prettier-ignore
}

type Method = (this: never, ...args: unknown[]) => unknown;

function replace(prototype: object, name: string, by: (original: (...args: unknown[]) => unknown) => Method): Undo {
  const own = Reflect.getOwnPropertyDescriptor(prototype, name);
  Reflect.defineProperty(prototype, name, {
    configurable: true,
    writable: true,
    value: by(Reflect.get(prototype, name) as (...args: unknown[]) => unknown),
  });
  return () => {
    Reflect.deleteProperty(prototype, name);
    if (own !== undefined) Reflect.defineProperty(prototype, name, own);
  };
}
