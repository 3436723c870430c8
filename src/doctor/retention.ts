import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Pool } from 'pg';
import { asTyped } from '../base/as-typed.js';
import type { Config } from '../config/config.js';
import { archiveDirOf } from '../lifecycle/retention/retention-settings.js';
import { letGoMonths } from '../store/let-go-months.js';
import { ok, problem, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** Whether old months can be let go, and whether the archives that are where they were written are whole. Archives that were moved away are no fault. */
export async function judgeRetention(config: Config, pool: Pool): Promise<CheckResult> {
  const { RETENTION_KEEP_MONTHS: keep } = config;
  const folder = archiveDirOf(config);
  const months = await letGoMonths(pool);
  const letGo = months.length;
  const retention = keep === undefined ? tell('RETENTION_OFF', { letGo }) : tell('RETENTION_ON', { keep, letGo });
  if (folder === undefined) return keep === undefined ? ok(retention) : problem(tell('ARCHIVE_FOLDER_NONE', { retention }), tell('NAME_ARCHIVE_FOLDER')); // prettier-ignore
  if (keep !== undefined && !(await isWritable(folder)))
    return problem(tell('ARCHIVE_FOLDER_UNWRITABLE', { retention, folder }), tell('LET_FOLDER_BE_WRITTEN'));
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

/** A folder that is not there yet is made by the first archive. */
async function isWritable(folder: string): Promise<boolean> {
  for (let there = folder; ; there = dirname(there)) {
    if ((await sizeOf(there)) === undefined && there !== dirname(there)) continue;
    return access(there, constants.W_OK).then(
      () => true,
      () => false,
    );
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}
