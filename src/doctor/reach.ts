import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.js';
import { withClient } from '../database/connect.js';
import { codeOf } from '../base/error-code.js';
import { openDatabase } from '../migrations/open-database.js';
import { findingOf, ok, problem, type Finding, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** Where the database is, or why it cannot be looked at. */
export interface Place {
  readonly finding: Finding;
  readonly url?: string;
  readonly stop: () => Promise<void>;
}

const NOTHING = (): Promise<void> => Promise.resolve();

/**
 * Reaches the configured database. The embedded one is started if it does not run, and brought up to date as every start does.
 *
 * @param embeddedUrl address of an embedded server that the caller started and will stop
 */
export async function reach(config: Config, embeddedUrl: string | undefined): Promise<Place> {
  const url = config.DATABASE_URL ?? embeddedUrl;
  try {
    if (url === undefined) return await reachEmbedded(config);
    await withClient({ url, name: 'doctor' }, () => Promise.resolve());
    return { finding: findingOf('connection', ok(tell('DATABASE_ANSWERS'))), url, stop: NOTHING };
  } catch (error) {
    return { finding: findingOf('connection', unreachable(config, error)), stop: NOTHING };
  }
}

function unreachable({ DATABASE_URL: url, DATA_DIR: folder }: Config, error: unknown): CheckResult {
  // The supervisor's sentences are ours and say what to do; those of a server of yours may quote what must not be shown.
  if (url === undefined)
    return problem(tell('EMBEDDED_UNUSABLE', { folder, why: sentenceOf(error) }), tell('SEE_ITS_LOG', { file: logOf(folder) }));
  return problem(tell('DATABASE_UNREACHABLE', { code: codeOf(error) }), tell('CHECK_DATABASE_URL'));
}

function logOf(folder: string): string {
  const dir = join(folder, 'postgres');
  return `${existsSync(dir) ? realpathSync(dir) : dir}.log`;
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : codeOf(error);
}

async function reachEmbedded(config: Config): Promise<Place> {
  // Looking for what is amiss must not make a database where no service was started yet.
  if (!hasEmbeddedData(config.DATA_DIR)) {
    return { finding: findingOf('connection', ok(tell('NO_DATABASE_YET', { folder: config.DATA_DIR }))), stop: NOTHING };
  }
  const database = await openDatabase(config);
  const found = tell(database.adopted ? 'EMBEDDED_RUNS' : 'EMBEDDED_STARTED', { folder: config.DATA_DIR });
  return { finding: findingOf('connection', ok(found)), url: database.url, stop: database.adopted ? NOTHING : () => database.stop() };
}

function hasEmbeddedData(dataDir: string): boolean {
  return existsSync(join(dataDir, 'postgres', 'PG_VERSION'));
}
