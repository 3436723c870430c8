import { join } from 'node:path';
import { SETTINGS } from '../../config/config-words.js';
import { ConfigError, type Config } from '../../config/config.js';

/** The folder of the archives; undefined where none is known that lasts as long as the database does. */
export function archiveDirOf({ RETENTION_ARCHIVE_DIR: chosen, DATABASE_URL, DATA_DIR }: Config): string | undefined {
  if (chosen !== undefined) return chosen;
  return DATABASE_URL === undefined ? join(DATA_DIR, 'archive') : undefined;
}

/** What retention that goes on by itself is set to; undefined where it is off. @throws ConfigError where it would not know where to archive to */
export function nightlyRetention(config: Config): { readonly keep: number; readonly archiveDir: string } | undefined {
  const { RETENTION_KEEP_MONTHS: keep } = config;
  if (keep === undefined) return undefined;
  const archiveDir = archiveDirOf(config);
  if (archiveDir === undefined) throw new ConfigError([SETTINGS.tell('NO_ARCHIVE_FOLDER')]);
  return { keep, archiveDir };
}
