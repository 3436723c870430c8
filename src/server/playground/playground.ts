import { takesEncoding } from '../http/accept.js';
import { type Exchange, HttpRefusal, MEDIA, sendWith } from '../http/exchange.js';
import { PLAYGROUND_PATH } from '../http/paths.js';
import { securityHeaders } from '../http/security-headers.js';
import { EXAMPLE_OPERATIONS, type ExampleOperation } from './example-operations.js';
import { type Asset, loadAssets } from './playground-assets.js';
import { playgroundPage } from './playground-page.js';

/** GraphiQL, served whole from this process: it works with no network and asks no other host for anything. */
export interface Playground {
  readonly sendPage: (exchange: Exchange) => void;
  readonly sendAsset: (exchange: Exchange) => Promise<void>;
}

/**
 * Scripts, workers and styles are files of this origin, so the policy needs no inline script at all. Monaco, the editor in GraphiQL,
 * writes style attributes and elements as it draws, hence 'unsafe-inline' for styles; its fonts and icons are data URLs in the style.
 */
const HEADERS = securityHeaders({
  'script-src': ["'self'"],
  'worker-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'font-src': ['data:'],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
});

/** Makes the playground with its example tabs. Its assets (9 MB) are loaded and compressed when the first visitor asks for one. */
export function createPlayground(examples: readonly ExampleOperation[] = EXAMPLE_OPERATIONS): Playground {
  const page = playgroundPage(examples);
  return {
    sendPage: (exchange) => sendWith(exchange, { ...HEADERS, 'content-type': MEDIA.html }, page),
    async sendAsset(exchange) {
      const asset = (await loadAssets()).get(exchange.path.slice(PLAYGROUND_PATH.length + 1));
      if (asset === undefined) throw new HttpRefusal(404, 'NOT_FOUND', 'The playground has no such file.');
      sendFile(exchange, asset);
    },
  };
}

function sendFile(exchange: Exchange, asset: Asset): void {
  const { request, response, requestId } = exchange;
  // Asked again on each visit and answered 304: an upgraded service must not meet the old service's scripts in a cache.
  const headers = { ...HEADERS, 'content-type': asset.mediaType, etag: asset.etag, 'cache-control': 'no-cache', vary: 'accept-encoding' };
  if (request.headers['if-none-match'] === asset.etag) {
    response.writeHead(304, { ...headers, 'x-request-id': requestId }).end();
    return;
  }
  if (takesEncoding(request.headers['accept-encoding'], 'gzip')) {
    return sendWith(exchange, { ...headers, 'content-encoding': 'gzip' }, asset.gzipped);
  }
  sendWith(exchange, headers, asset.content);
}
