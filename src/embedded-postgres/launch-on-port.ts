import { ToldError } from '../domain/told-error.js';
import { broken } from './embedded-words.js';
import { setTimeout as delay } from 'node:timers/promises';
import { createServer } from 'node:net';
import type { ClusterPlace } from './cluster.js';
import { launch, PostgresDidNotStart, type PostgresSettings } from './launch.js';

const PORT_ATTEMPTS = 5;
const ORPHANS_POLL_MS = 100;
const ORPHANS_END_WITHIN_MS = 20_000;

/** How to listen. `port` is asked for; without it `pickPort` (default: any free one) is asked, again when another program was faster. */
export interface LaunchWish {
  readonly port?: number;
  readonly flags?: PostgresSettings;
  readonly pickPort?: () => Promise<number>;
}

/**
 * Launches the server, again where that helps: on another port when the picked one was taken meanwhile, and once more when the children
 * of a killed server still hold its memory (they end on their own). Throws when the asked port is taken, or PostgresDidNotStart.
 */
export async function launchOnPort(place: ClusterPlace, wish: LaunchWish): Promise<{ pid: number; port: number }> {
  const orphansUntil = performance.now() + ORPHANS_END_WITHIN_MS;
  for (let lost = 0; ;) {
    const port = wish.port ?? (await (wish.pickPort ?? freePort)());
    if (wish.port !== undefined && !(await isPortFree(port))) throw portTaken(port);
    try {
      return { pid: await launch(place, port, wish.flags), port };
    } catch (error) {
      if (!(error instanceof PostgresDidNotStart)) throw error;
      if (!(await isPortFree(port))) {
        lost += 1;
        if (wish.port !== undefined || lost === PORT_ATTEMPTS) throw portTaken(port, error);
      } else if (error.log.includes('pre-existing shared memory block') && performance.now() < orphansUntil) {
        await delay(ORPHANS_POLL_MS);
      } else throw error;
    }
  }
}

function portTaken(port: number, cause?: Error): Error {
  return new ToldError(broken('PORT_TAKEN', { port }), { cause });
}

/** A port of 127.0.0.1 that is free now. Another process may take it before it is used. */
export async function freePort(): Promise<number> {
  return await listenOnce(0);
}

/** Whether a port of 127.0.0.1 can be listened on now. */
export async function isPortFree(port: number): Promise<boolean> {
  return await listenOnce(port).then(
    () => true,
    () => false,
  );
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
