import { type Exchange, STRICT_HEADERS } from '../http/exchange.js';
import { CONSOLE_PATH } from '../http/paths.js';

/** Sends a browser on, with cookies. @param location made by this service: `returnPath`, or the provider's address */
export function redirect({ response, requestId }: Exchange, location: string, cookies: readonly string[]): void {
  const headers = { ...STRICT_HEADERS, location, 'content-length': '0', 'x-request-id': requestId };
  response.writeHead(303, { ...headers, 'set-cookie': [...cookies] }).end();
}

/** Where a browser is led that was not signed in: the console has the words for the code. It stands behind a `#`, which no log of a proxy has. */
export function problemPath(page: string, code: string): string {
  const to = page === CONSOLE_PATH || page.startsWith(`${CONSOLE_PATH}/`) ? page : CONSOLE_PATH;
  return `${to}#sign-in=${code}`;
}
