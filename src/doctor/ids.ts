import type { Pool } from 'pg';
import { statementForIds } from '../records/sequence-for-ids.js';
import { ok, problem, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';
import { WRITTEN } from '../records/ibsafe-columns.js';

const SEQUENCE = `select s.name, pg_sequence_last_value(s.name::regclass)::text as last, (select max(id)::text from public.${WRITTEN.table}) as greatest,
    least(q.seqmax, ${Number.MAX_SAFE_INTEGER})::text as most
  from (select pg_get_serial_sequence('public.${WRITTEN.table}', 'id') as name offset 0) s join pg_sequence q on q.seqrelid = s.name::regclass where s.name is not null`;

/** So many ids must be left: as many as many nights need. */
const LEAST_LEFT = 10_000_000n;

/** Whether the table has a sequence that gives ids, and whether it is past the ids that are there: a restore of the rows alone, or rows with ids of their own, leave it behind. */
export async function judgeIds(pool: Pool): Promise<CheckResult> {
  const { rows } = await pool.query<{ name: string; last: string | null; greatest: string | null; most: string }>(SEQUENCE);
  const [row] = rows;
  const { table } = WRITTEN;
  if (row === undefined) return withoutSequence(pool);
  const { name, greatest, most } = row;
  const last = row.last ?? tell('ITS_BEGINNING');
  const statement = `select setval('${name}', greatest((select max(id) from public.${table}), 1));`;
  if (BigInt(row.last ?? 0) + LEAST_LEFT > BigInt(most))
    return problem(tell('SEQUENCE_ENDS', { name, last, most }), tell('MOVE_SEQUENCE', { statement }));
  if (greatest === null || (row.last !== null && BigInt(row.last) >= BigInt(greatest))) return ok(tell('SEQUENCE_AT', { name, last }));
  return warning(tell('SEQUENCE_BEHIND', { name, last, table, greatest }), tell('MOVE_SEQUENCE', { statement }));
}

/** Without one the service does not start, or its runs pause. */
async function withoutSequence(pool: Pool): Promise<CheckResult> {
  return problem(tell('SEQUENCE_NONE', { table: WRITTEN.table }), tell('MOVE_SEQUENCE', { statement: await statementForIds(pool) }));
}
