import { codeOf } from '../../base/error-code.js';

/** What the system says of a disk that has no room left, or of a limit that is used up. */
export const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What it says of a folder that is not there, takes no files of ours, or lies on a disk that fails. */
const FAULTS: ReadonlySet<string> = new Set([
  ...NO_ROOM, 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR', 'ERR_FS_EISDIR', 'EEXIST', 'EIO', 'ELOOP', 'ENAMETOOLONG', 'ENODEV', 'ENXIO', 'ESTALE', 'EBUSY', 'EMFILE', 'ENFILE',
]); // prettier-ignore

/** The code of an error that a folder of files gave, such as ENOSPC; undefined for one of something else, such as of the way to the database. */
export function folderFault(error: unknown): string | undefined {
  const { syscall } = error as { syscall?: unknown };
  return typeof syscall === 'string' && syscall !== 'connect' && FAULTS.has(codeOf(error)) ? codeOf(error) : undefined;
}
