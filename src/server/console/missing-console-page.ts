import { readFile } from 'node:fs/promises';
import type { Exchange } from '../http/exchange.js';
import { frontPage, type FrontPageLinks } from '../pages/front-page.js';
import { escapeHtml, PLAIN_PAGE_HEADERS } from '../pages/page-shell.js';

const LINES_SHOWN = 12;

/** What the bootstrap noted when it could not build the console (`<folder>.failed`, after a first line of its own); undefined where it never tried. */
export async function whyMissing(folder: string): Promise<string | undefined> {
  const noted = await readFile(`${folder}.failed`, 'utf8').catch(() => undefined);
  const lines = noted?.trim().split('\n').slice(1).slice(-LINES_SHOWN);
  return lines === undefined || lines.length === 0 ? undefined : lines.join('\n');
}

/** Answers in the console's place, 503: the front page, with what is missing, that the nights do not need it, and what to do. */
export function sendMissingConsole({ request, response, requestId }: Exchange, links: FrontPageLinks, why: string | undefined): void {
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
