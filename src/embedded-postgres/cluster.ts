import { ToldError } from '../domain/told-error.js';
import { broken } from './embedded-words.js';
import { codeOf } from '../base/error-code.js';
import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.js';
import { programEnvironment } from './reachable-programs.js';
import type { ServerUser } from './server-user.js';

/** The database superuser of an embedded cluster. */
export const CLUSTER_USER = 'batch';

const PASSWORD_FILE = 'ibsafe-batch.password';

/** A data folder, the programs and the system user to work on it with. */
export interface ClusterPlace {
  readonly dir: string;
  readonly binaries: PostgresBinaries;
  readonly user: ServerUser;
}

/**
 * Makes sure that a whole cluster stands in the data folder: initialises a missing or empty one, checks an existing one. To be called
 * with the start lock held. Gives whether it was made now. Throws, saying what to do, for a folder with other things in it, one of
 * another PostgreSQL version, or one that belongs to another user.
 */
export async function prepareCluster(place: ClusterPlace): Promise<boolean> {
  removeAbandonedDrafts(place.dir);
  const isNew = !existsSync(place.dir) || readdirSync(place.dir).length === 0;
  if (isNew) await initialise(place);
  else assertUsable(place);
  return isNew;
}

/** The superuser's password of a cluster. Throws when its file is gone: the cluster cannot be entered without it. */
export function readPassword(dir: string): string {
  const file = join(dir, PASSWORD_FILE);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  throw new ToldError(broken('PASSWORD_GONE', { file }));
}

function assertUsable({ dir, binaries, user }: ClusterPlace): void {
  const versionFile = join(dir, 'PG_VERSION');
  if (!existsSync(versionFile)) {
    throw new ToldError(broken('NO_DATABASE', { folder: dir }));
  }
  const found = readFileSync(versionFile, 'utf8').trim();
  if (found !== String(binaries.major)) {
    throw new ToldError(broken('OTHER_MAJOR', { folder: dir, found, major: binaries.major }));
  }
  const owner = statSync(dir).uid;
  const expected = user.ids?.uid ?? process.getuid?.() ?? owner;
  if (owner !== expected) {
    throw new ToldError(broken('OTHER_OWNER', { folder: dir, owner, expected }));
  }
}

// Made under another name and renamed when whole, password included: whatever is killed on the way, the final name never holds half a
// cluster. It is on the disk before it gets its name: the server syncs what it commits, and would not find the files of before on a machine that lost its power.
async function initialise(place: ClusterPlace): Promise<void> {
  const { dir, binaries, user } = place;
  const draft = `${dir}.init-${randomUUID()}`;
  const passwordFile = `${draft}.password`;
  const password = randomBytes(24).toString('base64url');
  try {
    mkdirSync(draft, { mode: 0o700 });
    writePrivate(passwordFile, password, user);
    if (user.ids !== undefined) chownSync(draft, user.ids.uid, user.ids.gid);
    await promisify(execFile)(binaries.initdb, initdbArguments(draft, passwordFile), {
      ...user.ids,
      cwd: dirname(dir),
      env: programEnvironment(),
    });
    renameSync(passwordFile, join(draft, PASSWORD_FILE));
    moveIntoPlace(draft, dir);
  } catch (cause) {
    if (lacksLoader(cause, binaries.initdb)) throw new ToldError(broken('NO_GLIBC'), { cause });
    // The rejection's message is the command and what it wrote to stderr.
    throw new ToldError(broken('NOT_INITIALISED', { folder: dir, found: cause instanceof Error ? cause.message : String(cause) }), {
      cause,
    });
  } finally {
    for (const left of [draft, passwordFile]) rmSync(left, { recursive: true, force: true });
  }
}

/** Whether a program that is there was not found: what is not there is the loader that it names, glibc's. */
function lacksLoader(cause: unknown, program: string): boolean {
  return process.platform === 'linux' && codeOf(cause) === 'ENOENT' && existsSync(program);
}

function initdbArguments(dir: string, passwordFile: string): string[] {
  // C.UTF-8 of PostgreSQL's own: the same order and case on every system, whichever locales it has.
  const text = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  return ['-D', dir, '-U', CLUSTER_USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, ...text];
}

function moveIntoPlace(draft: string, dir: string): void {
  try {
    if (existsSync(dir)) rmdirSync(dir); // empty, as seen before
    renameSync(draft, dir);
  } catch (cause) {
    throw new ToldError(broken('NOT_PLACED', { folder: dir }), { cause });
  }
}

function removeAbandonedDrafts(dir: string): void {
  const parent = dirname(dir);
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(`${basename(dir)}.init-`)) continue;
    // An initdb whose starter was killed may still be writing there; what it leaves is removed at the next start.
    rmSync(join(parent, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function writePrivate(path: string, text: string, user: ServerUser): void {
  writeFileSync(path, `${text}\n`, { mode: 0o600, flag: 'wx', flush: true });
  chmodSync(path, 0o600);
  if (user.ids !== undefined) chownSync(path, user.ids.uid, user.ids.gid);
}
