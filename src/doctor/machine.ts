import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ok, problem, warning, type Verdict } from './finding.js';
import { tell } from './finding-words.js';

/** The oldest Node that everything we stand on supports. */
const OLDEST_NODE = [22, 17] as const;
const MIB = 2 ** 20;
/** Free space (MiB) below which nothing may be written soon, and below which it is time to act. */
const FREE_MIB = { problem: 200, warning: 2_048 } as const;

/** @param version as in `process.versions.node` */
export function judgeNode(version: string): Verdict {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return ok(tell('NODE_FITS', { version }));
  return problem(tell('NODE_TOO_OLD', { version, oldest: OLDEST_NODE.join('.') }), tell('START_BY_NPM'));
}

/** Looks at the disk that a folder is on, or will be on once it is made. */
export async function judgeDisk(folder: string): Promise<Verdict> {
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
