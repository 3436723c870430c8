import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { takesEncoding } from '../http/accept.js';
import { entityTag, isHeld } from '../http/entity-tags.js';
import { type Exchange, HttpRefusal } from '../http/exchange.js';
import { CONSOLE_PATH } from '../http/paths.js';
import { securityHeaders } from '../http/security-headers.js';
import { type FrontPageLinks, frontPage } from '../pages/front-page.js';
import { projectFile } from '../../base/project-file.js';
import { escapeHtml, PLAIN_PAGE_HEADERS } from '../pages/page-shell.js';
import { HTTP } from '../http/http-words.js';

const LINES_SHOWN = 12;

/** What the bootstrap noted when it could not build the console (`<folder>.failed`, after a first line of its own); undefined where it never tried. */
async function whyMissing(folder: string): Promise<string | undefined> {
  const noted = await readFile(`${folder}.failed`, 'utf8').catch(() => undefined);
  const lines = noted?.trim().split('\n').slice(1).slice(-LINES_SHOWN);
  return lines === undefined || lines.length === 0 ? undefined : lines.join('\n');
}

/** Answers in the console's place, 503: the front page, with what is missing, that the nights do not need it, and what to do. */
function sendMissingConsole({ request, response, requestId }: Exchange, links: FrontPageLinks, why: string | undefined): void {
  const page = frontPage(links, noticeOf(why));
  const headers = { ...PLAIN_PAGE_HEADERS, 'content-length': Buffer.byteLength(page), 'x-request-id': requestId };
  response.writeHead(503, headers).end(request.method === 'HEAD' ? undefined : page);
}

function noticeOf(why: string | undefined): string {
  const words = why === undefined ? '' : `<pre class="problem">${escapeHtml(why)}</pre>`;
  return `<p class="lead" lang="ko">운영 화면(콘솔)이 아직 만들어지지 않았습니다. 서비스는 정상이며 매일 밤의 실행에는 영향이 없습니다. 서버에서 <code>npm run build</code>를
실행한 뒤 이 페이지를 새로 고치세요. 처음 한 번은 패키지를 내려받으므로 인터넷 연결이 필요합니다.</p>
<p class="lead">The operator's console has not been built. The service works, and the nights do not need it. Run <code>npm run build</code> on the server, then
load this page again. The first time it fetches packages, so it needs the network.</p>
${words}`;
}

/** Where the bootstrap puts the built console, beside `dist`'s programs. It need not be there. */
export function builtConsole(): string {
  return join(dirname(projectFile('package.json')), 'dist', 'console');
}

/** One built file, as it is sent. */
interface ConsoleFile {
  readonly mediaType: string;
  readonly content: Buffer;
  /** Compressed when it was built; undefined for what does not become smaller. */
  readonly encoded: Readonly<Partial<Record<'br' | 'gzip', Buffer>>>;
  readonly etag: string;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** All files of a built console by their path below its folder. Rejects where there is none, or a half of one. */
async function readConsoleFiles(folder: string): Promise<ReadonlyMap<string, ConsoleFile>> {
  const names = (await readdir(folder, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
  const own = names.filter((name) => extname(name) in MEDIA_TYPES);
  const files = new Map<string, ConsoleFile>();
  // One after another: hundreds at once are more than a process may have open that a host allows few.
  for (const name of own) files.set(name, await readOne(folder, name, names));
  if (!files.has('index.html')) throw new Error(`${folder} holds no index.html`);
  return files;
}

async function readOne(folder: string, name: string, names: readonly string[]): Promise<ConsoleFile> {
  const content = await readFile(join(folder, name));
  const compressed = async (suffix: string): Promise<Buffer | undefined> =>
    names.includes(name + suffix) ? readFile(join(folder, name + suffix)) : undefined;
  const [br, gzip] = await Promise.all([compressed('.br'), compressed('.gz')]);
  return {
    mediaType: MEDIA_TYPES[extname(name)] ?? 'application/octet-stream',
    content,
    encoded: { ...(br && { br }), ...(gzip && { gzip }) },
    etag: entityTag(content),
  };
}

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
      // What lies in `assets` has its content's hash in its name.
      const isHashed = name.startsWith('assets/');
      if (file !== undefined) return sendFile(exchange, file, isHashed ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
      // A screen's address is the page's own affair; an asset that is not there is of another release.
      if (isHashed) throw new HttpRefusal(404, 'NOT_FOUND', HTTP.tell('CONSOLE_FILE'));
      const page = found.get('index.html');
      if (page !== undefined) sendFile(exchange, page, 'no-cache');
    },
  };
}

function sendFile(exchange: Exchange, file: ConsoleFile, cacheControl: string): void {
  const { request, response, requestId } = exchange;
  const headers = { ...HEADERS, 'content-type': file.mediaType, etag: file.etag, 'cache-control': cacheControl, vary: 'accept-encoding' };
  if (isHeld(request.headers['if-none-match'], file.etag)) {
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
