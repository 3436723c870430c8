import { STATUS_CODES } from 'node:http';
import type { Language } from '../../domain/said.js';
import { languageAsked, wantsPage } from '../http/accept.js';
import { type Exchange, type HttpRefusal, MEDIA, send } from '../http/exchange.js';
import { escapeHtml, plainPage, PLAIN_PAGE_HEADERS } from './page-shell.js';

/** Answers a request that leads nowhere (404, 405, 500 …): a page for a browser, JSON `{error: {code, message}}` for a program. */
export function answerProblem(exchange: Exchange, refusal: HttpRefusal): void {
  const { status, code, headers } = refusal;
  const language = languageAsked(exchange.request);
  const message = refusal.in(language);
  if (!wantsPage(exchange.request.headers.accept)) {
    return send(exchange, { status, mediaType: MEDIA.json, body: JSON.stringify({ error: { code, message } }), headers });
  }
  const page = problemPage(status, message, language);
  const { response, requestId } = exchange;
  response.writeHead(status, [
    ...Object.entries(PLAIN_PAGE_HEADERS).flat(),
    ...headers,
    'content-length',
    String(Buffer.byteLength(page)),
    'x-request-id',
    requestId,
  ]);
  response.end(page);
}

function problemPage(status: number, message: string, language: Language): string {
  const title = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  return plainPage(
    `${title} · IBSafe Batch`,
    `<h1>${title}</h1>
<p class="lead">${escapeHtml(message)}</p>
<p class="soft"><a href="/">IBSafe Batch &rarr;</a></p>`,
    language,
  );
}
