import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { asTyped } from '../base/as-typed.js';
import type { Config } from '../config/config.js';
import { logMonths } from '../lifecycle/retention/month-facts.js';
import { archiveDirOf } from '../lifecycle/retention/retention-settings.js';
import { letGoMonths } from '../store/let-go-months.js';
import { archiveFolderState } from './archive-folder.js';
import { ok, problem, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';
import { assertNever } from '../domain/assert-never.js';
import type { Said } from '../domain/said.js';

/** Whether old months can be let go, and whether the archives that are where they were written are whole. Archives that were moved away are no fault. */
export async function judgeRetention(config: Config, pool: Pool): Promise<CheckResult> {
  const { RETENTION_KEEP_MONTHS: keep } = config;
  const folder = archiveDirOf(config);
  const months = await letGoMonths(pool);
  const letGo = months.length;
  const retention = keep === undefined ? tell('RETENTION_OFF', { letGo }) : tell('RETENTION_ON', { keep, letGo });
  if (folder === undefined) return keep === undefined ? ok(retention) : problem(tell('ARCHIVE_FOLDER_NONE', { retention }), tell('NAME_ARCHIVE_FOLDER')); // prettier-ignore
  const refused = keep === undefined ? undefined : await judgeFolder(pool, folder, config.DATA_DIR, retention);
  if (refused !== undefined) return refused;
  let away = 0;
  for (const { told } of months) {
    const path = join(folder, told.file);
    const bytes = await sizeOf(path);
    if (bytes === undefined) away += 1;
    else if (bytes !== told.bytes) {
      const found = tell('ARCHIVE_CHANGED', { retention, file: told.file, bytes, expected: told.bytes });
      return warning(found, tell('VERIFY_ARCHIVE', { command: `${asTyped('archive verify')} ${path}` }));
    }
  }
  return ok(away === 0 ? retention : tell('ARCHIVES_AWAY', { retention, away, folder }));
}

/** A month takes this much more room in the log than in its archive: 1,764 MB of three million events became 71 MB. Said lower, for outcomes that say more. */
const PACKED = 15;
/** Free space (bytes) below which an archive may not fit however small the months are: others write to the disk as well. */
const LEAST_FREE = 100 * 2 ** 20;

/** What keeps the next archive from being written; undefined when nothing does. */
async function judgeFolder(pool: Pool, folder: string, dataDir: string, retention: Said): Promise<CheckResult | undefined> {
  const found = await archiveFolderState(folder, dataDir);
  switch (found.state) {
    case 'REFUSES':
      return problem(tell('ARCHIVE_FOLDER_UNWRITABLE', { retention, folder, fault: found.fault }), tell('LET_FOLDER_BE_WRITTEN'));
    case 'REFUSES_SERVICE':
      return problem(tell('ARCHIVE_FOLDER_NOT_OF_SERVICE', { retention, folder, user: found.user }), tell('LET_FOLDER_BE_WRITTEN'));
    case 'ROOT_ALONE':
      return warning(tell('ARCHIVE_FOLDER_ROOT_ALONE', { retention, folder }), tell('GIVE_FOLDER_TO_SERVICE'));
    case 'TAKES_FILES':
      return found.free >= (await neededFor(pool)) ? undefined : warning(tell('ARCHIVE_DISK_FULL', { retention, mib: Math.floor(found.free / 2 ** 20), folder }), tell('FREE_ARCHIVE_DISK')); // prettier-ignore
    default:
      return assertNever(found);
  }
}

async function neededFor(pool: Pool): Promise<number> {
  const largest = Math.max(0, ...(await logMonths(pool)).map(({ bytes }) => bytes));
  return Math.max(LEAST_FREE, largest / PACKED);
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}
