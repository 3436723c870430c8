import type { ServerResponse } from 'node:http';
import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import type { Results } from '../operations/map-results.js';

/** Milliseconds between comments on a stream without events, as in graphql-sse: proxies cut what is silent. */
const KEEP_ALIVE_MS = 12_000;
/** An event that says nothing. Some browsers do not take headers alone for an answer. */
export const KEEP_ALIVE = ':\n\n';
const COMPLETE = 'event: complete\ndata:\n\n';

/**
 * Writes an operation's results as fast as the client reads them, and returns when either side is done. A client that leaves its buffer
 * full for `stallMs` is cut off. Whichever way it ends, the results are returned, and with them the subscription.
 */
export async function pour(results: Results, response: ServerResponse, stallMs: number): Promise<void> {
  // At once, and not after the loop: the loop may be waiting for an event that never comes.
  const leave = (): void => void results.return().catch(() => undefined);
  response.once('close', leave);
  if (response.destroyed) leave();
  const keepAlive = setInterval(() => {
    if (!response.writableNeedDrain) response.write(KEEP_ALIVE);
  }, KEEP_ALIVE_MS);
  try {
    while (await writeNext(results, response)) await drainedWithin(response, stallMs);
    if (!isOver(response)) response.end(COMPLETE);
  } finally {
    clearInterval(keepAlive);
    response.off('close', leave);
    await results.return();
  }
}

/** Writes the next result. A function of its own, which keeps nothing of the result while its text waits for the reader. @returns whether more may come */
async function writeNext(results: Results, response: ServerResponse): Promise<boolean> {
  const { value, done } = await results.next();
  if (done === true || isOver(response)) return false;
  response.write(nextEvent(value));
  return true;
}

/** The last event of a stream, and its proper end: a client does not come back for more. */
export function endWith(response: ServerResponse, errors: readonly GraphQLFormattedError[]): void {
  if (!isOver(response)) response.end(nextEvent({ errors }) + COMPLETE);
}

function nextEvent(result: ExecutionResult | { readonly errors: readonly GraphQLFormattedError[] }): string {
  return `event: next\ndata: ${JSON.stringify(result)}\n\n`;
}

/** Cut, or ended with a last word of another part. */
function isOver(response: ServerResponse): boolean {
  return response.destroyed || response.writableEnded;
}

/** Waits until a response takes more bytes again, or has closed; cuts it off after `stallMs`. */
function drainedWithin(response: ServerResponse, stallMs: number): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const stalled = setTimeout(() => response.destroy(), stallMs);
    const done = (): void => {
      clearTimeout(stalled);
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
