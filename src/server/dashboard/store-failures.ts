import { isPassing } from '../../database/through-passing-faults.js';
import { HttpRefusal } from '../http/exchange.js';
import { refusalOf } from '../http/refusal-of.js';
import { DASHBOARD } from './dashboard-words.js';

/** What the store failed by. Whether it passes by itself or has to be mended, it is nothing that a request could do better; but for a value that the store cannot take. */
export function ofStore(failures: readonly unknown[]): unknown {
  const refusal = failures.map(refusalOf).find((each) => each !== undefined);
  if (refusal !== undefined && refusal.code !== 'DATABASE_UNAVAILABLE') return refusal;
  // Of PostgreSQL it is the store of jobs that was asked.
  if (refusal !== undefined || failures.some(isStoreAway)) return storeDown();
  return failures.every(isOfValue) ? ofRequest(400) : failures.find((each) => !isOfValue(each));
}

/** What Agendash refused by itself. */
export function ofRequest(status: number): Error {
  return status < 500 ? new HttpRefusal(status, 'BAD_REQUEST', DASHBOARD.tell('REQUEST')) : new Error('the job dashboard failed');
}

/** That nothing can be shown now. */
export function storeDown(): HttpRefusal {
  return new HttpRefusal(503, 'JOB_STORE_DOWN', DASHBOARD.tell('JOB_STORE_DOWN'));
}

/** PostgreSQL's and its connection's faults that pass, and what the driver of MongoDB says of its own. */
function isStoreAway(error: unknown): boolean {
  return (
    isPassing(error) ||
    (error instanceof Error &&
      /^Mongo(Network|Server(Selection|Closed)|NotConnected|TopologyClosed|PoolCleared|WaitQueueTimeout)/.test(error.name))
  );
}

/** A number of rows below zero, a pattern that is none: classes of PostgreSQL, and MongoDB's words for the same. */
function isOfValue(error: unknown): boolean {
  const { code, codeName, name } = error as { code?: unknown; codeName?: unknown; name?: unknown };
  return (
    (typeof code === 'string' && /^22...$/.test(code)) ||
    codeName === 'BadValue' ||
    name === 'BSONError' ||
    name === 'MongoInvalidArgumentError'
  );
}
