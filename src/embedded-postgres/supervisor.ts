import { ToldError } from '../domain/told-error.js';
import { makeFolders } from '../base/make-folders.js';
import { broken } from './embedded-words.js';
import { chmodSync, existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { CLUSTER_USER, prepareCluster, readPassword, type ClusterPlace } from './cluster.js';
import { placeData, placedAt } from './data-place.js';
import { launchOnPort } from './launch-on-port.js';
import { copiedFrom, runningPostmaster, type PostmasterFile } from './postmaster-file.js';
import { startMark } from './process-identity.js';
import { reachablePrograms } from './reachable-programs.js';
import { assertReachable, serverUser } from './server-user.js';
import { keepLogShort, type LogKeeping, type PostgresSettings } from './launch.js';
import { stopPostmaster } from './stop-postmaster.js';
import { noteUsualPort, usualPort } from './usual-port.js';
import { claimPidFile, unlessNoRoom } from './pid-file.js';

const LOCK_POLL_MS = 20;

/**
 * Runs `work` while no other process starts a server on the same data folder; waits for one that does, for as long as it lives. On a disk without room there is no lock: no other process
 * gets one there either, and PostgreSQL itself lets one server alone have its folder.
 */
export async function withStartLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const claim = unlessNoRoom(() => claimPidFile({ path, details: z.object({}) }, {}));
    if (claim === undefined) return work();
    if (claim.held) {
      try {
        return await work();
      } finally {
        claim.release();
      }
    }
    await delay(LOCK_POLL_MS);
  }
}

/** What to start, and where. */
export interface EmbeddedPostgresOptions {
  /** The data folder, made when missing. Its log, lock, port and drafts stand beside it under its name (`<dataDir>.log` …). */
  readonly dataDir: string;
  /** The port on 127.0.0.1; without one that which the server had the last time, or any free one. */
  readonly port?: number;
  /** PostgreSQL settings, added to and overriding the supervisor's own. An adopted server keeps those it was started with. */
  readonly flags?: PostgresSettings;
  /** Folders in which root may put what the server's user cannot enter here; by default those of the system. */
  readonly refuges?: readonly string[];
  /** How the server's log is kept to a size; by default to 10 MB and as much before it. */
  readonly logKeeping?: LogKeeping;
  /** Told in a sentence what was done. */
  readonly log?: (line: string) => void;
}

/** A running server, ready for connections. */
export interface EmbeddedPostgres {
  /** The address of one of its databases, password included; default `postgres`. */
  url(database?: string): string;
  readonly port: number;
  readonly pid: number;
  /** Whether it was already running: left by a service that was killed, or started by another process at this moment. */
  readonly adopted: boolean;
  /** Ends the server, adopted or not, and waits until it is gone. Safe to call twice. */
  stop(): Promise<void>;
  /** Leaves the server running, and the size of its log to others. */
  leave(): void;
}

const POLL_MS = 10;

/**
 * Starts PostgreSQL on a data folder, or adopts the one that already runs on it. The server outlives this process unless `stop` is
 * called: a killed service finds it again at its next start. Root's server runs as another user: what that user cannot reach here, the programs and a
 * data folder that is still to be made, is put where they can (`reachable-programs.ts`, `data-place.ts`).
 *
 * Throws, saying what to do, when the data folder cannot be used (other files in it, another version's, one that exists where the
 * user the server runs as may not enter), when the asked port is taken, or when the programs are not installed.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dir = canonicalFolder(options);
  return await withStartLock(`${dir}.lock`, async () => {
    const user = serverUser(dir);
    assertReachable(dir, user, 'its data folder');
    const place: ClusterPlace = { dir, binaries: reachablePrograms({ ...options, user }), user };
    if (await prepareCluster(place)) options.log?.(`PostgreSQL ${place.binaries.major}: made a new database in ${dir}`);
    const password = readPassword(dir);
    const running = await settledPostmaster(dir);
    if (running !== undefined) {
      assertPortFits(running, options.port);
      options.log?.(`PostgreSQL: adopted the server that already runs (pid ${running.pid}, port ${running.port})`);
      return server(running, password, { adopted: true, forget: keepLogShort(dir, options.logKeeping) });
    }
    assertWhole(dir);
    const started = await launchOnPort(place, { ...options, pickPort: () => usualPort(dir) });
    noteUsualPort(dir, started.port);
    options.log?.(`PostgreSQL ${place.binaries.major}: started (pid ${started.pid}, port ${started.port})`);
    return server(started, password, { adopted: false, forget: keepLogShort(dir, options.logKeeping) });
  });
}

// The files of a server at work belong together only as it sees them: a copy made meanwhile may start, and be torn all the same.
function assertWhole(dir: string): void {
  const original = copiedFrom(dir);
  if (original === undefined) return;
  throw new ToldError(broken('TORN_COPY', { folder: dir, original, file: join(dir, 'postmaster.pid') }));
}

function server(
  found: { pid: number; port: number },
  password: string,
  { adopted, forget }: { adopted: boolean; forget: () => void },
): EmbeddedPostgres {
  const mark = startMark(found.pid);
  let stopping: Promise<void> | undefined;
  return {
    url: (database = 'postgres') => `postgresql://${CLUSTER_USER}:${password}@127.0.0.1:${found.port}/${encodeURIComponent(database)}`,
    port: found.port,
    pid: found.pid,
    adopted,
    stop: () => (stopping ??= stopPostmaster(found.pid, mark).finally(forget)),
    leave: forget,
  };
}

// One name for one folder, whichever way it was written: the server's command line is compared with it.
function canonicalFolder(options: EmbeddedPostgresOptions): string {
  const dir = resolve(options.dataDir);
  openWay(dirname(dir));
  placeData(dir, options);
  const real = join(realpathSync(dirname(dir)), basename(dir));
  return placedAt(dir) ?? (existsSync(dir) ? realpathSync(dir) : real);
}

// Folders made by us on the way are passable for the server's user, even under a strict umask; existing ones are not touched.
function openWay(parent: string): void {
  const first = makeFolders(parent);
  if (first === undefined || process.getuid?.() !== 0) return;
  for (let folder = parent; folder.length >= first.length; folder = dirname(folder)) chmodSync(folder, 0o755);
}

/** The running server once it is ready; undefined when there is none, or when the one there was is done stopping. */
async function settledPostmaster(dir: string): Promise<PostmasterFile | undefined> {
  for (;;) {
    const found = runningPostmaster(dir);
    if (found === undefined || found.status === 'ready') return found;
    await delay(POLL_MS);
  }
}

function assertPortFits(running: PostmasterFile, asked: number | undefined): void {
  if (asked === undefined || asked === running.port) return;
  throw new ToldError(broken('OTHER_PORT', { pid: running.pid, port: running.port, asked }));
}
