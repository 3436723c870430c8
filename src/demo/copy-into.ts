import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

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
