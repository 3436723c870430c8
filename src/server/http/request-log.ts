import type { Exchange } from './exchange.js';
import type { Logger } from './options.js';

/**
 * Logs a request once it is answered: method, path, status and time. Never the query string or the body, which hold the operation and
 * its variables.
 */
export function logWhenDone({ request, response, path, requestId }: Exchange, logger: Logger): void {
  const startedAt = performance.now();
  response.once('close', () => {
    const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
    const fields = { requestId, method: request.method, path: path.slice(0, 200), status: response.statusCode, durationMs };
    if (response.statusCode >= 500) logger.warn(fields, 'request failed');
    else logger.debug(fields, 'request');
  });
}
