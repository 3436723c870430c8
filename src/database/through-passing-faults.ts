import { isTaskCancelledError, ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import type { Fault } from '../application/ports.js';
import { codeOf } from '../base/error-code.js';

/** First and longest wait in ms between two tries; the real ones are jittered. */
const [FIRST_MS, LONGEST_MS] = [50, 5_000];

/** Repeats what fails for a while, with growing and jittered waits, `attempts` times at most; then, and for any other fault, throws. */
export function retryingUpTo(attempts: number): <T>(work: (attempt: number) => Promise<T>, signal: AbortSignal) => Promise<T> {
  const backoff = new ExponentialBackoff({ initialDelay: FIRST_MS, maxDelay: LONGEST_MS });
  const policy = retry(handleWhen(isPassing), { maxAttempts: attempts - 1, backoff });
  return (work, signal) => policy.execute(({ attempt }) => work(attempt + 1), signal);
}

/** SQLSTATEs and classes that pass by themselves: connections, serialization and deadlocks, resources, an operator's restart, a lock that took too long. */
const PASSING_STATES = /^(08...|40001|40P01|53...|55P03|57P0[1-5]|57014|58...)$/;
/** ENOTFOUND too: the name of a container that is being replaced is gone for as long as that takes. */
const PASSING_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
]);
/** pg's own errors about connections carry no code. */
const PASSING_MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout|Client was closed)/;

/** SQLSTATEs of what an operator has to mend: a transaction that may not write, as on a standby or after a trigger that forbids it; rights, roles, and tables, columns, sequences, keys (one that waits for the commit) or functions that are not as they should be; a value that every row lacks. */
const SETUP_STATES = /^(0A...|2200H|23502|25006|28...|3D...|3F...|42...|55000)$/;
/** The same by codes of ours, of a table that gives no ids, of accounts that cannot be held or are not read, and of columns that cannot be read as what they are, or have no room for what is written. */
export const SETUP_CODES: ReadonlySet<string> = new Set([
  'NO_SEQUENCE',
  'SEQUENCE_TOO_HIGH',
  'USER_ID_TOO_HIGH',
  'USERS_NOT_READ',
  'COLUMNS_UNFIT',
  'COLUMNS_NARROW',
]);
/** A rule of a table; of no rule's name where a partition is missing. */
const BROKEN_RULE = '23514';

/** Tells what kind of fault something is that was thrown. Work that was called off has no fault, and passes. */
export function faultOf(error: unknown): Fault {
  const { code: own, name } = error as { code?: unknown; name?: unknown };
  const code = typeof own === 'string' ? own : typeof name === 'string' ? name : 'unknown';
  if (isTaskCancelledError(error) || isPassing(error)) return { kind: 'PASSING', code };
  return { kind: isSetup(code, error) ? 'SETUP' : 'OTHER', code };
}

function isSetup(code: string, error: unknown): boolean {
  if (code !== BROKEN_RULE) return SETUP_STATES.test(code) || SETUP_CODES.has(code);
  const { table, constraint } = error as { table?: unknown; constraint?: unknown };
  return table !== undefined && constraint === undefined;
}

/** Whether the same statement may succeed a little later: the fault lies in the connection or the server's state, not in what was asked. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') return PASSING_STATES.test(code) || PASSING_CODES.has(code);
  return PASSING_MESSAGES.test(error.message);
}

/** SQLSTATEs of a server that lets nobody of ours in, or takes nothing down: a role without its login, password or right to connect, a database that is gone, a standby. */
const SHUT_STATES = /^(28...|3D000|25006)$/;

/**
 * Whether an error says that the database is not there for us now, whatever was asked of it. @param withNetwork whether errors of the network count, which do not say whose
 * server did not answer
 */
export function isAway(error: Error, { withNetwork }: { readonly withNetwork: boolean }): boolean {
  const code = codeOf(error);
  if (PASSING_CODES.has(code)) return withNetwork;
  return isPassing(error) || SHUT_STATES.test(code);
}

/**
 * Works as long as it takes: after a fault of the database that passes by itself it begins anew, `waitMs` later. Undefined when `signal` aborts first.
 * @throws every other fault, at once: it would be the same the next time
 */
export async function throughPassingFaults<T>(
  work: () => Promise<T>,
  { signal, waitMs }: { readonly signal: AbortSignal; readonly waitMs: number },
): Promise<T | undefined> {
  while (!signal.aborted) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return undefined;
}
