import type pg from 'pg';
import { holding } from './held-connections.js';
import { type StatementOwner, statementOwner } from './statement-owner.js';

/** ms that the process may work without looking for what else has come. */
const SLICE_MS = 10;
/** Pieces of work that go on in one round of the event loop, once they had to wait: each is short, and a round for each would be half of its time. */
const AT_ONCE = 4;

const waiting: (() => void)[] = [];
let roundBegan: number | undefined;

/**
 * Whether who goes on now should let others have the process's one thread first: it has worked for a while without looking for what else has come, such
 * as a question whether it lives. Then wait for `nextTurn`.
 */
export function isOthersTurn(): boolean {
  if (roundBegan === undefined) {
    roundBegan = performance.now();
    setImmediate(nextRound);
    return false;
  }
  return waiting.length > 0 || performance.now() - roundBegan > SLICE_MS;
}

/** Resolves in a later round of the event loop, in the order of asking. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => waiting.push(resolve));
}

function nextRound(): void {
  const now = waiting.splice(0, AT_ONCE);
  roundBegan = now.length === 0 ? undefined : performance.now();
  if (now.length > 0) setImmediate(nextRound);
  for (const goOn of now) goOn();
}

/** What of a client is known to pg and not to its types. */
type Client = pg.PoolClient & { readonly processID?: number | null };
type Connected = (error: Error | undefined, client: Client | undefined, release: (destroy?: boolean) => void) => void;
type Connect = (callback: Connected) => void;

/**
 * Makes a pool mindful of whose statements it carries. A caller has a share of the connections and no more, so that no caller can have them all; when an
 * operation is over before its time, it gets none any more, and the statement that still runs is cancelled. Work that belongs to no caller's
 * operation passes as it did. @param cancels another pool, over which statements are cancelled: this one may be full of what is to be cancelled
 */
export function governPool(pool: pg.Pool, cancels: pg.Pool): pg.Pool {
  const connect = pool.connect.bind(pool) as unknown as Connect;
  const lend = async (owner: StatementOwner): Promise<Client> => {
    const giveBack = await owner.admit();
    try {
      const connecting = new Promise<Client>((resolve, reject) => {
        connect((error, found) => (found === undefined ? reject(error ?? new Error('the pool gave no connection')) : resolve(found)));
      });
      // A connection that is being made waits for no other.
      const client = await owner.lines.during((other) => other.pool === pool && pool.waitingCount > 0, connecting);
      hold(client, { owner, giveBack, pool, cancels });
      return client;
    } catch (error) {
      giveBack();
      throw error;
    }
  };
  const lendTo = async (owner: StatementOwner, callback: Connected): Promise<void> => {
    let client;
    try {
      client = await lend(owner);
    } catch (error) {
      return callback(error instanceof Error ? error : new Error('a value was thrown'), undefined, () => undefined);
    }
    callback(undefined, client, client.release.bind(client));
  };
  const governed = (callback?: Connected): unknown => {
    const owner = statementOwner.getStore();
    if (owner === undefined) return callback === undefined ? (connect as () => unknown)() : connect(callback);
    if (callback === undefined) return lend(owner);
    return void lendTo(owner, callback);
  };
  return Object.assign(pool, { connect: governed });
}

interface Holding {
  readonly owner: StatementOwner;
  readonly giveBack: () => void;
  readonly pool: pg.Pool;
  readonly cancels: pg.Pool;
}

/** Ties a connection to the operation that holds it, until it is given back. */
function hold(client: Client, { owner, giveBack, pool, cancels }: Holding): void {
  const pid = client.processID;
  let stopped = false;
  const forget = owner.onStopped(() => {
    stopped = true;
    if (typeof pid === 'number') cancel(cancels, pid);
  });
  const letGo = typeof pid === 'number' ? holding({ owner, pool, pid, looks: cancels }) : () => undefined;
  const release = client.release.bind(client);
  const restore = spaceResults(client);
  client.release = (destroy?: Error | boolean) => {
    forget();
    letGo();
    restore();
    giveBack();
    // The cancel may still be on its way: it must not meet the statement of another.
    release(stopped || destroy);
  };
}

/** Lets the answers of a connection's statements in one by one, so that the work on each leaves the process free to answer others in between. */
function spaceResults(client: Client): () => void {
  const query = Reflect.get(client, 'query') as (...args: unknown[]) => unknown;
  const own = function (this: Client, ...args: unknown[]): unknown {
    const result = query.apply(this, args);
    return result instanceof Promise ? spaced(result as Promise<unknown>) : result;
  };
  Object.assign(client, { query: own });
  return () => void Reflect.deleteProperty(client, 'query'); // and with it the method of its class is there again
}

async function spaced(result: Promise<unknown>): Promise<unknown> {
  const found = await result;
  if (isOthersTurn()) await nextTurn();
  return found;
}

function cancel(cancels: pg.Pool, pid: number): void {
  // Of the same role, which is all that PostgreSQL asks for.
  statementOwner.run(undefined, () => void cancels.query('select pg_cancel_backend($1)', [pid]).catch(() => undefined));
}
