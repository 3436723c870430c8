import { existsSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { commandArguments, isAlive } from './process-identity.js';

/** What `postmaster.pid` says of the server in a data folder. */
export interface PostmasterFile {
  readonly pid: number;
  /** The data folder it was started on, as it was called then. */
  readonly dir: string;
  readonly port: number;
  /** PostgreSQL's own word: `starting`, `ready`, `standby`, `stopping`; empty at the very beginning. */
  readonly status: string;
}

/** Reads `postmaster.pid`; undefined when there is none or its first lines are not written yet. */
export function readPostmasterFile(dir: string): PostmasterFile | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0
    ? { pid, dir: lines[1] ?? '', port: Number(lines[3]), status: lines[7]?.trim() ?? '' }
    : undefined;
}

/**
 * The server that runs on a data folder, or undefined. A pid file whose process is certainly another (its pid was given to another program since, or to
 * a server of another folder) is removed, for the server would take that for a running server and refuse to start. One whose process is dead is left to
 * the server, which also makes sure that none of the dead one's children still write; and so is one that came with a copy (`copiedFrom`).
 */
export function runningPostmaster(dir: string): PostmasterFile | undefined {
  const file = readPostmasterFile(dir);
  if (file === undefined) return undefined;
  if (isAlive(file.pid) && isServerOf(dir, file)) return file;
  const isAnother = commandArguments(file.pid) !== undefined; // a zombie's are empty
  if (isAnother && copiedFrom(dir) === undefined) rmSync(join(dir, 'postmaster.pid'), { force: true });
  return undefined;
}

/** The folder that a data folder was copied from while a server ran there or had been killed; undefined for any other. */
export function copiedFrom(dir: string): string | undefined {
  const named = readPostmasterFile(dir)?.dir;
  return named === undefined || !existsSync(join(named, 'PG_VERSION')) || isSameFolder(named, dir) ? undefined : named;
}

// A server works in its data folder, however that is called by now. Where the system does not tell, its command line must do, and else the pid file.
function isServerOf(dir: string, { pid, dir: named }: PostmasterFile): boolean {
  const command = commandArguments(pid);
  if (command === undefined) return true;
  if (!isPostgres(command[0] ?? '')) return false;
  const cwd = `/proc/${pid}/cwd`;
  return canRead(cwd) ? isSameFolder(cwd, dir) : command.includes(dir) || (command.includes(named) && copiedFrom(dir) === undefined);
}

function isPostgres(command: string): boolean {
  return ['postgres', 'postgres.exe'].includes(basename(command));
}

function canRead(link: string): boolean {
  try {
    return readlinkSync(link) !== '';
  } catch {
    return false;
  }
}

function isSameFolder(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}
