import { constants, type Stats } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf } from '../base/error-code.js';

/** What the next archive would find. */
export type FolderState =
  /** `free` in bytes. */
  | { readonly state: 'TAKES_FILES'; readonly free: number }
  /** What the system says, such as EROFS, of the folder or of what stands on the way to it. */
  | { readonly state: 'REFUSES'; readonly fault: string }
  /** The service is another account than ours, which may write anywhere. */
  | { readonly state: 'REFUSES_SERVICE'; readonly user: number }
  /** Root alone may write there, we are root, and nothing tells whether the service is. */
  | { readonly state: 'ROOT_ALONE' };

/** An account of the system. */
interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Whether a folder takes the files of the service. It makes none: one that is not there yet is made by the first archive, and the folder above is judged in its place.
 * Root is asked no permissions by the system, so they are read from the folder for the account of the service: the owner of its data folder.
 *
 * @param self uid of this process; undefined where the system has none
 */
export async function archiveFolderState(folder: string, dataDir: string, self = process.geteuid?.()): Promise<FolderState> {
  const lowest = await lowestThere(resolve(folder));
  if (typeof lowest === 'string') return { state: 'REFUSES', fault: lowest };
  const { path, stats } = lowest;
  if (!stats.isDirectory()) return { state: 'REFUSES', fault: 'ENOTDIR' };
  try {
    await access(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    return { state: 'REFUSES', fault: codeOf(error) };
  }
  if (self === 0) {
    const service = await ownerOf(dataDir);
    if (service === undefined && !mayWrite(stats, NOT_ROOT)) return { state: 'ROOT_ALONE' };
    if (service !== undefined && !mayWrite(stats, service)) return { state: 'REFUSES_SERVICE', user: service.uid };
  }
  const { bavail, bsize } = await statfs(path);
  return { state: 'TAKES_FILES', free: bavail * bsize };
}

/** The folder, or the lowest of those above it that is there; else what the system says. */
async function lowestThere(path: string): Promise<{ readonly path: string; readonly stats: Stats } | string> {
  try {
    return { path, stats: await stat(path) };
  } catch (error) {
    return codeOf(error) === 'ENOENT' && dirname(path) !== path ? lowestThere(dirname(path)) : codeOf(error);
  }
}

function ownerOf(dataDir: string): Promise<Account | undefined> {
  return stat(dataDir).then(
    ({ uid, gid }) => ({ uid, gid }),
    () => undefined,
  );
}

/** Some account that is not root: the one that a folder belongs to, where it belongs to one. */
const NOT_ROOT = 'NOT_ROOT';

/** By the nine bits of a folder, as the system reads them: the first of owner, group and others that fits decides. */
function mayWrite({ mode, uid, gid }: Stats, account: Account | typeof NOT_ROOT): boolean {
  const has = (bits: number): boolean => (mode & bits) === bits;
  if (account === NOT_ROOT) return (uid !== 0 && has(0o300)) || (gid !== 0 && has(0o030)) || has(0o003);
  if (account.uid === 0) return true;
  if (account.uid === uid) return has(0o300);
  return has(account.gid === gid ? 0o030 : 0o003);
}
