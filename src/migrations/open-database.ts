import { join } from 'node:path';
import type { Config } from '../config/config.js';
import { withClient } from '../database/connect.js';
import { migrate } from './migrate.js';
import { keepUp, type KeptUp } from '../embedded-postgres/keep-up.js';
import { startEmbeddedPostgres } from '../embedded-postgres/supervisor.js';
import { refuseUnfit } from './refuse-unfit.js';

/** The database that a command or a service works on. */
export interface OpenDatabase {
  readonly url: string;
  /** Whether it is our own embedded one, on which IBSafe's tables and demo patients may be made. */
  readonly embedded: boolean;
  /** Whether the server was running before: then its starter ends it. */
  readonly adopted: boolean;
  /** Ends the embedded server; does nothing to a database of yours. */
  stop(): Promise<void>;
  /** Starts the embedded server again wherever it ends without an order; does nothing for a database of yours. @returns what ends that */
  keepUp(told: KeptUp): () => void;
}

const DATABASE = 'ibsafe';

/**
 * Opens the configured database, or the embedded one under the data folder, and brings schema `batch` up to date. @param log told in a sentence what was
 * done @throws DatabaseRefused for one of yours that cannot be worked on, as it is found
 */
export async function openDatabase(config: Config, log: (line: string) => void = () => undefined): Promise<OpenDatabase> {
  const database = config.DATABASE_URL === undefined ? await openEmbedded(config, log) : await openYours(config.DATABASE_URL);
  await migrate(database.url, { ibsafeTables: database.embedded, onWait: log });
  return database;
}

async function openYours(url: string): Promise<OpenDatabase> {
  await withClient({ url, name: 'start' }, refuseUnfit);
  return { url, embedded: false, adopted: true, stop: () => Promise.resolve(), keepUp: () => () => undefined };
}

async function openEmbedded(config: Config, log: (line: string) => void): Promise<OpenDatabase> {
  const dataDir = join(config.DATA_DIR, 'postgres');
  const server = await startEmbeddedPostgres({ dataDir, log });
  // They say of TLS what PGSSLMODE would else say: it is meant for another server.
  const [own, main] = [`${server.url(DATABASE)}?sslmode=disable`, `${server.url()}?sslmode=disable`];
  await createDatabase(main);
  return {
    url: own,
    embedded: true,
    adopted: server.adopted,
    stop: () => server.stop(),
    keepUp: (told) => keepUp({ dataDir, port: server.port }, told),
  };
}

async function createDatabase(url: string): Promise<void> {
  await withClient({ url, name: 'start' }, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`).catch(unlessMade);
  });
}

/** Another process may have been faster. */
function unlessMade(error: unknown): void {
  if (!['42P04', '23505'].includes(String((error as { code?: unknown }).code))) throw error;
}
