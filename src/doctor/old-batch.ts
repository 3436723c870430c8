import type { Pool } from 'pg';
import { ok, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

const TABLE = 'django_celery_beat_periodictask';

const THERE = `select has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') as readable, quote_ident(current_user) as role
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relname = '${TABLE}'`;

// A backslash: the underscore stands for any letter.
const PATTERN = String.raw`batch\_intervention\_%`;
const ENABLED = `select name from public.${TABLE} where enabled and name like '${PATTERN}' order by name`;

/** Whether the batch that this service replaces is switched off. Left on, it deletes the rows that are written here, each night. */
export async function judgeOldBatch(pool: Pool): Promise<CheckResult> {
  const { rows: there } = await pool.query<{ readable: boolean; role: string }>(THERE);
  const [table] = there;
  if (table === undefined) return ok(tell('OLD_BATCH_ABSENT'));
  if (!table.readable)
    return warning(
      tell('OLD_BATCH_UNREADABLE', { table: TABLE }),
      tell('LET_OLD_BATCH_BE_READ', { table: TABLE, role: table.role, tasks: PATTERN.replaceAll('\\', '') }),
    );
  const { rows } = await pool.query<{ name: string }>(ENABLED);
  if (rows.length === 0) return ok(tell('OLD_BATCH_OFF'));
  const names = rows.slice(0, 3).map(({ name }) => name);
  return warning(tell('OLD_BATCH_ON', { count: rows.length, names }), tell('SWITCH_OLD_BATCH_OFF', { table: TABLE, pattern: PATTERN }));
}
