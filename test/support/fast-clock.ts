import type pg from 'pg';
import { transactionOn, type DatabaseClock } from '../../src/runtime/transaction.js';
import type { Deps } from '../../src/application/ports.js';
import type { SharedClock } from './scheduler-process.js';

const NOW = 'select $1::timestamptz + (clock_timestamp() - $2::timestamptz) * $3::float8 as now';

/** Reads a shared clock from the database: the same time for every process that is given it. */
export function databaseClock({ base, since, factor }: SharedClock): DatabaseClock {
  return async (client) => (await client.query<{ now: Date }>(NOW, [base, since, factor])).rows[0]?.now ?? new Date(Number.NaN);
}

/** Use cases that go by a shared clock, and how to read it. */
export function onClock(deps: Deps, pool: pg.Pool, clock: SharedClock): { deps: Deps; now: () => Promise<Date> } {
  const transaction = transactionOn(pool, databaseClock(clock));
  return { deps: { ...deps, transaction }, now: () => transaction((tx) => tx.now()) };
}
