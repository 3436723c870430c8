import { withClient } from '../../database/connect.js';
import { addServiceRole } from '../../migrations/migrate.js';
import { withDatabase } from './command-database.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';

/** Options of `migrate`. */
export interface MigrateOptions {
  /** Roles of the service that do not own the schema. */
  readonly serviceRole?: readonly string[];
}

/** Brings schema `batch` up to date, as every start does, gives roles of the service their rights on it, and lists what has been applied. */
export async function migrate(shell: Shell, { serviceRole = [] }: MigrateOptions = {}): Promise<ExitCode> {
  return withDatabase(shell, 'any', async ({ url, embedded }) => {
    for (const role of serviceRole) await addServiceRole(url, role);
    const migrations = await appliedMigrations(url); // opening the database applied what was missing
    shell.print(embedded ? say('migratedEmbedded', { count: migrations.length }) : say('migrated', { count: migrations.length }));
    for (const { name, appliedAt } of migrations) shell.print(`  ${name.padEnd(24)} ${appliedAt.toISOString()}`);
    for (const role of serviceRole) shell.print(say('serviceRole', { role }));
    shell.printJson({ migrations });
    return EXIT.done;
  });
}

async function appliedMigrations(url: string): Promise<{ name: string; appliedAt: Date }[]> {
  const text = 'select name, executed_at as "appliedAt" from batch.migration order by id';
  const found = await withClient({ url, name: 'migrate' }, (client) => client.query<{ name: string; appliedAt: Date }>(text));
  return found.rows;
}
