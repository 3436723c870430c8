import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { asTyped } from '../base/as-typed.js';
import type { Said } from '../domain/said.js';
import { codeOf } from '../base/error-code.js';
import { LOCK_NOT_AVAILABLE } from '../database/connect.js';
import { ok, problem, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';
import { READ, WRITTEN, type ColumnType } from './ibsafe-columns.js';

/** One thing that a run does, as it is tried. */
interface Step {
  readonly what: Said;
  readonly sql: string;
  /** What mends it where the database refuses: the statement, or where to look. */
  readonly mend: (role: string) => Said;
}

/** A value of each type, for a row that no reader ever sees. */
const VALUES: Readonly<Record<ColumnType, string>> = {
  int4: '0', int8: '-1', bool: 'false', date: "date '0001-01-01'", timestamptz: 'now()', float8: '0', jsonb: "'{}'", numeric: '0', text: "''",
}; // prettier-ignore

const COLUMNS = Object.entries(WRITTEN.columns);
const ROW = COLUMNS.map(([name, type]) => (name === 'user_id' ? 'coalesce((select min(id) from public.auth_user), 0)' : VALUES[type])).join(
  ', ',
);
const PLACE = `public.${WRITTEN.table}`;

/** Far from every month that a run could have. */
const MONTH = "date '2999-01-01'";
const APPEND = `select batch.append('doctor', 0, ${MONTH}, gen_random_uuid(), 'doctor', gen_random_uuid(), null, array['RunStarted'], array[null]::int[], array['{}'::jsonb])`;

const granting =
  (rights: string) =>
  (role: string): Said =>
    tell('MEND_BY', { statement: `grant ${rights} to ${role};` });

/** What a run does to the database, in its order. */
const STEPS: readonly Step[] = [
  ...READ.map(({ table, columns }) => ({
    what: tell('STEP_READ', { table }),
    sql: `select ${Object.keys(columns).join(', ')} from public.${table} limit 1`,
    mend: granting(`select on public.${table}`),
  })),
  {
    what: tell('STEP_INSERT', { table: PLACE }),
    sql: `insert into ${PLACE} (${COLUMNS.map(([name]) => name).join(', ')}) overriding system value values (${ROW})`,
    mend: granting(`select, insert, update on ${PLACE}`),
  },
  {
    what: tell('STEP_REPLACE', { table: PLACE }),
    sql: `update ${PLACE} set outputs = '{}', updated_at = now() where id = -1`,
    mend: granting(`select, insert, update on ${PLACE}`),
  },
  {
    what: tell('STEP_APPEND'),
    sql: APPEND,
    mend: (role) => tell('KEEP_RIGHT_TO_MAKE', { command: asTyped(`migrate --service-role ${role}`) }),
  },
  {
    what: tell('STEP_CHUNK'),
    sql: `with run as (select gen_random_uuid() as id), work as (
        insert into batch.chunk_work (run_id, chunk, run_month, user_ids) select id, 0, ${MONTH}, '{}' from run)
      insert into batch.chunk_view (run_id, chunk, roster) select id, 0, 0 from run`,
    mend: (role) => tell('MIGRATE_FOR_ROLE', { command: asTyped(`migrate --service-role ${role}`) }),
  },
  {
    what: tell('STEP_LISTEN'),
    sql: 'listen batch_changed',
    mend: () => tell('CONNECT_TO_PRIMARY'),
  },
];

/**
 * Does what a run does to the database, in a transaction that is rolled back: rights, triggers, constraints and row security are met as the run would meet
 * them. Takes no id of the interventions' sequence and waits for no other transaction longer than a second.
 */
export async function judgeTrial(pool: Pool): Promise<CheckResult> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query("begin; set local lock_timeout = '1s'; set local statement_timeout = '10s'");
    for (const step of STEPS) {
      const refusal = await tried(client, step);
      if (refusal !== undefined) return refusal;
    }
    return ok(tell('TRIAL_PASSED'));
  } finally {
    await client.query('rollback').catch(() => (broken = true));
    client.release(broken);
  }
}

async function tried(client: PoolClient, { what, sql, mend }: Step): Promise<CheckResult | undefined> {
  await client.query('savepoint step');
  try {
    await client.query(sql);
    await client.query('release savepoint step');
    return undefined;
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code === LOCK_NOT_AVAILABLE) throw error; // no right is missing where another holds a table
    await client.query('rollback to savepoint step');
    const { rows } = await client.query<{ role: string }>('select quote_ident(current_user) as role');
    return problem(tell('TRIAL_REFUSED', { step: what, code: codeOf(error), where: whereOf(error) }), mend(rows[0]?.role ?? 'batch'));
  }
}

/** The names that PostgreSQL gives with an error; never its text, which may quote a row. */
function whereOf({ table, column, constraint }: DatabaseError): string {
  const named = [table, column, constraint].filter((name) => name !== undefined);
  return named.length === 0 ? '' : `, ${named.join(', ')}`;
}
