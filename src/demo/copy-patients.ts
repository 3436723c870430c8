import type { ClientBase } from 'pg';
import { finished } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { DemoPlan } from './demo-plan.js';
import { DEMO_TABLES } from './demo-tables.js';
import { demoUser } from './demo-user.js';

/**
 * Days of records that are held in memory at once, over all patients of a block: two megabytes of text, whether a demo has a million
 * patients or a long history.
 */
const DAYS_IN_A_BLOCK = 7_000;

/**
 * Copies patients 1 to `users` with their records, block by block: a block is made, then copied table by table, and PostgreSQL has taken it
 * before the next is made. Row ids count from 1 in each table. `onProgress` hears of every block but the last, since a load is done only when
 * the keys are back too. Returns the rows copied, by table.
 */
export async function copyPatients(
  client: ClientBase,
  plan: DemoPlan,
  { users, onProgress }: { users: number; onProgress?: ((done: number, total: number) => void) | undefined },
): Promise<Record<string, number>> {
  const tables = DEMO_TABLES.map((table) => ({ ...table, rowCount: 0, text: '' }));
  const blockSize = Math.max(1, Math.floor(DAYS_IN_A_BLOCK / plan.days.length));
  for (let done = 0; done < users;) {
    const end = Math.min(done + blockSize, users);
    for (let userNumber = done + 1; userNumber <= end; userNumber++) {
      const user = demoUser(plan, userNumber);
      for (const table of tables) table.text += table.rows(user, () => ++table.rowCount);
    }
    for (const table of tables) {
      await copyInto(client, table, table.text);
      table.text = '';
    }
    done = end;
    if (done < users) onProgress?.(done, users);
  }
  return Object.fromEntries(tables.map(({ name, rowCount }) => [name, rowCount]));
}

/**
 * Copies rows in COPY's text format into a table of schema `public` and waits until PostgreSQL has them. The table must have been truncated in
 * the same transaction: rows are stored frozen,
 * as a vacuum would leave them, so that index-only scans work from the first query on.
 */
export async function copyInto(client: ClientBase, table: { name: string; columns: string }, rows: string): Promise<void> {
  if (rows === '') return;
  const stream = client.query(copyFrom(`copy public.${table.name} (${table.columns}) from stdin with (freeze)`));
  stream.end(rows);
  await finished(stream);
}
