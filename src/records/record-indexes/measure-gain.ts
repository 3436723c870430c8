import type pg from 'pg';
import type { Client } from 'pg';
import { withClient } from '../../database/connect.js';
import { IBSAFE, isOpen } from '../ibsafe-names.js';
import { columnsSql, FOOD_RECORD_INDEX } from './wanted-indexes.js';
import { DAILY } from '../../domain/programs/daily/program.js';
import { NO_LOW_DAYS, patientsQuery } from '../patients-query.js';

/** Some users in a row of a roster, and the day whose records a run would read of them. */
interface SampleChunk {
  readonly userIds: readonly number[];
  readonly recordDate: string;
  /** Of interventions that a run would look for. */
  readonly gubun: string;
}

/** What PostgreSQL says it took to read a chunk. */
interface ExplainedRead {
  /** ms in the server, the middle of three readings after a first that warmed its memory. */
  readonly ms: number;
  /** The first reading: what was not in memory came from disk. */
  readonly firstMs: number;
  /** Blocks (8 kB) of food records and their indexes that were looked at. */
  readonly blocks: number;
}

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
  readonly [figure: string]: unknown;
}

interface Plan {
  readonly Plan: PlanNode;
  readonly 'Execution Time': number;
}

const BLOCKS = ['Shared Hit Blocks', 'Shared Read Blocks', 'Local Hit Blocks', 'Local Read Blocks'];
const READINGS = 3;

/** Reads a chunk as a run does, several times, and gives PostgreSQL's own account of it. `foodRecords` is the table, qualified: IBSafe's or a copy. */
async function explainRead(db: Pick<pg.ClientBase, 'query'>, chunk: SampleChunk, foodRecords: string): Promise<ExplainedRead> {
  const first = await explain(db, chunk, foodRecords);
  const times: number[] = [];
  let last = first;
  for (let reading = 0; reading < READINGS; reading += 1) {
    last = await explain(db, chunk, foodRecords);
    times.push(last['Execution Time']);
  }
  const ms = times.toSorted((a, b) => a - b)[Math.floor(READINGS / 2)] ?? first['Execution Time'];
  return { ms, firstMs: first['Execution Time'], blocks: blocksOf(last.Plan, foodRecords.split('.')[1] ?? '') };
}

async function explain(db: Pick<pg.ClientBase, 'query'>, { userIds, recordDate, gubun }: SampleChunk, foodRecords: string): Promise<Plan> {
  // Without `timing off` asking the clock for each row would take longer than reading it.
  const text = `explain (analyze, buffers, timing off, format json) ${patientsQuery(DAILY.reads, false, { ...IBSAFE, foodRecords }, NO_LOW_DAYS)}`;
  const { rows } = await db.query<{ 'QUERY PLAN': [Plan] }>(text, [userIds, recordDate, gubun, userIds[0], userIds.at(-1)]);
  return (rows[0] as { 'QUERY PLAN': [Plan] })['QUERY PLAN'][0];
}

function blocksOf(node: PlanNode, table: string): number {
  if (node['Relation Name'] === table) return BLOCKS.reduce((sum, name) => sum + Number(node[name] ?? 0), 0); // of what is below it too
  return (node.Plans ?? []).reduce((sum, child) => sum + blocksOf(child, table), 0);
}

/** What the index on food records changes for a run, measured on a chunk from the middle of the roster. */
export interface Gain {
  /** Users on the roster, and of them those in the chunk that was read. */
  readonly roster: number;
  readonly users: number;
  readonly recordDate: string;
  /** The read as the database is. */
  readonly now: ExplainedRead;
  /** The same read over a copy of these users' food records that has the index; null where the role may make no temporary table. */
  readonly withIndex: ExplainedRead | null;
}

/** What is measured: a chunk of so many users, on a day that has records. */
export interface GainQuestion {
  readonly chunkSize: number;
  readonly recordDate: string;
  readonly gubun: string;
}

const { table, include } = FOOD_RECORD_INDEX;
/** Most users that are read: the copy of their whole history is to take a second or two, as followers of the log wait while it is written. */
const MAX_USERS = 1_000;
const READ_COLUMNS = 'user_id, record_date, food_id, meal_type, amount';
const REFUSED = new Set(['42501', '25006']); // no right to make temporary tables; a standby

/** Measures the gain on a connection of its own. Nothing stays behind. @returns null when the roster is empty */
export async function measureGain(url: string, question: GainQuestion): Promise<Gain | null> {
  // The copy goes with the connection.
  return withClient({ url, name: 'index check' }, async (client) => {
    // Before its first temporary table: the copy is to be read from memory, as a table in use is.
    await client.query(`set temp_buffers = '64MB'`);
    const { roster, userIds } = await middleOfRoster(client, Math.min(question.chunkSize, MAX_USERS));
    if (userIds.length === 0) return null;
    const chunk: SampleChunk = { userIds, recordDate: question.recordDate, gubun: question.gubun };
    const now = await explainRead(client, chunk, IBSAFE.foodRecords);
    return { roster, users: userIds.length, recordDate: question.recordDate, now, withIndex: await explainCopy(client, chunk) };
  });
}

async function middleOfRoster(client: Client, size: number): Promise<{ roster: number; userIds: number[] }> {
  const patients = `from ${IBSAFE.users} u where ${isOpen('u')}`;
  const { rows: counted } = await client.query<{ roster: number }>(`select count(*)::int as roster ${patients}`);
  const roster = counted[0]?.roster ?? 0;
  const text = `select id ${patients} order by id offset $1 limit $2`;
  const { rows } = await client.query<{ id: number }>(text, [Math.max(0, Math.floor((roster - size) / 2)), size]);
  return { roster, userIds: rows.map(({ id }) => id) };
}

async function explainCopy(client: Client, chunk: SampleChunk): Promise<ExplainedRead | null> {
  try {
    await client.query(
      `create temporary table pg_temp.${table} (user_id int, record_date date, food_id bigint, meal_type varchar(20), amount numeric(8,2))`,
    );
  } catch (error) {
    if (REFUSED.has(String((error as { code?: unknown }).code))) return null;
    throw error;
  }
  const [first, last] = [chunk.userIds[0], chunk.userIds.at(-1)];
  const copy = `insert into pg_temp.${table} (${READ_COLUMNS}) select ${READ_COLUMNS} from ${IBSAFE.foodRecords} where user_id between $1 and $2`;
  await client.query(copy, [first, last]);
  await client.query(`create index on pg_temp.${table} ${columnsSql(include)}`);
  await client.query(`vacuum analyze pg_temp.${table}`);
  return explainRead(client, chunk, `pg_temp.${table}`);
}
