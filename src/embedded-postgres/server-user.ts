import { ToldError } from '../domain/told-error.js';
import { broken } from './embedded-words.js';
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The system user the server runs as. Without ids it is the user of this process. */
export interface ServerUser {
  readonly name: string;
  readonly ids?: { readonly uid: number; readonly gid: number };
}

/**
 * The user that the server runs as. PostgreSQL refuses to run as root; root therefore hands it to the owner of the data folder, else to
 * `postgres`, else to `nobody`. Anyone else runs it as themselves.
 */
export function serverUser(dataDir: string): ServerUser {
  if (process.getuid?.() !== 0) return { name: process.env['USER'] ?? 'this user' };
  const owner = existsSync(dataDir) ? statSync(dataDir) : undefined;
  if (owner !== undefined && owner.uid !== 0) return { name: `uid ${owner.uid}`, ids: { uid: owner.uid, gid: owner.gid } };
  return systemUser('postgres') ?? systemUser('nobody') ?? { name: 'uid 65534', ids: { uid: 65_534, gid: 65_534 } };
}

/** Throws, naming the folder and the way out, when the server's user may not enter a folder on the way to `path`, where data is already. */
export function assertReachable(path: string, user: ServerUser, what: string): void {
  const closed = closedFolder(path, user);
  if (closed === undefined) return;
  throw new ToldError(broken('WAY_CLOSED', { user: user.name, closed, what, path }));
}

/** The outermost folder on the way to `path` that the user may not enter. The parent of `path` must exist. Mode bits only: access lists are not read. */
export function closedFolder(path: string, user: ServerUser): string | undefined {
  if (user.ids === undefined) return undefined; // our own user: the system will say so itself
  const { uid, gid } = user.ids;
  const parent = realpathSync(dirname(resolve(path)));
  return [...foldersTo(parent), parent].find((folder) => {
    const stat = statSync(folder);
    const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
    return (stat.mode & bit) === 0;
  });
}

/** The folders on the way to a path, the outermost first. */
export function foldersTo(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [...foldersTo(parent), parent];
}

function systemUser(name: string): ServerUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const answer = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return answer.status === 0 ? Number(answer.stdout) : Number.NaN;
  });
  if (uid === undefined || gid === undefined || Number.isNaN(uid + gid)) return undefined;
  return { name: `user ${name}`, ids: { uid, gid } };
}
