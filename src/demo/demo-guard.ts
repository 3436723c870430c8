import type { ClientBase } from 'pg';
import { DEMO_USERNAME } from './demo-account.js';
import { readDemoMark, sameDemo, type DemoMark } from './demo-mark.js';
import { DemoRefused } from './demo-refused.js';

/**
 * Decides whether the demo of a mark may be loaded. Returns null when the way is free, and the mark found when this very demo is there
 * already. Throws `DemoRefused` for everything else. `tables` are all those the demo would fill, in schema `public`.
 */
export async function admitDemo(client: ClientBase, wanted: DemoMark, tables: readonly string[]): Promise<DemoMark | null> {
  await requireTables(client, tables);
  const present = await usersPresent(client);
  const found = await readDemoMark(client);
  if (found !== null && sameDemo(found, wanted) && present.demo === wanted.users) return found;
  if (present.real > 0) {
    throw new DemoRefused(
      'REAL_USERS',
      `auth_user holds users that the demo did not make: ${present.real}; demo patients are loaded only into an empty database of their own`,
    );
  }
  if (present.demo > 0) throw new DemoRefused('OTHER_DEMO', otherDemo(found, present.demo));
  return null;
}

/** Throws `DemoRefused` unless every table is empty. To be asked with the tables locked, so that nothing can be written after the answer. */
export async function requireEmpty(client: ClientBase, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    tables.map((name) => `select '${name}' as name where exists (select from public.${name})`).join(' union all '),
  );
  if (rows.length === 0) return;
  const names = rows.map(({ name }) => name).join(', ');
  throw new DemoRefused('NOT_EMPTY', `the demo is loaded only into empty tables; these hold rows: ${names}. Use a database of its own`);
}

async function requireTables(client: ClientBase, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select name from unnest($1::text[]) as name where to_regclass('public.' || name) is null`,
    [tables],
  );
  if (rows.length === 0) return;
  const names = rows.map(({ name }) => name).join(', ');
  throw new DemoRefused(
    'TABLES_MISSING',
    `IBSafe's tables are needed before its demo patients; missing: ${names}. Migrate the database first`,
  );
}

async function usersPresent(client: ClientBase): Promise<{ demo: number; real: number }> {
  const { rows } = await client.query<{ demo: number; real: number }>(
    `select count(*) filter (where username ~ $1)::int as demo, count(*) filter (where username !~ $1)::int as real from public.auth_user`,
    [DEMO_USERNAME],
  );
  return rows[0] ?? { demo: 0, real: 0 };
}

function otherDemo(found: DemoMark | null, users: number): string {
  const what =
    found === null
      ? `${users} demo patients of unknown parameters`
      : `a demo of ${found.users} users, ${found.days} days until ${found.until}, seed ${found.seed}`;
  return `the database already holds ${what}; for another demo use a new data folder (or a new database)`;
}
