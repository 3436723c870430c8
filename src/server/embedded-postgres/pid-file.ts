import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { errorCode } from './error-code.js';
import { isAlive, startMark } from './process-identity.js';

const Owner = z.object({
  pid: z.int().positive(),
  /** See `startMark`; absent where the system does not tell. */
  startMark: z.string().optional(),
  /** ISO instant of the claim. */
  startedAt: z.string(),
});

/** Who holds a pid file. */
export type PidOwner = z.infer<typeof Owner>;

/** A file that one living process at a time can hold, and what its holder tells others in it. */
export interface PidFile<Details> {
  readonly path: string;
  readonly details: z.ZodType<Details>;
}

/** The answer to a claim: the file is ours until `release`, or someone alive holds it. */
export type PidClaim<Details> =
  { readonly held: true; update(details: Details): void; release(): void } | { readonly held: false; readonly owner: PidOwner & Details };

/**
 * Claims a pid file for this process. A file left by a dead process, or by one whose pid another process has by now, is taken over.
 * Only its owner's user can read it. Throws when the folder is missing or not writable, or when a living holder's details cannot be read.
 */
export function claimPidFile<Details extends object>(file: PidFile<Details>, details: Details): PidClaim<Details> {
  const self: PidOwner = { pid: process.pid, startMark: startMark(process.pid), startedAt: new Date().toISOString() };
  for (;;) {
    const content = serialise(details, self);
    if (createWhole(file.path, content)) return holding(file.path, self, content);
    const found = readText(file.path);
    const owner = livingOwner(file, found);
    if (owner !== undefined) return { held: false, owner };
    // Undefined: released since. Otherwise nobody alive wrote it.
    if (found !== undefined) removeStale(file.path, found);
  }
}

/** The living holder of a pid file and its details; undefined when nobody holds it. Throws when the details cannot be read. */
export function readPidFile<Details extends object>(file: PidFile<Details>): (PidOwner & Details) | undefined {
  return livingOwner(file, readText(file.path));
}

function holding<Details extends object>(path: string, self: PidOwner, first: string): PidClaim<Details> {
  let content = first;
  return {
    held: true,
    update(details) {
      if (readText(path) !== content) throw new Error(`${path} is no longer this process's: was it removed by hand?`);
      content = serialise(details, self);
      renameSync(writeDraft(path, content), path); // readers see the old content or the new one, never a part
    },
    release() {
      if (readText(path) === content) rmSync(path, { force: true });
    },
  };
}

// Linked into place when complete: an empty or half-written claim is never seen, and of two links with one name one fails.
function createWhole(path: string, content: string): boolean {
  const draft = writeDraft(path, content);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

// Only the holder of the breaking file may remove a stale one, and it looks again first. Without it, of two that saw the same dead
// owner the slower one could remove the claim that the faster one has made since. Who does not get the breaking file tries again: its
// holder needs a moment, and if it dies in that moment its own file is stale in turn.
function removeStale(path: string, stale: string): void {
  const breaking = claimPidFile({ path: `${path}.break`, details: z.object({}) }, {});
  if (!breaking.held) return;
  try {
    if (readText(path) === stale) rmSync(path, { force: true });
  } finally {
    breaking.release();
  }
}

function livingOwner<Details extends object>(file: PidFile<Details>, text: string | undefined): (PidOwner & Details) | undefined {
  const value = parseJson(text ?? '');
  const owner = Owner.safeParse(value);
  if (!owner.success || !isSameProcess(owner.data)) return undefined;
  const details = file.details.safeParse(value);
  if (details.success) return { ...details.data, ...owner.data };
  // Another version's process. It is alive, so its file is not ours to take.
  throw new Error(`${file.path} is held by process ${owner.data.pid} in a form this version does not read: stop that process first`);
}

function isSameProcess(owner: PidOwner): boolean {
  if (!isAlive(owner.pid)) return false;
  const mark = startMark(owner.pid);
  return mark === undefined || owner.startMark === undefined || mark === owner.startMark;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function serialise(details: object, owner: PidOwner): string {
  return `${JSON.stringify({ ...details, ...owner }, null, 2)}\n`;
}

function writeDraft(path: string, content: string): string {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, content, { flag: 'wx', mode: 0o600 });
  return draft;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
