import type { Pool } from 'pg';
import { ok, warning, type Verdict } from './finding.js';
import { WRITTEN } from './ibsafe-columns.js';

const SEQUENCE = `select s.name, quote_ident(current_user) as role, pg_sequence_last_value(s.name::regclass)::text as last,
    (select max(id)::text from public.${WRITTEN.table}) as greatest
  from (select pg_get_serial_sequence('public.${WRITTEN.table}', 'id') as name offset 0) s where s.name is not null`;

/** Whether the sequence is past the ids that are there: a restore of the rows alone, or rows with ids of their own, leave it behind. */
export async function judgeIds(pool: Pool): Promise<Verdict> {
  const { rows } = await pool.query<{ name: string; last: string | null; greatest: string | null }>(SEQUENCE);
  const [row] = rows;
  if (row === undefined) return warning(`${WRITTEN.table}.id takes its values from no sequence`, 'Give it one, as its migrations do.');
  const { name, last, greatest } = row;
  if (greatest === null || (last !== null && BigInt(last) >= BigInt(greatest))) return ok(`${name} is at ${last ?? 'its beginning'}`);
  const statement = `select setval('${name}', (select max(id) from public.${WRITTEN.table}));`;
  return warning(
    `${name} is at ${last ?? 'its beginning'}, and ${WRITTEN.table} has ids up to ${greatest}: free ids are taken and the sequence moves on with the next run; the app's rows are refused until then`,
    `As the table's owner: ${statement}`,
  );
}
