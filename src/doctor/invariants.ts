import type { Pool, PoolClient } from 'pg';
import { inWords } from '../words/code-words.js';
import type { Said } from '../domain/said.js';
import { InvalidEvent } from '../eventlog/log-errors.js';
import { compareViews } from '../projections/rebuild/rebuild-views.js';
import { tell } from './finding-words.js';
import { PROMISES, MAX_NAMED, RUN_INVARIANTS, type SqlInvariant } from './run-invariants.js';
import { decodeEvents } from './readable-events.js';
import { chainFaults } from './log-chain.js';
import { checkSlots } from './slots-invariant.js';

/** Whether a promise holds. */
export interface InvariantResult {
  /** The promise, as a sentence. */
  readonly name: string;
  readonly promise: Said;
  readonly ok: boolean;
  /** What was found, in ids and figures. */
  readonly found: string;
  readonly said: Said;
}

/**
 * Checks what the design calls invariants on what is in the database: 1 to 5, and of 8 that no event has a field beyond the codec's. Reads only, takes
 * no locks, and may run beside a working service: each promise is checked on one snapshot, and holds at every moment. It reads the whole log, some
 * twenty seconds of CPU per million events. @throws when the database does not answer or lacks the migrations
 */
export async function checkInvariants(pool: Pool): Promise<readonly InvariantResult[]> {
  const results: InvariantResult[] = [];
  for (const invariant of RUN_INVARIANTS) results.push(await onSnapshot(pool, (client) => checkSql(client, invariant)));
  results.push(await checkChain(pool), await checkEvents(pool), await checkViews(pool), await checkSlotAccount(pool));
  return results;
}

/**
 * Each of these statements reads all that there is, so that a row is never looked for in a loop over another table. PostgreSQL would choose loops where it takes a table for nearly empty: of what advice says
 * there are no statistics, and the log was opened anew for each intervention, for hours.
 */
export const WITHOUT_LOOPS = 'set local enable_nestloop = off';

async function checkSql(client: PoolClient, { promise, text, values = [], aside }: SqlInvariant): Promise<InvariantResult> {
  await client.query(WITHOUT_LOOPS);
  const { rows } = await client.query<{ subject: string; what: string; breaches: number }>(text, [...values]);
  const breaches = rows.map(({ subject, what }) => `${subject}: ${what}`);
  const count = aside === undefined ? 0 : ((await client.query<{ count: number }>(aside.text)).rows[0]?.count ?? 0);
  return result(PROMISES.tell(promise), { breaches, count: rows[0]?.breaches ?? 0, found: count === 0 ? undefined : aside?.tell(count) });
}

async function checkChain(pool: Pool): Promise<InvariantResult> {
  const breaches = await onSnapshot(pool, chainFaults);
  return result(PROMISES.tell('CHAIN_HOLDS'), { breaches, count: breaches.length, found: undefined });
}

function checkEvents(pool: Pool): Promise<InvariantResult> {
  return readable(PROMISES.tell('EVENTS_KNOWN'), () =>
    onSnapshot(pool, async (client) => {
      const { events } = await decodeEvents(client);
      return { breaches: [], found: tell('EVENTS_READABLE', { events }) };
    }),
  );
}

function checkViews(pool: Pool): Promise<InvariantResult> {
  return readable(PROMISES.tell('VIEWS_AS_LOG'), async () => {
    const { differences, events } = await compareViews(pool);
    const breaches = differences.map(
      ({ view, key, column, live, rebuilt }) => `${view} ${key}: ${column} is ${live}, should be ${rebuilt}`,
    );
    return { breaches, found: tell('VIEWS_EQUAL', { events }) };
  });
}

function checkSlotAccount(pool: Pool): Promise<InvariantResult> {
  return readable(PROMISES.tell('SLOTS_ONCE'), async () => {
    const faults = await checkSlots(pool);
    return {
      breaches: faults.map(({ scheduleId, slot, fault }) => `schedule ${scheduleId}, slot ${slot}: ${fault}`),
      found: tell('NO_BREACH'),
    };
  });
}

/** An event that cannot be read breaks the promise, and so does a stream that no run could have (a TypeError of its fold); anything else that goes wrong is for the caller. */
async function readable(promise: Said, check: () => Promise<{ breaches: readonly string[]; found: Said }>): Promise<InvariantResult> {
  try {
    const { breaches, found } = await check();
    return result(promise, { breaches, count: breaches.length, found });
  } catch (error) {
    if (!(error instanceof InvalidEvent || error instanceof TypeError)) throw error;
    return inEnglish(promise, false, tell('EVENT_UNREADABLE', { why: error.message }));
  }
}

/** What was found: the first breaches and how many there are in all, and what is told where there are none. */
interface Found {
  readonly breaches: readonly string[];
  readonly count: number;
  readonly found: Said | undefined;
}

function result(promise: Said, { breaches, count, found = tell('NO_BREACH') }: Found): InvariantResult {
  if (count === 0) return inEnglish(promise, true, found);
  const named = { breaches: breaches.slice(0, MAX_NAMED).join('; ') };
  const more = count - MAX_NAMED;
  return inEnglish(promise, false, more > 0 ? tell('BREACHES_AND_MORE', { ...named, more }) : tell('BREACHES', named));
}

function inEnglish(promise: Said, holds: boolean, said: Said): InvariantResult {
  return { name: inWords(promise, 'en'), promise, ok: holds, found: inWords(said, 'en'), said };
}

async function onSnapshot<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query('lock table batch.event_log in access share mode'); // before the snapshot: a month is in it, or was let go
    return await work(client);
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}
