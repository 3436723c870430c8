import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { placedAt } from '../../embedded-postgres/data-place.js';
import { claimPidFile, readPidFile, unlessNoRoom } from '../../embedded-postgres/pid-file.js';
import { runningPostmaster, type PostmasterFile } from '../../embedded-postgres/postmaster-file.js';
import { withStartLock } from '../../embedded-postgres/supervisor.js';
import { stopPostmaster } from '../../embedded-postgres/stop-postmaster.js';
import { makeFolders } from '../../base/make-folders.js';
import { readInstance } from '../../runtime/instance-lock.js';

const NOTHING = z.object({});

/**
 * Notes that a command of this process uses the embedded database of a data folder. On a full disk it goes without the note: an operator sees how the service is, and pauses what fills the disk.
 * @returns how to take that back
 */
export function noteUse(dataDir: string): () => void {
  const folder = folderOf(dataDir);
  const claim = unlessNoRoom(() => {
    makeFolders(folder);
    return claimPidFile({ path: join(folder, `${process.pid}.json`), details: NOTHING }, {});
  });
  return () => (claim?.held === true ? claim.release() : undefined);
}

/** How many living commands of other processes use the embedded database. */
export function otherUses(dataDir: string): number {
  const folder = folderOf(dataDir);
  if (!existsSync(folder)) return 0;
  const names = readdirSync(folder).filter((name) => /^\d+\.json$/.test(name) && name !== `${process.pid}.json`);
  return names.filter((name) => readPidFile({ path: join(folder, name), details: NOTHING }) !== undefined).length;
}

/** Whether a server runs on a data folder, by whichever process. */
export function serverRuns(dataDir: string): boolean {
  return runningServer(dataDir) !== undefined;
}

/** Stops the server of a data folder, for the service that holds it: other users of it are cut off. @returns whether one was running */
export function stopServer(dataDir: string): Promise<boolean> {
  return stopServerIf(dataDir, () => true);
}

/**
 * Stops the server of a data folder unless a service or a command needs it. No process can begin to use it meanwhile: one that does notes that
 * first, and then waits for the lock under which this looks and stops. @returns whether one was stopped
 */
export function stopUnusedServer(dataDir: string): Promise<boolean> {
  return stopServerIf(dataDir, () => readInstance(dataDir) === undefined && otherUses(dataDir) === 0);
}

async function stopServerIf(dataDir: string, isFree: () => boolean): Promise<boolean> {
  const dir = realFolder(dataDir);
  if (dir === undefined) return false;
  const stop = async (): Promise<boolean> => {
    const server = runningServer(dataDir);
    if (server === undefined || !isFree()) return false;
    await stopPostmaster(server.pid);
    return true;
  };
  return withStartLock(`${dir}.lock`, stop);
}

function runningServer(dataDir: string): PostmasterFile | undefined {
  const dir = realFolder(dataDir);
  return dir === undefined ? undefined : runningPostmaster(dir);
}

// Throws for the copy of a data folder whose database is elsewhere: that is the original's.
function realFolder(dataDir: string): string | undefined {
  const dir = embeddedFolder(dataDir);
  const real = placedAt(dir) ?? dir;
  return existsSync(real) ? realpathSync(real) : undefined;
}

/** Whether a data folder holds an embedded database, running or not. */
export function hasEmbeddedDatabase(dataDir: string): boolean {
  return existsSync(join(embeddedFolder(dataDir), 'PG_VERSION'));
}

function embeddedFolder(dataDir: string): string {
  return join(dataDir, 'postgres');
}

function folderOf(dataDir: string): string {
  return join(dataDir, 'commands');
}
