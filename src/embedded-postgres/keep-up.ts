import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ToldError } from '../domain/told-error.js';
import { placedAt } from './data-place.js';
import { broken } from './embedded-words.js';
import { runningPostmaster } from './postmaster-file.js';
import { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './supervisor.js';

/** How often a look is taken at the server, and how long after a start that failed the next one is tried at the earliest. */
const LOOK_MS = 1_000;
/** The longest pause between two starts that fail: each doubles it. */
const MAX_PAUSE_MS = 30_000;

/** What is told of a server that ended without an order. */
export interface KeptUp {
  /** It has ended, and is being started. */
  onEnded(): void;
  /** It answers again. */
  onStarted(server: Pick<EmbeddedPostgres, 'pid' | 'port'>): void;
  /** A start failed, on a full disk for example; the next one is tried by itself. */
  onFailed(error: unknown): void;
}

/** The data folder of a server, and the port that it had. */
type Known = EmbeddedPostgresOptions & { readonly port: number };

/**
 * Starts a server again where it ended without an order: killed by a system that was short of memory, or by itself on a full disk. It takes the port that it had, since the connections of
 * its users are made to that one. A server that a command starts meanwhile is taken as it is if it listens there. A data folder that is gone is not made anew.
 * @returns what ends the watch: no start begins after it. A stop of the server waits for one that is under way, since both take the same lock
 */
export function keepUp(server: Known, told: KeptUp, lookMs = LOOK_MS): () => void {
  const left = new AbortController();
  void watch(server, { told, lookMs, signal: left.signal }).catch(() => undefined); // left
  return () => left.abort();
}

interface Watching {
  readonly told: KeptUp;
  readonly lookMs: number;
  readonly signal: AbortSignal;
}

async function watch(server: Known, { told, lookMs, signal }: Watching): Promise<never> {
  for (let pauseMs = lookMs; ;) {
    await delay(pauseMs, undefined, { signal, ref: false });
    if (runningPostmaster(placedAt(server.dataDir) ?? server.dataDir)?.port === server.port) {
      pauseMs = lookMs;
      continue;
    }
    if (pauseMs === lookMs) told.onEnded();
    try {
      told.onStarted(await startAgain(server));
      pauseMs = lookMs;
    } catch (error) {
      told.onFailed(error);
      pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
    }
  }
}

async function startAgain(known: Known): Promise<EmbeddedPostgres> {
  if (!existsSync(join(known.dataDir, 'PG_VERSION'))) throw new ToldError(broken('DATA_GONE', { folder: known.dataDir }));
  const server = await startEmbeddedPostgres(known);
  server.leave(); // its log is kept short since the first start
  return server;
}
