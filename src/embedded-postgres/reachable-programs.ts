import { ToldError } from '../domain/told-error.js';
import { broken } from './embedded-words.js';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { binariesIn, installedPackage, packageVersion, PLATFORM, type PostgresBinaries } from './binaries.js';
import { isAlive } from './process-identity.js';
import { makeOpenFolder, refugesFor } from './refuge.js';
import { closedFolder, type ServerUser } from './server-user.js';

const DRAFT = '.draft-';
const COPIED = ['native', 'scripts', 'package.json'];

/** The user that runs the programs, where copies may stand (default: `REFUGES`), and the listener of a copy. */
export interface ProgramsWish {
  readonly user: ServerUser;
  readonly refuges?: readonly string[];
  /** The package with the programs; by default the installed one. */
  readonly installed?: string;
  readonly log?: (line: string) => void;
}

/**
 * PostgreSQL's programs, where the server's user can run them: as installed, or else a copy in a folder of root's. Throws, saying what to do, when
 * there is no place for one.
 */
export function reachablePrograms({ user, refuges, log, installed = installedPackage() }: ProgramsWish): PostgresBinaries {
  if (user.ids === undefined) return binariesIn(installed); // our own user: the system will say so itself
  const own = failure(installed, user);
  if (own === undefined) return binariesIn(installed);
  const failures = [own];
  for (const { root } of refugesFor(user, refuges)) {
    const copy = join(root, 'programs', `postgres-${packageVersion(installed)}-${PLATFORM}`);
    const found = failure(copy, user) === undefined ? undefined : copied(installed, copy, user);
    if (found === undefined) return binariesIn(copy);
    if (found === 'copied') {
      log?.(`PostgreSQL runs as ${user.name}: its programs were copied to ${copy}, because ${own}`);
      return binariesIn(copy);
    }
    failures.push(found.failure);
  }
  throw new ToldError(broken('PROGRAMS_UNREACHABLE', { user: user.name, failures: failures.join('; ') }));
}

/** Why a user cannot run the programs of a package folder; undefined when they can. Tried, because mode bits are not the only thing that forbids. */
function failure(packageDir: string, user: ServerUser): string | undefined {
  try {
    const { postgres } = binariesIn(packageDir);
    const closed = closedFolder(postgres, user) ?? unreadable(join(packageDir, 'native'), user);
    if (closed !== undefined) return `${user.name} may not enter ${closed}`;
    const { status, error } = spawnSync(postgres, ['--version'], { ...user.ids, cwd: '/', env: programEnvironment() });
    return status === 0 ? undefined : `${postgres} does not run as ${user.name} (${error?.message ?? `exit ${status}`})`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What in a folder the user may not read, mode bits only: a package that was installed under a strict umask is its owner's alone. */
function unreadable(path: string, user: ServerUser): string | undefined {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return undefined;
  const shift = found.uid === user.ids?.uid ? 6 : found.gid === user.ids?.gid ? 3 : 0;
  const needed = found.isDirectory() ? 0o5 : 0o4;
  if (((found.mode >> shift) & needed) !== needed) return path;
  if (!found.isDirectory()) return undefined;
  for (const name of readdirSync(path)) {
    const closed = unreadable(join(path, name), user);
    if (closed !== undefined) return closed;
  }
  return undefined;
}

// Made beside its place and renamed when whole. Root's alone, so that no other user can change what runs.
function copied(packageDir: string, copy: string, user: ServerUser): 'copied' | { readonly failure: string } {
  const programs = dirname(copy);
  try {
    makeOpenFolder(programs);
    removeDrafts(programs);
    const draft = newDraft(programs);
    for (const name of COPIED) cpSync(join(packageDir, name), join(draft, name), { recursive: true, verbatimSymlinks: true });
    openToAll(draft);
    const found = failure(draft, user);
    if (found !== undefined) return { failure: found };
    if (failure(copy, user) === undefined) return 'copied'; // another start was faster
    if (existsSync(copy)) renameSync(copy, join(newDraft(programs), 'broken'));
    renameSync(draft, copy);
    return 'copied';
  } catch (error) {
    return { failure: `no copy could be made in ${programs} (${error instanceof Error ? error.message : String(error)})` };
  } finally {
    if (existsSync(programs)) removeDrafts(programs, process.pid);
  }
}

function newDraft(programs: string): string {
  const draft = mkdtempSync(join(programs, `${DRAFT}${process.pid}-`));
  chmodSync(draft, 0o755);
  return draft;
}

function openToAll(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  const isProgram = found.isDirectory() || basename(dirname(path)) === 'bin' || (found.mode & 0o100) !== 0;
  chmodSync(path, isProgram ? 0o755 : 0o644);
  if (found.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name));
}

/** Removes this process's drafts, or those of processes that were killed. */
function removeDrafts(programs: string, own?: number): void {
  for (const name of readdirSync(programs)) {
    const pid = name.startsWith(DRAFT) ? Number(name.slice(DRAFT.length).split('-')[0]) : undefined;
    if (pid !== undefined && (pid === own || !isAlive(pid))) rmSync(join(programs, name), { recursive: true, force: true });
  }
}

/**
 * The environment for PostgreSQL's programs: none of the service's own variables, which can hold secrets, and messages in English,
 * whatever the machine speaks. Windows programs need SystemRoot to start at all.
 */
export function programEnvironment(): Record<string, string> {
  const kept = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMPDIR'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}
