import type { Pool } from 'pg';
import { ok, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';
import { WRITTEN } from './ibsafe-columns.js';

const SEQUENCE = `select s.name, quote_ident(current_user) as role, pg_sequence_last_value(s.name::regclass)::text as last,
    (select max(id)::text from public.${WRITTEN.table}) as greatest
  from (select pg_get_serial_sequence('public.${WRITTEN.table}', 'id') as name offset 0) s where s.name is not null`;

/** Whether the sequence is past the ids that are there: a restore of the rows alone, or rows with ids of their own, leave it behind. */
export async function judgeIds(pool: Pool): Promise<CheckResult> {
  const { rows } = await pool.query<{ name: string; last: string | null; greatest: string | null }>(SEQUENCE);
  const [row] = rows;
  const { table } = WRITTEN;
  if (row === undefined) return warning(tell('SEQUENCE_NONE', { table }), tell('GIVE_SEQUENCE'));
  const { name, greatest } = row;
  const last = row.last ?? tell('ITS_BEGINNING');
  if (greatest === null || (row.last !== null && BigInt(row.last) >= BigInt(greatest))) return ok(tell('SEQUENCE_AT', { name, last }));
  const statement = `select setval('${name}', (select max(id) from public.${table}));`;
  return warning(tell('SEQUENCE_BEHIND', { name, last, table, greatest }), tell('MOVE_SEQUENCE', { statement }));
}
