import { withDatabase } from './command-database.js';
import type { Shell } from '../shell/shell.js';

/** Gives the address of the database that IBSafe's tables are in. One of yours is left as it is: nothing is migrated for a look at those tables. */
export function withTables<T>(shell: Pick<Shell, 'config'>, work: (url: string) => Promise<T>): Promise<T> {
  const { DATABASE_URL: url } = shell.config;
  return url === undefined ? withDatabase(shell, 'existing', (database) => work(database.url)) : work(url);
}
