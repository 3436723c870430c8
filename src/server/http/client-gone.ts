import type { ServerResponse } from 'node:http';

/** A signal that is aborted when a client hangs up before it has its answer. */
export function abortedWhenClosed(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}
