import type { Client } from 'pg';
import { codeOf } from '../base/error-code.js';
import type { Address } from './address.js';
import { connectPlainly, leaveClient } from './plain-client.js';
import { isOfTheWay, refusesTls, told } from './tls-faults.js';
import { tlsChoices, tlsOptions, type Tls } from './tls.js';
import { DatabaseRefused, unusable } from './refused.js';

/** How often two clients ask, twice each, which backend serves them. */
const ROUNDS = 4;
const WHO = 'select pg_catalog.pg_backend_pid() as pid';

/**
 * Refuses a pooler that gives sessions away between transactions: two clients that are connected at the same time are served by the same backend,
 * or one client by several. Asks only, and leaves nothing behind. @throws DatabaseRefused
 */
async function refuseSharedSessions(first: Client, connect: () => Promise<Client>): Promise<void> {
  const second = await connect().catch((error: unknown) => {
    throw isUnanswered(error) ? new DatabaseRefused(unusable('POOLER_FULL')) : error;
  });
  try {
    const seen = [new Set<number>(), new Set<number>()] as const;
    // Each twice in a row: a pooler that goes round its two sessions would give each client the same one again if they took turns.
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [at, client] of [first, first, second, second].entries()) seen[at < 2 ? 0 : 1].add(await backendOf(client));
    }
    if (seen[0].size > 1 || seen[1].size > 1 || [...seen[0]].some((pid) => seen[1].has(pid)))
      throw new DatabaseRefused(unusable('SESSIONS_SHARED'));
  } finally {
    await leaveClient(second);
  }
}

async function backendOf(client: Client): Promise<number> {
  try {
    const { rows } = await client.query<{ pid: number }>(WHO);
    return rows[0]?.pid ?? -1;
  } catch (error) {
    throw isUnanswered(error) ? new DatabaseRefused(unusable('POOLER_FULL')) : error;
  }
}

function isUnanswered(error: unknown): boolean {
  return (
    error instanceof Error &&
    (codeOf(error) === 'ETIMEDOUT' || /^(Query read timeout|Connection terminated due to connection timeout)/.test(error.message))
  );
}

/** What a connection needs to know of a server before its session is made there. */
export interface Probed {
  readonly tls: Tls;
  /** PostgreSQL's release, such as 15. */
  readonly major: number;
  /** Told why a connection that was begun so failed. @returns what its caller is to be told */
  readonly failed: (error: unknown) => Promise<unknown>;
}

/** What was found out about a server. No file's content is kept: one that was changed is read by the next connection. */
interface Answer {
  readonly encrypted: boolean;
  readonly major: number;
  /** Until when it is believed, in ms of the process. */
  readonly until: number;
}

/** ms for which a server that did without TLS is taken for one that does: after it is turned on, no restart of ours is needed. */
const CLEAR_TEXT_MS = 60_000;

/** A cache, by what an address says: the first caller asks, for all callers that come meanwhile. A server that was away is asked again. */
const answers = new Map<string, Promise<Answer>>();

/**
 * Finds out how a server is to be talked to, over a connection that changes nothing there: settings of a session would stay behind in a pooler that
 * lends its sessions to others. @throws DatabaseRefused for a pooler that does; what pg throws where nothing answers
 */
export async function probeServer(address: Address): Promise<Probed> {
  const key = JSON.stringify(address);
  const { answer, asked } = await believed(address, key);
  const failed = async (error: unknown): Promise<unknown> => {
    if (!isOfTheWay(error)) return error;
    if (answers.get(key) === asked) answers.delete(key);
    // Asked at once: what is wrong is told in a sentence, and where nothing is wrong any more the next try is made in the right way.
    return believed(address, key).then(
      () => new ReachedAnotherWay(error),
      (found: unknown) => found,
    );
  };
  return { tls: answer.encrypted ? tlsOptions(address) : false, major: answer.major, failed };
}

/** A connection was begun in a way that the server did not take any more. Passes by itself, as its SQLSTATE says (08006, connection_failure). */
class ReachedAnotherWay extends Error {
  override readonly name = 'ReachedAnotherWay';
  readonly code = '08006';

  constructor(cause: unknown) {
    super(
      'The server at DATABASE_URL is reached in another way than before (its TLS or its rules changed): this try failed, the next one takes the new way.',
      { cause },
    );
  }
}

async function believed(address: Address, key: string): Promise<{ answer: Answer; asked: Promise<Answer> }> {
  const known = answers.get(key);
  if (known === undefined) return remembered(key, ask(address));
  const answer = await known;
  if (performance.now() < answer.until) return { answer, asked: known };
  return answers.get(key) === known ? remembered(key, askAgain(address, answer)) : believed(address, key);
}

async function remembered(key: string, asked: Promise<Answer>): Promise<{ answer: Answer; asked: Promise<Answer> }> {
  answers.set(key, asked);
  try {
    return { answer: await asked, asked };
  } catch (error) {
    if (answers.get(key) === asked) answers.delete(key);
    throw error;
  }
}

async function ask(address: Address): Promise<Answer> {
  const { client, tls } = await firstConnection(address);
  try {
    const { rows } = await client.query<{ pid: number; version: string }>(
      `select pg_catalog.pg_backend_pid() as pid, pg_catalog.current_setting('server_version_num') as version`,
    );
    const { pid, version } = rows[0] as { pid: number; version: string };
    // A pooler makes up the process id that it tells its clients.
    if (pid !== (client as unknown as { processID: number | null }).processID)
      await refuseSharedSessions(client, () => connectPlainly(address, tls));
    return answerOf(address, tls, Math.floor(Number(version) / 10_000));
  } finally {
    await leaveClient(client);
  }
}

/** Asks for TLS alone: of a pooler whose sessions are all in use nothing more could be had. */
async function askAgain(address: Address, { major }: Answer): Promise<Answer> {
  const { client, tls } = await firstConnection(address);
  await leaveClient(client);
  return answerOf(address, tls, major);
}

function answerOf(address: Address, tls: Tls, major: number): Answer {
  const isSecondChoice = tls === false && tlsChoices(address).length > 1;
  return { encrypted: tls !== false, major, until: isSecondChoice ? performance.now() + CLEAR_TEXT_MS : Number.POSITIVE_INFINITY };
}

async function firstConnection(address: Address): Promise<{ client: Client; tls: Tls }> {
  const [best = false, other] = tlsChoices(address);
  try {
    return { client: await connectPlainly(address, best), tls: best };
  } catch (error) {
    if (other === undefined || !refusesTls(error)) throw told(error, best);
    try {
      return { client: await connectPlainly(address, other), tls: other };
    } catch (second) {
      throw told(second, other);
    }
  }
}
