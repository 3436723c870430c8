import type { ServerResponse } from 'node:http';

/**
 * Writes a stream's events as fast as the client reads them, and returns when either side is done. A client that leaves its buffer
 * full for `stallMs` is cut off. Whichever way it ends, the events' iterator is returned, and with it the subscription.
 */
export async function pour(events: AsyncGenerator<string, void, undefined>, response: ServerResponse, stallMs: number): Promise<void> {
  // At once, and not after the loop: the loop may be waiting for an event that never comes.
  const leave = (): void => void events.return().catch(() => undefined);
  response.once('close', leave);
  if (response.destroyed) leave();
  try {
    for await (const event of events) {
      if (response.destroyed || response.writableEnded) break; // cut, or ended with a last word of somebody else's
      if (!response.write(event)) await drainedWithin(response, stallMs);
    }
    response.end();
  } finally {
    response.off('close', leave);
  }
}

/** Resolves when a response takes more bytes again, or has closed. */
export function drained(response: ServerResponse): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}

async function drainedWithin(response: ServerResponse, stallMs: number): Promise<void> {
  const stalled = setTimeout(() => response.destroy(), stallMs);
  try {
    await drained(response);
  } finally {
    clearTimeout(stalled);
  }
}
