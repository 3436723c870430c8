import { rmSync } from 'node:fs';

/** After a jest run: ends the server that the global setup started and removes its folder, and what processes compiled. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.endTestServer?.();
  if (globalThis.compileCacheFolder !== undefined) rmSync(globalThis.compileCacheFolder, { recursive: true, force: true });
}
