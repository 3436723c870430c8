import { asTyped } from '../../base/as-typed.js';
import { openCore, type Core } from '../../runtime/core.js';
import { openDatabase, type OpenDatabase } from '../../migrations/open-database.js';
import { makeDataDir } from './data-dir.js';
import { hasEmbeddedDatabase, noteUse, otherUses, serverRuns, stopUnusedServer } from './embedded-users.js';
import { endsWhenAsked } from '../shell/interruption.js';
import { CommandFailed } from '../shell/exit-code.js';
import { openLogger } from '../service/open-logger.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';

/** What a command needs of its database: `existing` refuses to make an empty one only in order to look into it. */
export type DatabaseNeed = 'existing' | 'any';

/**
 * Gives a command its database: yours, that of the service which runs on the data folder, or else an embedded server for the time of the
 * command. A server that was there before is left running, and so is one that a service or another command has come to use meanwhile.
 * Work that goes on when the process is asked to end has `BATCH_GRACE_MS` for it.
 * @throws CommandFailed where there is no database to look into; Interrupted
 */
export async function withDatabase<T>(
  { config, signal }: Pick<Shell, 'config' | 'signal'>,
  need: DatabaseNeed,
  work: (database: OpenDatabase) => Promise<T>,
): Promise<T> {
  const opened = async (): Promise<T> => work(await openDatabase(config));
  const inTime = (): Promise<T> => endsWhenAsked(signal, config.BATCH_GRACE_MS, opened());
  if (config.DATABASE_URL !== undefined) return inTime();
  if (need === 'existing' && !hasEmbeddedDatabase(config.DATA_DIR)) {
    throw new CommandFailed(say('noDatabaseYet', { folder: config.DATA_DIR, start: asTyped('start') }));
  }
  makeDataDir(config.DATA_DIR);
  // One that runs and that no command uses belongs to a service, or was left behind. One that commands share is for the last of them to stop.
  const isAnothers = serverRuns(config.DATA_DIR) && otherUses(config.DATA_DIR) === 0;
  const forget = noteUse(config.DATA_DIR);
  try {
    return await inTime();
  } finally {
    forget();
    if (!isAnothers) await stopUnusedServer(config.DATA_DIR);
  }
}

/** Like `withDatabase`, with everything connected and wake-ups arriving. */
export function withCore<T>(shell: Pick<Shell, 'config' | 'signal'>, need: DatabaseNeed, work: (core: Core) => Promise<T>): Promise<T> {
  return withDatabase(shell, need, (database) => connected(shell, database, work));
}

/** Connects to an open database, wake-ups included, for the time of `work`. */
export async function connected<T>(
  { config }: Pick<Shell, 'config'>,
  database: OpenDatabase,
  work: (core: Core) => Promise<T>,
): Promise<T> {
  const core = await openCore(config, database.url, commandLogger({ config }));
  try {
    await core.wakeUps.start();
    return await work(core);
  } finally {
    await core.close();
  }
}

/** The log of a command: on stderr, and only what went wrong, unless LOG_LEVEL asks for details. */
export function commandLogger({ config }: Pick<Shell, 'config'>): ReturnType<typeof openLogger> {
  const { LOG_LEVEL: level } = config;
  return openLogger(['info', 'warn'].includes(level) ? 'error' : level, 'stderr');
}
