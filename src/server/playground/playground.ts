import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { takesEncoding } from '../http/accept.js';
import { entityTag, isHeld } from '../http/entity-tags.js';
import { type Exchange, HttpRefusal, MEDIA, sendWith } from '../http/exchange.js';
import { PLAYGROUND_PATH } from '../http/paths.js';
import { securityHeaders } from '../http/security-headers.js';
import { EXAMPLE_OPERATIONS, type ExampleOperation, LATEST_RUN_QUERY } from './example-operations.js';
import { BOOT_SCRIPT } from './boot-script.js';
import { ICON_LINK } from '../pages/page-shell.js';
import { HTTP } from '../http/http-words.js';

/** One file of the playground. */
interface Asset {
  readonly mediaType: string;
  readonly content: Buffer;
  readonly gzipped: Buffer;
  readonly etag: string;
}

/**
 * Our own rules after GraphiQL's: its accent in the front page's green (as the hue, saturation and lightness it wants), and tabs that
 * stay where they are. It animates them from where they first stood, and a mouse button pressed on one throws it back there, so that
 * the click misses it.
 */
const OUR_STYLE = `
.graphiql-container { --color-primary: 164, 83%, 26%; }
.graphiql-container .graphiql-tab { transform: none !important; }
`;

const compress = promisify(gzip);
/** A cache: the files of the page do not change while a process runs. */
let loading: Promise<ReadonlyMap<string, Asset>> | undefined;

/** The playground's files by name. Loaded once; a failure is forgotten, so that the next visitor tries again. */
function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<ReadonlyMap<string, Asset>> {
  // The package inlines all of this into one page; taken apart it caches, and needs no inline script and no blob worker.
  const graphiql = await import('@graphql-yoga/render-graphiql/graphiql');
  const script = 'text/javascript; charset=utf-8';
  return new Map(
    await Promise.all([
      assetOf('graphiql.js', script, graphiql.js),
      assetOf('graphiql.css', 'text/css; charset=utf-8', `${graphiql.css}${OUR_STYLE}`),
      assetOf('editor.worker.js', script, graphiql.editorWorkerService),
      assetOf('json.worker.js', script, graphiql.jsonWorker),
      assetOf('graphql.worker.js', script, graphiql.graphqlWorker),
      assetOf('boot.js', script, BOOT_SCRIPT),
    ]),
  );
}

async function assetOf(name: string, mediaType: string, text: string): Promise<[string, Asset]> {
  const content = Buffer.from(text, 'utf8');
  return [name, { mediaType, content, etag: entityTag(content), gzipped: await compress(content) }];
}

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
      if (asset === undefined) throw new HttpRefusal(404, 'NOT_FOUND', HTTP.tell('PLAYGROUND_FILE'));
      sendFile(exchange, asset);
    },
  };
}

function sendFile(exchange: Exchange, asset: Asset): void {
  const { request, response, requestId } = exchange;
  // Asked again on each visit and answered 304: an upgraded service must not meet the old service's scripts in a cache.
  const headers = { ...HEADERS, 'content-type': asset.mediaType, etag: asset.etag, 'cache-control': 'no-cache', vary: 'accept-encoding' };
  if (isHeld(request.headers['if-none-match'], asset.etag)) {
    response.writeHead(304, { ...headers, 'x-request-id': requestId }).end();
    return;
  }
  if (takesEncoding(request.headers['accept-encoding'], 'gzip')) {
    return sendWith(exchange, { ...headers, 'content-encoding': 'gzip' }, asset.gzipped);
  }
  sendWith(exchange, headers, asset.content);
}

/** The playground's HTML: links to its own files and the examples as data. No script or style stands in it. */
function playgroundPage(examples: readonly ExampleOperation[]): string {
  const configuration = { examples: examples.map(tabOf), latestRunQuery: LATEST_RUN_QUERY };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>IBSafe Batch Playground</title>
${ICON_LINK}
<link rel="stylesheet" href="${PLAYGROUND_PATH}/graphiql.css">
<script type="application/json" id="configuration">${jsonForHtml(configuration)}</script>
<template id="logo"><svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#0b7a5c"/><path d="M9 23C9 13 15 8 24 8c0 10-5 15-13 14m-2 3c2-6 5-9 9-11" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round"/></svg></template>
<script defer src="${PLAYGROUND_PATH}/graphiql.js"></script>
<script defer src="${PLAYGROUND_PATH}/boot.js"></script>
</head>
<body class="no-focus-outline">
<noscript>The playground is an editor and needs JavaScript. The API itself does not: POST operations to /graphql.</noscript>
<div id="root"></div>
</body>
</html>
`;
}

/** An example as GraphiQL takes a tab: what it shows stands above the operation as a comment. */
function tabOf({ description, query, variables }: ExampleOperation): { query: string; variables: string } {
  const comment = description.map((line) => `# ${line}`).join('\n');
  return { query: `${comment}\n\n${query.trim()}\n`, variables: variables === undefined ? '' : JSON.stringify(variables, null, 2) };
}

/** JSON that cannot end the element it stands in. */
function jsonForHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
