import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { commandLine, isAlive } from './process-identity.js';

/** What `postmaster.pid` says of the server in a data folder. */
export interface PostmasterFile {
  readonly pid: number;
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
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? '' } : undefined;
}

/**
 * The server that runs on a data folder, or undefined. A pid file whose process is certainly no PostgreSQL (its pid was given to
 * another program since) is removed, for the server would take that program for a running server and refuse to start. One whose
 * process is dead is left to the server, which also makes sure that none of the dead one's children still write.
 */
export function runningPostmaster(dir: string): PostmasterFile | undefined {
  const file = readPostmasterFile(dir);
  if (file === undefined) return undefined;
  const command = commandLine(file.pid);
  if (command !== undefined && !isPostgres(command)) {
    rmSync(join(dir, 'postmaster.pid'), { force: true });
    return undefined;
  }
  if (!isAlive(file.pid)) return undefined;
  // A PostgreSQL of another folder may have got the pid of ours. Where the system does not tell, the pid file must do.
  return command === undefined || command.includes(dir) ? file : undefined;
}

// The server's children call themselves "postgres: checkpointer" and so on.
function isPostgres(command: string): boolean {
  const program = basename(command.split(' -D ')[0]?.split(': ')[0] ?? '');
  return program === 'postgres' || program === 'postgres.exe';
}
