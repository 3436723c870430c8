import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { asTyped } from '../as-typed.js';
import { codeOf } from '../error-code.js';
import { ok, problem, type Verdict } from './finding.js';
import { READ, WRITTEN, type ColumnType } from './ibsafe-columns.js';

/** One thing that a run does, as it is tried. */
interface Step {
  readonly what: string;
  readonly sql: string;
  /** What mends it where the database refuses: the statement, or where to look. `{role}` is the service's account. */
  readonly mend: string;
}

/** A value of each type, for a row that nobody ever sees. */
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

/** What a run does to the database, in its order. */
const STEPS: readonly Step[] = [
  ...READ.map(({ table, columns }) => ({
    what: `read public.${table}`,
    sql: `select ${Object.keys(columns).join(', ')} from public.${table} limit 1`,
    mend: `grant select on public.${table} to {role};`,
  })),
  {
    what: `insert into ${PLACE}`,
    sql: `insert into ${PLACE} (${COLUMNS.map(([name]) => name).join(', ')}) overriding system value values (${ROW})`,
    mend: `grant select, insert, update on ${PLACE} to {role};`,
  },
  {
    what: `replace a row of ${PLACE}`,
    sql: `update ${PLACE} set outputs = '{}', updated_at = now() where id = -1`,
    mend: `grant select, insert, update on ${PLACE} to {role};`,
  },
  {
    what: 'make the partition of a month and append an event',
    sql: APPEND,
    mend: `Let the owner of schema batch keep its right to make tables there (grant create on schema batch); or as a role that may act as that owner: ${asTyped('migrate --service-role {role}')}`,
  },
  {
    what: 'plan, claim and finish a chunk',
    sql: `with run as (select gen_random_uuid() as id), work as (
        insert into batch.chunk_work (run_id, chunk, run_month, user_ids) select id, 0, ${MONTH}, '{}' from run)
      insert into batch.chunk_view (run_id, chunk, after_user_id, through_user_id, roster) select id, 0, 0, 0, 0 from run`,
    mend: `As a role that may act as the owner of schema batch: ${asTyped('migrate --service-role {role}')}`,
  },
  {
    what: 'hear of changes',
    sql: 'listen batch_changed',
    mend: 'Connect to a primary server, past a pooler in transaction mode.',
  },
];

/**
 * Does what a run does to the database, in a transaction that is rolled back: rights, triggers, constraints and row security are met as the run would meet
 * them. Takes no id of the interventions' sequence and waits for nobody longer than a second.
 */
export async function judgeTrial(pool: Pool): Promise<Verdict> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query("begin; set local lock_timeout = '1s'; set local statement_timeout = '10s'");
    for (const step of STEPS) {
      const refusal = await tried(client, step);
      if (refusal !== undefined) return refusal;
    }
    return ok('the database let a run be planned, written and recorded; all of it was rolled back');
  } finally {
    await client.query('rollback').catch(() => (broken = true));
    client.release(broken);
  }
}

async function tried(client: PoolClient, { what, sql, mend }: Step): Promise<Verdict | undefined> {
  await client.query('savepoint step');
  try {
    await client.query(sql);
    await client.query('release savepoint step');
    return undefined;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    await client.query('rollback to savepoint step');
    const { rows } = await client.query<{ role: string }>('select quote_ident(current_user) as role');
    return problem(`a run could not ${what} (${codeOf(error)}${whereOf(error)})`, mend.replaceAll('{role}', rows[0]?.role ?? 'batch'));
  }
}

/** The names that PostgreSQL gives with an error; never its text, which may quote a row. */
function whereOf({ table, column, constraint }: DatabaseError): string {
  const named = [table, column, constraint].filter((name) => name !== undefined);
  return named.length === 0 ? '' : `, ${named.join(', ')}`;
}
