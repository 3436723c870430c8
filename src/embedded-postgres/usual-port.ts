import { readFileSync, writeFileSync } from 'node:fs';
import { freePort, isPortFree } from './launch-on-port.js';

/**
 * The port of 127.0.0.1 that a data folder's server had the last time, where it is free; else any free one. Processes that knew the server before it ended find it again, whichever
 * process started it.
 */
export async function usualPort(dir: string): Promise<number> {
  const port = notedPort(dir);
  return port !== undefined && (await isPortFree(port)) ? port : freePort();
}

/** Notes the port of a server that was started. Without the note the next server listens elsewhere, which is no reason to end this one. */
export function noteUsualPort(dir: string, port: number): void {
  try {
    writeFileSync(noteOf(dir), `${port}\n`);
  } catch {
    // a full disk, or one that is read-only by now
  }
}

function notedPort(dir: string): number | undefined {
  try {
    const port = Number(readFileSync(noteOf(dir), 'utf8'));
    return Number.isInteger(port) && port > 1_023 && port < 65_536 ? port : undefined;
  } catch {
    return undefined;
  }
}

function noteOf(dir: string): string {
  return `${dir}.port`;
}
