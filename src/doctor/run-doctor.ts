import type { Pool } from 'pg';
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { asTyped } from '../base/as-typed.js';
import { inWords } from '../words/code-words.js';
import type { Config } from '../config/config.js';
import { openPool } from '../database/pool.js';
import { codeOf } from '../base/error-code.js';
import { afterRestore, notMigrated } from './after-restore.js';
import { findingOf, look, ok, problem, type Finding, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';
import { checkInvariants } from './invariants.js';
import { reach } from './reach.js';
import { examine } from './requirement.js';
import { REQUIREMENTS } from './requirements.js';

/** The oldest Node that everything we stand on supports. */
const OLDEST_NODE = [22, 17] as const;
/** ms for which a check waits for what another transaction holds: who holds it is what an operator asks for. */
const LOCK_MS = 2_000;
const MIB = 2 ** 20;
/** Free space (MiB) below which nothing may be written soon, and below which it is time to act. */
const FREE_MIB = { problem: 200, warning: 2_048 } as const;

/** @param version as in `process.versions.node` */
export function judgeNode(version: string): CheckResult {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return ok(tell('NODE_FITS', { version }));
  return problem(tell('NODE_TOO_OLD', { version, oldest: OLDEST_NODE.join('.') }), tell('START_BY_NPM'));
}

/** Looks at the disk that a folder is on, or will be on once it is made. */
export async function judgeDisk(folder: string): Promise<CheckResult> {
  const { bavail, bsize } = await statfsOf(resolve(folder));
  const freeMib = Math.floor((bavail * bsize) / MIB);
  const found = tell('DISK_FREE', { mib: freeMib, folder });
  if (freeMib >= FREE_MIB.warning) return ok(found);
  return (freeMib < FREE_MIB.problem ? problem : warning)(found, tell('FREE_DISK'));
}

async function statfsOf(folder: string): Promise<{ bavail: number; bsize: number }> {
  try {
    return await statfs(folder);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return statfsOf(dirname(folder));
  }
}

export type { Finding } from './finding.js';

/** What the doctor is asked. */
export interface DoctorOptions {
  /** Also checks the invariants, which reads the whole log. */
  readonly invariants: boolean;
  /** Also says what is to be done about a database that was restored. */
  readonly afterRestore?: boolean;
  /** Address of an embedded server that the caller has started and will stop; without it the doctor does both. */
  readonly embeddedUrl?: string;
}

/**
 * Looks at everything the service needs, and says of what is amiss what to do about it. A database of yours is neither migrated nor
 * otherwise changed: what is tried there is rolled back. The embedded one is started for the time of the examination if it does not run, which brings it up to date.
 */
export async function runDoctor(config: Config, options: DoctorOptions): Promise<readonly Finding[]> {
  const findings = [await look('Node', () => judgeNode(process.versions.node))];
  if (config.DATABASE_URL === undefined) findings.push(await look('disk', () => judgeDisk(config.DATA_DIR)));
  const place = await reach(config, options.embeddedUrl);
  findings.push(place.finding);
  if (place.url !== undefined) {
    try {
      findings.push(...(await examineDatabase(config, place.url, options)));
    } finally {
      await place.stop();
    }
  }
  return findings;
}

async function examineDatabase(
  config: Config,
  url: string,
  { invariants, afterRestore: isRestored = false }: DoctorOptions,
): Promise<readonly Finding[]> {
  const pool = openPool({ url, max: 3, name: 'doctor', lockMs: LOCK_MS, onError: () => undefined });
  try {
    const findings = await examine(REQUIREMENTS, { config, pool, url }, 'doctor');
    // They read tables that the migrations make.
    const isMigrated = findings.find(({ check }) => check === 'migrations')?.status === 'ok';
    const restored = isRestored ? (isMigrated ? await afterRestore(pool, config) : [notMigrated()]) : [];
    return [...findings, ...restored, ...(invariants && isMigrated ? await examineInvariants(pool) : [])];
  } finally {
    await pool.end();
  }
}

async function examineInvariants(pool: Pool): Promise<Finding[]> {
  const advice = tell('REPORT_BREACH', { command: asTyped('rebuild --verify') });
  try {
    const results = await checkInvariants(pool);
    return results.map(({ promise, ok: holds, said }) => {
      const name = tell('INVARIANT', { promise });
      return findingOf(inWords(name, 'en'), holds ? ok(said) : problem(said, advice), name);
    });
  } catch (error) {
    return [findingOf('invariants', problem(tell('INVARIANTS_UNCHECKED', { code: codeOf(error) }), tell('SEE_ABOVE')))];
  }
}
