import type { Config } from '../config.js';

/** Where the data is, for people: never the user or the password that an address holds. */
export function databasePlace({ DATABASE_URL: url, DATA_DIR: dataDir }: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>): string {
  if (url === undefined) return `embedded PostgreSQL in ${dataDir}`;
  try {
    const { host, pathname } = new URL(url);
    return `PostgreSQL at ${host}${pathname}`;
  } catch {
    return 'PostgreSQL at DATABASE_URL'; // libpq's forms are wider than a URL's
  }
}
