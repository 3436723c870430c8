import type { PlannedChunk } from './run-events.js';

/** A run shows its progress in hundredths, so a small roster is cut into a hundred chunks or a few more: with fewer, some percent would never be seen. */
const STEPS = 100;
/** Below ten users a chunk, a transaction costs more than the users in it. */
const SMALLEST = 10;

/** Users a chunk holds: at most `chunkSize`, and few enough that a run moves in `steps` (of one percent, unless told otherwise), but not fewer than 10. */
export function usersPerChunk(roster: number, chunkSize: number, steps = STEPS): number {
  return Math.max(1, Math.min(chunkSize, Math.max(SMALLEST, Math.floor(roster / steps))));
}

/** Cuts a roster of user ids, in ascending order, into chunks of `size`. Ranges are places in the roster: ids would name persons in the log. */
export function planChunks(roster: readonly number[], size: number): { chunk: PlannedChunk; userIds: readonly number[] }[] {
  const chunks: { chunk: PlannedChunk; userIds: readonly number[] }[] = [];
  for (let from = 0; from < roster.length; from += size) {
    const userIds = roster.slice(from, from + size);
    chunks.push({ chunk: { after: from, through: from + userIds.length, roster: userIds.length }, userIds });
  }
  return chunks;
}

/** Parts that a chunk which kills its workers is split into: two splits of a chunk of a thousand leave the one user at fault alone. */
const SPLIT_PARTS = 32;

/** Divides users (at least 2, ascending) into at most 32 parts of nearly the same size. */
export function splitUsers(userIds: readonly number[]): { chunk: PlannedChunk; userIds: readonly number[] }[] {
  return planChunks(userIds, Math.max(1, Math.ceil(userIds.length / SPLIT_PARTS)));
}
