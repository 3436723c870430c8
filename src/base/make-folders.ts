import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

// Each folder is asked for once, and not by Node's `recursive`: where a folder that is there says "not there" (ENOENT) of what shall be made in it, as /proc does and an
// automount that does not know the name, that asks for ever and hears no signal. And what a disk that takes no writes says (EROFS) it hides behind the same word.

/**
 * Makes a folder and those that are missing on the way to it. Throws what the system says of the one that cannot be made.
 * @returns the first folder that was made; undefined when all were there
 */
export function makeFolders(path: string): string | undefined {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return undefined;
  const first = dirname(path) === path ? undefined : makeFolders(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error; // else another process was faster
    return first;
  }
  return first ?? path;
}

/** The same while others go on: the disk may be another machine's. @param mode of the folders that are made */
export async function makeFoldersMeanwhile(path: string, mode: number): Promise<void> {
  if (await isFolder(path)) return;
  if (dirname(path) !== path) await makeFoldersMeanwhile(dirname(path), mode);
  await mkdir(path, { mode }).catch(async (error: unknown) => {
    if (!(await isFolder(path))) throw error;
  });
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
