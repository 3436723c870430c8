import type { Pool } from 'pg';
import { ok, warning, type Verdict } from './finding.js';

const TABLE = 'django_celery_beat_periodictask';

const THERE = `select has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') as readable, quote_ident(current_user) as role
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relname = '${TABLE}'`;

// A backslash: the underscore stands for any letter.
const PATTERN = String.raw`batch\_intervention\_%`;
const ENABLED = `select name from public.${TABLE} where enabled and name like '${PATTERN}' order by name`;

/** Whether the batch that this service replaces is switched off. Left on, it deletes the rows that are written here, each night. */
export async function judgeOldBatch(pool: Pool): Promise<Verdict> {
  const { rows: there } = await pool.query<{ readable: boolean; role: string }>(THERE);
  const [table] = there;
  if (table === undefined) return ok('the app has no periodic tasks in this database');
  if (!table.readable)
    return warning(
      `public.${TABLE} cannot be read: whether the old batch is still on is not known`,
      `As its owner: grant select on public.${TABLE} to ${table.role}; or see in Django's admin that no task ${PATTERN.replaceAll('\\', '')} is enabled.`,
    );
  const { rows } = await pool.query<{ name: string }>(ENABLED);
  if (rows.length === 0) return ok('no periodic task of the old batch is enabled');
  const names = rows.slice(0, 3).map(({ name }) => name).join(', '); // prettier-ignore
  return warning(
    `${rows.length} periodic tasks of the old batch are enabled (${names}): it deletes the rows that this service writes`,
    `Switch them off in Django's admin, or by: update public.${TABLE} set enabled = false where name like '${PATTERN}'; update public.${TABLE}s set last_update = now();`,
  );
}
