import { ToldError } from '../domain/told-error.js';
import { broken } from './embedded-words.js';
import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, linkSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { errorCode } from './error-code.js';
import { isAlive, startMark } from './process-identity.js';

const Owner = z.object({
  pid: z.int().positive(),
  /** See `startMark`; absent where the system does not tell. */
  startMark: z.string().optional(),
  /** ISO instant of the claim. */
  startedAt: z.string(),
  /** The claim's own place, and its device and inode: a copy of a folder has the same text in it, and no process claimed that. Absent in claims of 0.1. */
  path: z.string().optional(),
  file: z.string().optional(),
});

/** The process that holds a pid file. */
export type PidOwner = z.infer<typeof Owner>;

type Claimant = Omit<PidOwner, 'path' | 'file'>;

/** A file that one living process at a time can hold, and what its holder tells others in it. */
export interface PidFile<Details> {
  readonly path: string;
  readonly details: z.ZodType<Details>;
}

/** The answer to a claim: the file is ours until `release`, or someone alive holds it. */
export type PidClaim<Details> =
  { readonly held: true; update(details: Details): void; release(): void } | { readonly held: false; readonly owner: PidOwner & Details };

/**
 * Claims a pid file for this process. A file left by a dead process, or by one whose pid another process has by now, is taken over, and so is the
 * copy of a living process's.
 * Only its owner's user can read it. Throws when the folder is missing or not writable, or when a living holder's details cannot be read.
 */
export function claimPidFile<Details extends object>(file: PidFile<Details>, details: Details): PidClaim<Details> {
  const self: Claimant = { pid: process.pid, startMark: startMark(process.pid), startedAt: new Date().toISOString() };
  for (;;) {
    const content = createWhole(file.path, details, self);
    if (content !== undefined) return holding(file.path, self, content);
    const found = read(file.path);
    const owner = livingOwner(file, found);
    if (owner !== undefined) return { held: false, owner };
    // Undefined: released since. Otherwise no living process wrote it here.
    if (found !== undefined) removeStale(file.path, found.text);
  }
}

/** Codes of a disk that takes no more files. */
const NO_ROOM: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);

/** What `claim` gives; undefined on a disk that takes no more files, where nothing else needs one. */
export function unlessNoRoom<T>(claim: () => T): T | undefined {
  try {
    return claim();
  } catch (error) {
    if (!NO_ROOM.has(errorCode(error))) throw error;
    return undefined;
  }
}

/** The living holder of a pid file and its details; undefined when no process holds it. Throws when the details cannot be read. */
export function readPidFile<Details extends object>(file: PidFile<Details>): (PidOwner & Details) | undefined {
  return livingOwner(file, read(file.path));
}

function holding<Details extends object>(path: string, self: Claimant, first: string): PidClaim<Details> {
  let content = first;
  return {
    held: true,
    update(details) {
      if (read(path)?.text !== content) throw new ToldError(broken('FILE_NOT_OURS', { file: path }));
      const draft = writeDraft(path, details, self);
      content = draft.content;
      renameSync(draft.path, path); // readers see the old content or the new one, never a part
    },
    release() {
      if (read(path)?.text === content) rmSync(path, { force: true });
    },
  };
}

// Linked into place when complete: an empty or half-written claim is never seen, and of two links with one name one fails.
function createWhole(path: string, details: object, self: Claimant): string | undefined {
  const draft = writeDraft(path, details, self);
  try {
    linkSync(draft.path, path);
    return draft.content;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return undefined;
    throw error;
  } finally {
    rmSync(draft.path, { force: true });
  }
}

// Only the holder of the breaking file may remove a stale one, and it looks again first. Without it, of two that saw the same dead
// owner the slower one could remove the claim that the faster one has made since. Who does not get the breaking file tries again: its
// holder needs a moment, and if it dies in that moment its own file is stale in turn.
function removeStale(path: string, stale: string): void {
  const breaking = claimPidFile({ path: `${path}.break`, details: z.object({}) }, {});
  if (!breaking.held) return;
  try {
    if (read(path)?.text === stale) rmSync(path, { force: true });
  } finally {
    breaking.release();
  }
}

function livingOwner<Details extends object>(file: PidFile<Details>, found: Found | undefined): (PidOwner & Details) | undefined {
  const value = parseJson(found?.text ?? '');
  const owner = Owner.safeParse(value);
  if (found === undefined || !owner.success || !isSameProcess(owner.data) || isCopy(owner.data, file.path, found)) return undefined;
  const details = file.details.safeParse(value);
  if (details.success) return { ...details.data, ...owner.data };
  // Another version's process. It is alive, so its file is not ours to take.
  throw new ToldError(broken('FILE_OF_OTHER_VERSION', { file: file.path, pid: owner.data.pid }));
}

function isSameProcess(owner: PidOwner): boolean {
  if (!isAlive(owner.pid)) return false;
  const mark = startMark(owner.pid);
  return mark === undefined || owner.startMark === undefined || mark === owner.startMark;
}

// A claim under another path than its own was moved with its folder, or copied. A moved one is still the same file, and its old place has it no more.
// Under its own path it counts whatever its inode: not every network file system keeps that.
function isCopy(owner: PidOwner, path: string, { file }: Found): boolean {
  if (owner.path === undefined || owner.path === realPath(path)) return false;
  return owner.file !== file || read(owner.path)?.file === file;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function writeDraft(path: string, details: object, self: Claimant): { path: string; content: string } {
  const draft = `${path}.${randomUUID()}`;
  const descriptor = openSync(draft, 'wx', 0o600);
  try {
    const owner: PidOwner = { ...self, path: realPath(path), file: fileId(descriptor) };
    const content = `${JSON.stringify({ ...details, ...owner }, null, 2)}\n`;
    writeFileSync(descriptor, content);
    return { path: draft, content };
  } catch (error) {
    rmSync(draft, { force: true }); // the disk may be full
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

interface Found {
  readonly text: string;
  readonly file: string;
}

function read(path: string): Found | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return { text: readFileSync(descriptor, 'utf8'), file: fileId(descriptor) };
  } finally {
    closeSync(descriptor);
  }
}

function fileId(descriptor: number): string {
  const { dev, ino } = fstatSync(descriptor, { bigint: true });
  return `${dev}:${ino}`;
}

function realPath(path: string): string {
  return join(realpathSync(dirname(path)), basename(path));
}
