import { takesEncoding } from '../http/accept.js';
import { type Exchange, HttpRefusal } from '../http/exchange.js';
import { CONSOLE_PATH } from '../http/paths.js';
import { securityHeaders } from '../http/security-headers.js';
import type { FrontPageLinks } from '../pages/front-page.js';
import { type ConsoleFile, readConsoleFiles } from './console-files.js';
import { sendMissingConsole, whyMissing } from './missing-console-page.js';

/** The operator's console: files that were built before the service started. */
export interface Console {
  /** Answers any path from `/console` on. */
  readonly send: (exchange: Exchange) => Promise<void>;
}

/** Nothing inline, nothing evaluated, no other host; styles that a script sets one by one are no style attributes. */
const HEADERS = securityHeaders({
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'style-src-attr': ["'none'"],
  'connect-src': ["'self'"],
  'img-src': ["'self'"],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ["'none'"],
});

const YEAR_S = 31_536_000;

/**
 * Serves a built console; `links` are what else there is, for the page that stands in for it. A folder that is missing or incomplete is looked for again by the next visitor, who is told so meanwhile: the service
 * never waits for its console.
 */
export function createConsole(folder: string, links: FrontPageLinks): Console {
  let loading: Promise<ReadonlyMap<string, ConsoleFile>> | undefined;
  const files = (): Promise<ReadonlyMap<string, ConsoleFile>> => {
    loading ??= readConsoleFiles(folder).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return {
    async send(exchange) {
      const found = await files().catch(() => undefined);
      if (found === undefined) return sendMissingConsole(exchange, links, await whyMissing(folder));
      const name = exchange.path.slice(CONSOLE_PATH.length + 1);
      const file = found.get(name);
      if (file !== undefined && name !== 'index.html') return sendFile(exchange, file, `public, max-age=${YEAR_S}, immutable`);
      // A screen's address is the page's own affair; an asset that is not there is of another release.
      if (name.startsWith('assets/')) throw new HttpRefusal(404, 'NOT_FOUND', 'The console has no such file. Load the page again.');
      const page = found.get('index.html');
      if (page !== undefined) sendFile(exchange, page, 'no-cache');
    },
  };
}

function sendFile(exchange: Exchange, file: ConsoleFile, cacheControl: string): void {
  const { request, response, requestId } = exchange;
  const headers = { ...HEADERS, 'content-type': file.mediaType, etag: file.etag, 'cache-control': cacheControl, vary: 'accept-encoding' };
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304, { ...headers, 'x-request-id': requestId }).end();
    return;
  }
  const encoding = (['br', 'gzip'] as const).find(
    (each) => file.encoded[each] !== undefined && takesEncoding(request.headers['accept-encoding'], each),
  );
  const body = encoding === undefined ? file.content : (file.encoded[encoding] ?? file.content);
  response.writeHead(200, {
    ...headers,
    ...(encoding && { 'content-encoding': encoding }),
    'content-length': body.length,
    'x-request-id': requestId,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
