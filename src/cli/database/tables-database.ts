import { withDatabase } from './command-database.js';
import { endsWhenAsked } from '../shell/interruption.js';
import type { Shell } from '../shell/shell.js';

/** Gives the address of the database that IBSafe's tables are in. One of yours is left as it is: nothing is migrated for a look at those tables. */
export function withTables<T>(shell: Pick<Shell, 'config' | 'signal'>, work: (url: string) => Promise<T>): Promise<T> {
  const { DATABASE_URL: url, BATCH_GRACE_MS: graceMs } = shell.config;
  if (url === undefined) return withDatabase(shell, 'existing', (database) => work(database.url));
  return endsWhenAsked(shell.signal, graceMs, work(url));
}
