import { join } from 'node:path';
import type { Config } from '../../config.js';
import type { LogLimit } from './log-file.js';

/** The log of a service that speaks to people, answers in JSON or runs in the background. */
export function logFile(dataDir: string): string {
  return join(dataDir, 'service.log');
}

/** How much of it is kept. */
export function logLimit({ LOG_FILE_MB, LOG_FILES }: Pick<Config, 'LOG_FILE_MB' | 'LOG_FILES'>): LogLimit {
  return { bytes: LOG_FILE_MB * 2 ** 20, files: LOG_FILES };
}
