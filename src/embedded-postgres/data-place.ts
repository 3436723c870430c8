import { ToldError } from '../domain/told-error.js';
import { broken } from './embedded-words.js';
import {
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  rmdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { errorCode } from './error-code.js';
import { makeOpenFolder, refugesFor } from './refuge.js';
import { closedFolder, serverUser } from './server-user.js';

/** In a place for data: the path of the link that leads to it. */
const OWNER = 'placed-for';
const DATA = 'postgres';

/** Where places may be (default: `REFUGES`), and who is told of one that was made. */
export interface PlaceWish {
  readonly refuges?: readonly string[];
  readonly log?: (line: string) => void;
}

/**
 * Sees that the server's user can enter the data folder: where it does not exist yet and a folder on the way to it, makes a place in a
 * refuge and a link to it under the folder's name. Does nothing to a folder that exists. Throws for a link whose place is gone or is another's.
 */
export function placeData(dataDir: string, { refuges, log }: PlaceWish = {}): void {
  const link = linkPath(dataDir);
  if (placedAt(dataDir) !== undefined || !isMissingOrEmpty(link)) return;
  const user = serverUser(link);
  const closed = closedFolder(link, user);
  if (closed === undefined) return;
  for (const refuge of refugesFor(user, refuges)) {
    const all = join(refuge.root, 'data');
    makeOpenFolder(all);
    const place = mkdtempSync(join(all, `${basename(dirname(dirname(link))).replaceAll(/[^\w.-]+/gu, '_')}-`));
    makeOpenFolder(place);
    writeFileSync(join(place, OWNER), `${link}\n`, { mode: 0o600 });
    if (!linked(link, join(place, DATA)))
      rmSync(place, { recursive: true }); // another start was faster
    else {
      const brief = refuge.lasting ? '' : ', which may not survive a restart of the machine';
      log?.(`PostgreSQL runs as ${user.name}, who may not enter ${closed}: its data is in ${place}${brief}`);
      for (const left of forsaken(all))
        log?.(`${left.place} holds the data of ${left.owner}, which is not there any more: remove it, unless that folder was moved`);
    }
    return;
  }
}

/**
 * The real folder of a data folder that is a link to a place; undefined for any other. Throws for a link whose place is gone, and for one that came
 * with a copy: its place is the original's. The link of a folder that was moved is taken for the new owner's.
 */
export function placedAt(dataDir: string): string | undefined {
  const link = linkPath(dataDir);
  const target = targetOf(link);
  if (target === undefined) return undefined;
  const owner = ownerOf(dirname(target));
  if (owner === undefined) {
    if (exists(target)) return undefined; // a user's own link to a folder of theirs
    throw new ToldError(broken('TARGET_GONE', { link, target }));
  }
  if (owner === link) return target;
  if (targetOf(owner) === target) {
    throw new ToldError(broken('COPIED_LINK', { folder: dirname(link), original: dirname(owner), target, link }));
  }
  writeFileSync(join(dirname(target), OWNER), `${link}\n`);
  return target;
}

function linked(link: string, target: string): boolean {
  try {
    if (exists(link)) rmdirSync(link); // empty, as seen before
    symlinkSync(target, link);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Places whose owner does not lead to them any more. */
function forsaken(all: string): { place: string; owner: string }[] {
  return readdirSync(all).flatMap((name) => {
    const place = join(all, name);
    const owner = ownerOf(place);
    const isKept = !exists(join(place, DATA)) || (owner !== undefined && targetOf(owner) === join(place, DATA));
    return owner === undefined || isKept ? [] : [{ place, owner: dirname(owner) }];
  });
}

function ownerOf(place: string): string | undefined {
  try {
    return readFileSync(join(place, OWNER), 'utf8').trimEnd();
  } catch {
    return undefined;
  }
}

function targetOf(link: string): string | undefined {
  try {
    return resolve(dirname(link), readlinkSync(link));
  } catch {
    return undefined;
  }
}

function isMissingOrEmpty(path: string): boolean {
  return !exists(path) || readdirSync(path).length === 0;
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

// One name for one folder, whichever way it was written.
function linkPath(dataDir: string): string {
  const path = resolve(dataDir);
  return exists(dirname(path)) ? join(realpathSync(dirname(path)), basename(path)) : path;
}
