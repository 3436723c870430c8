import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { claimPidFile } from './pid-file.js';

const POLL_MS = 20;

/** Runs `work` while no other process starts a server on the same data folder; waits for one that does, for as long as it lives. */
export async function withStartLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const claim = claimPidFile({ path, details: z.object({}) }, {});
    if (claim.held) {
      try {
        return await work();
      } finally {
        claim.release();
      }
    }
    await delay(POLL_MS);
  }
}
