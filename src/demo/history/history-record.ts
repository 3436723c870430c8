import { DatabaseError, type ClientBase } from 'pg';

/**
 * Why a database does not get invented nights: `NO_DEMO` it is not marked as a demo; `REAL_USERS` it holds accounts that the demo did not make; `REAL_EVENTS` its log
 * holds events; `TOO_FEW_DAYS` the demo's records do not reach back far enough.
 */
type HistoryRefusal = 'NO_DEMO' | 'REAL_USERS' | 'REAL_EVENTS' | 'TOO_FEW_DAYS';

/** The history of a demo was refused, and nothing was changed. The message says what was found and what to do. */
export class HistoryRefused extends Error {
  override readonly name = 'HistoryRefused';

  constructor(
    readonly code: HistoryRefusal,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The invented nights of a database. */
export interface History {
  readonly nights: number;
  readonly seed: number;
  /** The demo's last day: the nights are those before it. */
  readonly until: string;
}

/** Refusals of `batch.begin_demo_history` (migration 045) by their codes, with what an operator can do. */
const REFUSALS: Readonly<Record<string, readonly [code: HistoryRefusal, message: string]>> = {
  BE002: ['NO_DEMO', 'invented nights belong to demo patients, and this database is not marked as a demo. Load demo patients into an empty database first'],
  BE003: ['REAL_USERS', 'the database holds accounts that the demo did not make: no nights are invented beside real patients. Use a database of its own'],
  BE004: [
    'REAL_EVENTS',
    'the log holds events already, and invented nights cannot come before them. Use a new data folder (or a new database), and make the nights before the service is started',
  ],
}; // prettier-ignore

/** The history that is there; undefined where there is none. */
export async function readHistory(client: ClientBase): Promise<History | undefined> {
  const { rows } = await client.query<History>('select nights, seed::float8 as seed, until::text as until from batch.demo_history');
  return rows[0];
}

/** Lets this transaction, and no other, tell the time of what it appends. @throws HistoryRefused */
export async function beginHistory(client: ClientBase, { seed, nights, until }: History): Promise<void> {
  try {
    await client.query('select batch.begin_demo_history($1, $2, $3)', [seed, nights, until]);
  } catch (cause) {
    const refusal = cause instanceof DatabaseError ? REFUSALS[cause.code ?? ''] : undefined;
    if (refusal === undefined) throw cause;
    throw new HistoryRefused(...refusal, { cause });
  }
}

/** Ends it: from here on the transaction has no say in the time any more. The planner learns what is there, and consoles that are open look again. */
export async function endHistory(client: ClientBase): Promise<void> {
  await client.query("select set_config('batch.event_time', '', true), batch.end_demo_history(), pg_notify('batch_changed', '')");
  for (const table of ['event', 'run_view', 'chunk_view', 'chunk_work', 'night_view', 'slot']) await client.query(`analyze batch.${table}`);
}
