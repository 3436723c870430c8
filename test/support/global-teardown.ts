import { rmSync } from 'node:fs';

/** After a jest run: ends the servers that the global setup started and removes their folders, and what processes compiled. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.endTestServers?.();
  if (globalThis.compileCacheFolder !== undefined) rmSync(globalThis.compileCacheFolder, { recursive: true, force: true });
}
