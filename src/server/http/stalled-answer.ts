import type { ServerResponse } from 'node:http';

/** Milliseconds a reader may take nothing of what waits for it, unless told otherwise. */
export const STALL_MS = 20_000;

/**
 * Cuts the connection of a reader that takes nothing of a whole answer for `stallMs`: the answer would lie in memory for as long as the reader likes.
 * One that reads slowly is left alone, because each byte that it takes begins the time anew.
 */
export function cutWhenStalled(response: ServerResponse, stallMs: number): void {
  // The answer is complete, and nothing of ours is done for it any more. When it has left, node:http sets the time of a kept connection instead.
  response.once('prefinish', () => response.socket?.setTimeout(stallMs));
}
