import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { asTyped } from '../base/as-typed.js';
import type { Said } from '../domain/said.js';
import { codeOf } from '../base/error-code.js';
import { LOCK_NOT_AVAILABLE } from '../database/connect.js';
import { ok, problem, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';
import { LONGEST_TEXT } from '../records/narrow-columns.js';
import { AS_OURSELVES, AS_THE_APP, goneOn } from '../records/foreign-code.js';
import type { ColumnType } from '../records/intervention-types.js';
import { SAYING } from '../records/standing-rows.js';
import { READ, WRITTEN } from '../records/ibsafe-columns.js';

/** One thing that a run does, as it is tried. */
interface Step {
  readonly what: Said;
  readonly sql: string;
  /** Asks whether what it wrote is there, once every constraint and trigger has had its word: those that wait for the commit, too. */
  readonly stands?: string;
  /** What mends it where the database refuses: the statement that gives a right, or where to look. */
  readonly mend: (role: string) => Said;
  /** The table of IBSafe's that it is about. */
  readonly table?: string;
}

/** A value of each type, where a row says nothing. */
const VALUES: Readonly<Record<ColumnType, string>> = {
  int4: 'null', int8: '-1', bool: 'false', date: "date '0001-01-01'", timestamptz: 'now()', float8: 'null', jsonb: 'null', numeric: 'null', text: 'null',
}; // prettier-ignore

/** A row such as a run writes: of today, of which no run has written yet, and with texts as long as the longest. */
const LONG = `repeat('\uac00', ${LONGEST_TEXT})`;
const USER = 'coalesce((select min(id) from public.auth_user), 0)';
const GOAL = 'exercise_target';
const GOALS = 6_000;
const WRITES: Readonly<Record<string, string>> = {
  user_id: USER, gubun: "'all'", record_date: 'current_date', target_date: 'current_date + 1', diet_evaluation: LONG,
  diet_target: '\'{"Breakfast":[],"Lunch":[],"Dinner":[],"Summary":""}\'', exercise_evaluation: LONG, processing_time: '0.1', input_ollama_model: "'RULE'", outputs: "'{}'",
}; // prettier-ignore

const COLUMNS = Object.entries(WRITTEN.columns).map(([name, type]) => ({ name, value: WRITES[name] ?? VALUES[type] }));
const PLACE = `public.${WRITTEN.table}`;
const THERE = `user_id = ${USER} and record_date = current_date and gubun = 'all'`;

/** Such a row, with a figure by which two of them are told apart. It takes the place of one that is there. */
const writing = (goal: number): string => `insert into ${PLACE} (${COLUMNS.map(({ name }) => name).join(', ')}) overriding system value
    values (${COLUMNS.map(({ name, value }) => (name === GOAL ? goal : value)).join(', ')})
  on conflict (user_id, record_date, gubun) do update set ${[...Object.keys(SAYING), 'updated_at'].map((name) => `${name} = excluded.${name}`).join(', ')}`;

/** Whether it is there and says what it said. A trigger of the app may keep the row away, move it or write another text into it, and says nothing. */
const standing = (goal: number): string => `select exists (select from ${PLACE} where ${THERE}
    and ${COLUMNS.filter(({ name }) => name in SAYING)
      .map(({ name, value }) => `${name} is not distinct from ${name === GOAL ? goal : value}`)
      .join(' and ')}) as kept`;

const BRIEFLY = "set local lock_timeout = '1s'; set local statement_timeout = '10s'";

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
    table: `public.${table}`,
    mend: granting(`select on public.${table}`),
  })),
  ...(['STEP_INSERT', 'STEP_REPLACE'] as const).map((what, goal) => ({
    what: tell(what, { table: PLACE }),
    sql: writing(GOALS + goal),
    stands: standing(GOALS + goal),
    table: PLACE,
    mend: granting(`select, insert, update on ${PLACE}`),
  })),
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
    await client.query('begin');
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

async function tried(client: PoolClient, { what, sql, stands, mend, table }: Step): Promise<CheckResult | undefined> {
  // As a run does it: the app's triggers count on the search path of the app.
  await client.query(`savepoint step; ${BRIEFLY}; ${table === undefined ? AS_OURSELVES : AS_THE_APP}`);
  try {
    await client.query(sql);
    if (stands !== undefined) await client.query(`${goneOn(client)}; ${BRIEFLY}; ${AS_THE_APP}`);
    const isKept = stands === undefined || (await isStanding(client, stands));
    await client.query('release savepoint step');
    if (table === undefined || isKept) return undefined;
    return problem(tell('TRIAL_NOT_KEPT', { table }), tell('MEND_RULES', { table }));
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code === LOCK_NOT_AVAILABLE) throw error; // no right is missing where another holds a table
    await client.query('rollback to savepoint step');
    if (error.code === NO_SUCH_ROW && (await isForWantOfUsers(client, error))) return undefined;
    const { rows } = await client.query<{ role: string }>('select quote_ident(current_user) as role');
    const refused = tell('TRIAL_REFUSED', { step: what, code: codeOf(error), where: whereOf(error) });
    if (error.code?.startsWith(SHORT_OF_RESOURCES) === true) return problem(refused, tell('FREE_RESOURCES'));
    const isRight = table === undefined || error.code === NO_RIGHT;
    return problem(refused, isRight ? mend(rows[0]?.role ?? 'batch') : tell('MEND_RULES', { table }));
  }
}

/** PostgreSQL's class of codes for a server without disk, memory or connections: no rule refused the row. */
const SHORT_OF_RESOURCES = '53';

/** The table's keys that ask for the user of a row, and those of its rules that may wait for the commit. */
const RULES = `select conname as name, contype = 'f' and confrelid = 'public.auth_user'::regclass as "asksForUser", condeferrable as "mayWait",
    format('%I.%I', connamespace::regnamespace::text, conname) as qualified
  from pg_constraint where conrelid in (select '${PLACE}'::regclass union all select relid from pg_partition_tree('${PLACE}'))`;

interface Rule {
  readonly name: string;
  readonly qualified: string;
  readonly asksForUser: boolean;
  readonly mayWait: boolean;
}

/** Where there is no user, a row breaks the key that every row of a run keeps: that one is left to wait. */
async function isStanding(client: PoolClient, stands: string): Promise<boolean> {
  const waiting = (await hasUsers(client)) ? 'all' : (await rulesOf(client)).filter((each) => each.mayWait && !each.asksForUser);
  const names = waiting === 'all' ? waiting : waiting.map(({ qualified }) => qualified).join(', ');
  if (names !== '') await client.query(`set constraints ${names} immediate; ${goneOn(client)}; ${BRIEFLY}`);
  return (await client.query<{ kept: boolean }>(stands)).rows[0]?.kept === true;
}

/** Whether a row was refused because there is no user that it could belong to: then no run writes one, and nothing can be said of it. */
async function isForWantOfUsers(client: PoolClient, { constraint }: DatabaseError): Promise<boolean> {
  if (await hasUsers(client)) return false;
  return (await rulesOf(client)).some(({ name, asksForUser }) => asksForUser && name === constraint);
}

async function hasUsers(client: PoolClient): Promise<boolean> {
  return (await client.query('select from public.auth_user limit 1')).rows.length > 0;
}

async function rulesOf(client: PoolClient): Promise<readonly Rule[]> {
  return (await client.query<Rule>(RULES)).rows;
}

const NO_SUCH_ROW = '23503';
const NO_RIGHT = '42501';

/** The names that PostgreSQL gives with an error; never its text, which may quote a row. */
function whereOf({ table, column, constraint }: DatabaseError): string {
  const named = [table, column, constraint].filter((name) => name !== undefined);
  return named.length === 0 ? '' : `, ${named.join(', ')}`;
}
