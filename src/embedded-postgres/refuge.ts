import { ToldError } from '../domain/told-error.js';
import { broken } from './embedded-words.js';
import { chmodSync, lstatSync, mkdirSync, realpathSync, type Stats } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { errorCode } from './error-code.js';
import { closedFolder, foldersTo, type ServerUser } from './server-user.js';

/** A folder of root's on this machine that the server's user may enter, for what the checkout cannot hold. */
export interface Refuge {
  readonly root: string;
  /** Whether what is there survives a restart of the machine. */
  readonly lasting: boolean;
}

const NAME = 'ibsafe-batch';
const OPEN = 0o755;
const WRITABLE_BY_OTHERS = 0o022;
const STICKY = 0o1000;

/** Where a refuge is looked for, the best first. */
const REFUGES: readonly string[] =
  process.platform === 'darwin' ? ['/usr/local/var', '/opt', tmpdir()] : ['/var/lib', '/opt', '/srv', tmpdir()];

/**
 * The refuges that can be had, made when missing, the best first. Each is root's alone, and so is every folder on the way to it (one in which every user
 * may make files, such as /tmp, only with the sticky bit): no other user can have put a link or a program there, or put one there later.
 * @param parents folders in which one may stand
 */
export function* refugesFor(user: ServerUser, parents: readonly string[] = REFUGES): Generator<Refuge, undefined> {
  for (const parent of parents) {
    const root = refugeIn(parent, user);
    if (root !== undefined) yield { root, lasting: resolve(parent) !== resolve(tmpdir()) };
  }
}

/** Makes a folder of root's that every user may enter, or finds one. Throws where something else has its name. */
export function makeOpenFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  const found = lstatSync(path); // not stat: a link may lead anywhere
  if (!isRootsAlone(found)) throw new ToldError(broken('NOT_ROOTS', { path }));
  if ((found.mode & OPEN) !== OPEN) chmodSync(path, OPEN); // made under a strict umask
}

function refugeIn(parent: string, user: ServerUser): string | undefined {
  try {
    const real = realpathSync(parent);
    const way = [...foldersTo(real), real].map((folder) => lstatSync(folder));
    if (!way.every((found) => isRootsAlone(found) || isShared(found))) return undefined;
    const root = join(real, NAME);
    if (closedFolder(root, user) !== undefined) return undefined;
    makeOpenFolder(root);
    return root;
  } catch {
    return undefined; // not there, read-only, or taken: the next one may do
  }
}

function isRootsAlone(found: Stats): boolean {
  return found.isDirectory() && found.uid === 0 && (found.mode & WRITABLE_BY_OTHERS) === 0;
}

// In a sticky folder no user can rename or remove what is another's.
function isShared(found: Stats): boolean {
  return found.isDirectory() && found.uid === 0 && (found.mode & STICKY) !== 0;
}
