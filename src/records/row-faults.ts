import type pg from 'pg';
import { IBSAFE } from './ibsafe-names.js';
import type { INTERVENTION_COLUMNS } from './intervention-rows.js';
import { requireRoom } from './narrow-columns.js';

const [MISSING_VALUE, BROKEN_RULE, TOO_LONG, TOO_GREAT] = ['23502', '23514', '22001', '22003'];
const INTERVENTIONS = IBSAFE.interventions.replace('public.', '');
/** Columns that a row of ours always fills: empty they are by a trigger of the app's, in one row perhaps. The others may be empty in IBSafe's table, and are in most rows. */
const FILLED: ReadonlySet<string> = new Set<(typeof INTERVENTION_COLUMNS)[number]>([
  'id', 'user_id', 'gubun', 'record_date', 'target_date', 'diet_evaluation', 'exercise_evaluation', 'processing_time', 'created_at', 'updated_at',
]); // prettier-ignore
const IS_PART = `select exists (select from pg_partition_tree('${IBSAFE.interventions}')
  where relid = to_regclass(format('%I.%I', $1::text, $2::text))) as "isPart"`;

/** What lies in rows: data exceptions, violated constraints, keys that became the same, what a trigger of the app changes or raises, and a row that is too large. */
const OF_ROWS = /^(21000|22...|23...|27000|P0...|54000)$/;

/** What pg tells of an error of PostgreSQL's. */
type Told = Partial<Record<'code' | 'schema' | 'table' | 'column' | 'constraint', unknown>>;

/**
 * Takes back what was sent since a savepoint, where the fault lies in a row.
 * @throws the error itself where the fault lies in the table, the connection or the server: it would be the same for each row
 */
export async function takeBack(client: pg.ClientBase, savepoint: string, error: unknown): Promise<void> {
  const { code, schema, table } = error as Told;
  if (typeof code !== 'string' || !OF_ROWS.test(code)) throw error;
  const isOfShape = liesInShape(error as Told);
  if (isOfShape && table === INTERVENTIONS) throw error;
  await client.query(`rollback to savepoint ${savepoint}`);
  if (code === TOO_LONG || code === TOO_GREAT) await requireRoom(client);
  // PostgreSQL names the partition that a row was on its way to. Another table is one that a trigger of the app writes to, for this row perhaps alone.
  if (isOfShape && (await client.query<{ isPart: boolean }>(IS_PART, [schema, table])).rows[0]?.isPart === true) throw error;
}

/** Whether a table asks of rows what none of ours has: a value in a column that is not ours, or a partition that is missing. */
function liesInShape({ code, table, column, constraint }: Told): boolean {
  if (table === undefined) return false;
  return code === MISSING_VALUE ? !FILLED.has(String(column)) : code === BROKEN_RULE && constraint === undefined;
}
