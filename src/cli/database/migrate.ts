import { withClient } from '../../database/connect.js';
import { withDatabase } from './command-database.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';

/** Brings schema `batch` up to date, as every start does, and lists what has been applied. */
export async function migrate(shell: Shell): Promise<ExitCode> {
  return withDatabase(shell, 'any', async ({ url, embedded }) => {
    const migrations = await appliedMigrations(url); // opening the database applied what was missing
    shell.print(`Schema batch is up to date${embedded ? ' (embedded database)' : ''}: ${migrations.length} migrations`);
    for (const { name, appliedAt } of migrations) shell.print(`  ${name.padEnd(24)} ${appliedAt.toISOString()}`);
    shell.printJson({ migrations });
    return EXIT.done;
  });
}

async function appliedMigrations(url: string): Promise<{ name: string; appliedAt: Date }[]> {
  const text = 'select name, executed_at as "appliedAt" from batch.migration order by id';
  const found = await withClient({ url, name: 'migrate' }, (client) => client.query<{ name: string; appliedAt: Date }>(text));
  return found.rows;
}
