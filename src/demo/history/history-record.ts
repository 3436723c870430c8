import { DatabaseError, type ClientBase } from 'pg';
import type { Told } from '../../domain/said.js';
import { beside, DemoRefused, type DemoRefusal } from '../demo-refused.js';

/** The invented nights of a database. */
export interface History {
  readonly nights: number;
  readonly seed: number;
  /** The demo's last day: the nights are those before it. */
  readonly until: string;
}

/** Refusals of `batch.begin_demo_history` (migration 045) by their codes, with what an operator can do. */
const REFUSALS: Readonly<Record<string, readonly [code: DemoRefusal, told: Told]>> = {
  BE002: ['NO_DEMO', beside('NOT_MARKED')],
  BE003: ['REAL_USERS', beside('ACCOUNTS_PRESENT')],
  BE004: ['REAL_EVENTS', beside('EVENTS_PRESENT')],
};

/** The history that is there; undefined where there is none. */
export async function readHistory(client: ClientBase): Promise<History | undefined> {
  const { rows } = await client.query<History>('select nights, seed::float8 as seed, until::text as until from batch.demo_history');
  return rows[0];
}

/** Lets this transaction, and no other, tell the time of what it appends. @throws DemoRefused */
export async function beginHistory(client: ClientBase, { seed, nights, until }: History): Promise<void> {
  try {
    await client.query('select batch.begin_demo_history($1, $2, $3)', [seed, nights, until]);
  } catch (cause) {
    const refusal = cause instanceof DatabaseError ? REFUSALS[cause.code ?? ''] : undefined;
    if (refusal === undefined) throw cause;
    throw new DemoRefused(...refusal, { cause });
  }
}

/** Ends it: from here on the transaction has no say in the time any more. The planner learns what is there, and consoles that are open look again. */
export async function endHistory(client: ClientBase): Promise<void> {
  await client.query("select set_config('batch.event_time', '', true), batch.end_demo_history(), pg_notify('batch_changed', '')");
  for (const table of ['event_log', 'run_view', 'chunk_view', 'chunk_work', 'night_view', 'slot'])
    await client.query(`analyze batch.${table}`);
}
