import type { Pool, PoolClient } from 'pg';
import { InvalidEvent } from '../eventlog/log-errors.js';
import { compareViews } from '../projections/rebuild/rebuild-views.js';
import { decodeEvents } from './readable-events.js';
import { MAX_NAMED, RUN_INVARIANTS, type SqlInvariant } from './run-invariants.js';
import { checkSlots } from './slots-invariant.js';

/** Whether a promise holds. */
export interface InvariantResult {
  /** The promise, as a sentence. */
  readonly name: string;
  readonly ok: boolean;
  /** What was found, in ids and figures. */
  readonly found: string;
}

/**
 * Checks what the design calls invariants on what is in the database: 1 to 5, and of 8 that no event has a field beyond the codec's. Reads only, takes
 * no locks, and may run beside a working service: each promise is checked on one snapshot, and holds at every moment. It reads the whole log, some
 * seconds per million events. @throws when the database does not answer or lacks the migrations
 */
export async function checkInvariants(pool: Pool): Promise<readonly InvariantResult[]> {
  const results: InvariantResult[] = [];
  for (const invariant of RUN_INVARIANTS) results.push(await onSnapshot(pool, (client) => checkSql(client, invariant)));
  results.push(await checkEvents(pool), await checkViews(pool), await checkSlotAccount(pool));
  return results;
}

async function checkSql(client: PoolClient, { name, text, values = [], aside }: SqlInvariant): Promise<InvariantResult> {
  const { rows } = await client.query<{ subject: string; what: string; breaches: number }>(text, [...values]);
  const breaches = rows.map(({ subject, what }) => `${subject}: ${what}`);
  const count = aside === undefined ? 0 : ((await client.query<{ count: number }>(aside.text)).rows[0]?.count ?? 0);
  return result(name, breaches, rows[0]?.breaches ?? 0, count === 0 ? undefined : aside?.tell(count));
}

function checkEvents(pool: Pool): Promise<InvariantResult> {
  return readable('no event has a type or a field that the codec does not know', () =>
    onSnapshot(pool, async (client) => {
      const { events } = await decodeEvents(client);
      return { breaches: [], found: `all ${events} events can be read` };
    }),
  );
}

function checkViews(pool: Pool): Promise<InvariantResult> {
  return readable('the views hold what the log says, row for row', async () => {
    const { differences, events } = await compareViews(pool);
    const breaches = differences.map(
      ({ view, key, column, live, rebuilt }) => `${view} ${key}: ${column} is ${live}, should be ${rebuilt}`,
    );
    return { breaches, found: `equal after folding ${events} events` };
  });
}

function checkSlotAccount(pool: Pool): Promise<InvariantResult> {
  return readable('every slot of an active schedule is fired once or recorded as skipped', async () => {
    const faults = await checkSlots(pool);
    return { breaches: faults.map(({ scheduleId, slot, fault }) => `schedule ${scheduleId}, slot ${slot}: ${fault}`), found: 'no breach' };
  });
}

/** An event that cannot be read breaks the promise; anything else that goes wrong is for the caller. */
async function readable(name: string, check: () => Promise<{ breaches: readonly string[]; found: string }>): Promise<InvariantResult> {
  try {
    const { breaches, found } = await check();
    return result(name, breaches, breaches.length, found);
  } catch (error) {
    if (!(error instanceof InvalidEvent)) throw error;
    return { name, ok: false, found: error.message };
  }
}

function result(name: string, breaches: readonly string[], count: number, found = 'no breach'): InvariantResult {
  if (count === 0) return { name, ok: true, found };
  const more = count > MAX_NAMED ? ` … and ${count - MAX_NAMED} more` : '';
  return { name, ok: false, found: `${breaches.slice(0, MAX_NAMED).join('; ')}${more}` };
}

async function onSnapshot<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    return await work(client);
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}
