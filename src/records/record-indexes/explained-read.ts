import type pg from 'pg';
import { DAILY } from '../../domain/programs/daily/program.js';
import { IBSAFE } from '../ibsafe-names.js';
import { NO_LOW_DAYS } from '../low-day-sql.js';
import { patientsQuery } from '../patients-query.js';

/** Some users in a row of a roster, and the day whose records a run would read of them. */
export interface SampleChunk {
  readonly userIds: readonly number[];
  readonly recordDate: string;
  /** Of interventions that a run would look for. */
  readonly gubun: string;
}

/** What PostgreSQL says it took to read a chunk. */
export interface ExplainedRead {
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
export async function explainRead(db: Pick<pg.ClientBase, 'query'>, chunk: SampleChunk, foodRecords: string): Promise<ExplainedRead> {
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
