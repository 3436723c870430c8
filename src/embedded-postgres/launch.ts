import { spawn } from 'node:child_process';
import { closeSync, fstatSync, readFileSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ToldError } from '../domain/told-error.js';
import { openLogFile, type LogLimit } from '../base/log-file.js';
import type { ClusterPlace } from './cluster.js';
import { broken } from './embedded-words.js';
import { readPostmasterFile } from './postmaster-file.js';
import { programEnvironment } from './reachable-programs.js';

/** PostgreSQL settings by name, as in postgresql.conf. */
export type PostgresSettings = Readonly<Record<string, string>>;

/** What an embedded server runs with unless told otherwise. `synchronous_commit` and `fsync` stay on: a finished run must stay finished. */
const DEFAULTS: PostgresSettings = {
  shared_buffers: '256MB',
  max_connections: '200',
  // A run writes gigabytes: fewer checkpoints, and smaller page images after each.
  max_wal_size: '2GB',
  wal_compression: 'on',
  // A forgotten write transaction holds back every reader of the event log.
  idle_in_transaction_session_timeout: '30s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Details, contexts and statements of errors can carry a patient's row: only the message itself is logged.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

/** The server's arguments. Settings override the defaults, but not where it listens (127.0.0.1 alone) nor where it logs (stderr). */
function settingArguments(port: number, settings: PostgresSettings = {}): string[] {
  const fixed: PostgresSettings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    logging_collector: 'off',
    log_destination: 'stderr',
  };
  return Object.entries({ ...DEFAULTS, ...settings, ...fixed }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

const POLL_MS = 10;
// Recovery after a crash replays the log since the last checkpoint: minutes on a slow disk.
const READY_WITHIN_MS = 10 * 60_000;
const LITTLE_MIB = 64;

/** The server ended before it was ready. `log` is what it wrote since it was started. */
export class PostgresDidNotStart extends ToldError {
  /** @param ended how, as the system says */
  constructor(
    readonly log: string,
    ended: string,
    folder: string,
  ) {
    const last = log.trim().split('\n').slice(-5).join(' | ');
    const values = { ended, log: last === '' ? broken('NO_LOG').said : last };
    const free = freeIn(folder);
    // On a full disk it may not even be able to say why.
    super(free < LITTLE_MIB ? broken('DID_NOT_START_WITHOUT_ROOM', { ...values, free, folder }) : broken('DID_NOT_START', values));
  }
}

/**
 * Starts the server and waits until it accepts connections. It leads a session of its own, so that Ctrl-C reaches this service alone,
 * which still needs its database to drain; and it logs to `<data folder>.log`, not to a pipe that would die with us. Gives its pid.
 * Throws PostgresDidNotStart.
 */
export async function launch(place: ClusterPlace, port: number, settings: PostgresSettings | undefined): Promise<number> {
  const log = openLog(`${place.dir}.log`, LOG_LIMIT);
  const child = spawn(place.binaries.postgres, ['-D', place.dir, ...settingArguments(port, settings)], {
    ...place.user.ids,
    cwd: dirname(place.dir),
    env: programEnvironment(),
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
  });
  closeSync(log.descriptor);
  let ended: string | undefined;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended = signal === null ? `exit ${code}` : signal));
  child.unref();
  const deadline = performance.now() + READY_WITHIN_MS;
  while (child.pid === undefined || !isReady(place.dir, child.pid)) {
    if (ended === undefined && performance.now() > deadline) child.kill('SIGQUIT');
    if (ended !== undefined) throw new PostgresDidNotStart(log.written(), ended, dirname(place.dir));
    await delay(POLL_MS);
  }
  return child.pid;
}

function freeIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / 2 ** 20);
}

// Read from postmaster.pid: no words of a log to parse, and no connection that would need the password.
function isReady(dir: string, pid: number): boolean {
  const file = readPostmasterFile(dir);
  return file !== undefined && file.pid === pid && file.status === 'ready';
}

function openLog(path: string, limit: LogLimit): { descriptor: number; written(): string } {
  const descriptor = openLogFile(path, limit);
  const before = fstatSync(descriptor).size;
  return { descriptor, written: () => readFileSync(path).subarray(before).toString() };
}

/** How much of a server's log is kept beside its data folder. */
const LOG_LIMIT: LogLimit = { bytes: 10_000_000, files: 1 };
const LOG_LOOK_MS = 30_000;

/** How the log of a running server is kept to its limit. */
export interface LogKeeping {
  readonly limit: LogLimit;
  /** How often a look is taken at its size. */
  readonly everyMs: number;
}

/**
 * Keeps a running server's log to its limit, since PostgreSQL's own collector starts new files by size and never removes one. The server appends to
 * the same file all its life, so the file is copied and emptied beneath it. A log that cannot be written is no reason to end anything: it is tried
 * again. Gives what ends it.
 */
export function keepLogShort(dir: string, { limit, everyMs }: LogKeeping = { limit: LOG_LIMIT, everyMs: LOG_LOOK_MS }): () => void {
  const look = (): void => {
    try {
      closeSync(openLogFile(`${dir}.log`, limit));
    } catch {
      // no room, or no right: the next look may find it otherwise
    }
  };
  const timer = setInterval(look, everyMs).unref();
  return () => clearInterval(timer);
}
