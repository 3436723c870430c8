import { dirname, join } from 'node:path';
import type { Config } from '../../config/config.js';
import { parseAddress } from '../../database/address.js';
import { placedAt } from '../../embedded-postgres/data-place.js';

/** Where the data is, for people: never the user or the password that an address holds. */
export function databasePlace({ DATABASE_URL: url, DATA_DIR: dataDir }: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>): string {
  if (url === undefined) return `embedded PostgreSQL in ${placeOf(dataDir)}`;
  try {
    const { host = 'localhost', port, database } = parseAddress(url);
    const place = host.includes(':') ? `[${host}]` : host;
    return `PostgreSQL at ${place}${port === undefined ? '' : `:${port}`}${database === undefined ? '' : `/${database}`}`;
  } catch {
    return 'PostgreSQL at DATABASE_URL';
  }
}

// Where root's data folder is closed to the server's user, the database is elsewhere, and who looks after it must know where.
function placeOf(dataDir: string): string {
  const placed = placedAt(join(dataDir, 'postgres'));
  return placed === undefined ? dataDir : `${dirname(placed)}, for ${dataDir}`;
}
