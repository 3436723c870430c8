import type { IncomingMessage, ServerResponse } from 'node:http';
import { inWords } from '../../words/code-words.js';
import type { Language, Said, Told } from '../../domain/said.js';
import { languageAsked } from './accept.js';
import { securityHeaders } from './security-headers.js';

/** One request and the response to it, with what every route needs to know. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The request's path, without its query string. */
  readonly path: string;
  readonly requestId: string;
}

/** The media types the server writes. */
export const MEDIA = {
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
  text: 'text/plain; charset=utf-8',
} as const;

/** The headers of an answer that is not a page: nothing in it may run, load or be framed. Also express routes' starting point. */
export const STRICT_HEADERS = securityHeaders();
const STRICT_PAIRS = Object.entries(STRICT_HEADERS).flat();

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly mediaType: string;
  readonly body: string;
  /** Further headers, name and value in turn. */
  readonly headers?: readonly string[];
}

/** Sends an answer under the strict headers. A flat list of headers is the cheapest that node:http takes. */
export function send({ response, requestId }: Exchange, { status, mediaType, body, headers = [] }: Answer): void {
  const length = String(Buffer.byteLength(body));
  const own = ['content-type', mediaType, 'content-length', length, 'x-request-id', requestId];
  response.writeHead(status, [...STRICT_PAIRS, ...own, ...headers]);
  response.end(body);
}

/** Sends a page or an asset under headers of its own (see `securityHeaders`). */
export function sendWith(exchange: Exchange, headers: Readonly<Record<string, string>>, body: string | Buffer): void {
  exchange.response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(body), 'x-request-id': exchange.requestId });
  exchange.response.end(body);
}

/** Sends a GraphQL-shaped refusal of a request that never became an operation. */
export function sendGraphQLError(exchange: Exchange, refusal: HttpRefusal): void {
  const { status, code, headers } = refusal;
  const body = JSON.stringify({ errors: [{ message: refusal.in(languageAsked(exchange.request)), extensions: { code } }] });
  send(exchange, { status, mediaType: MEDIA.json, body, headers });
}

/** A refusal that HTTP has a status for. Its message is English, for programs and the log; a caller is told it in the language that the request asks for. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly status: number;
  readonly code: string;
  /** Further headers, name and value in turn. */
  readonly headers: readonly string[];
  private readonly said: Said;

  constructor(status: number, code: string, { text, said }: Told, headers: readonly string[] = []) {
    super(text);
    this.status = status;
    this.code = code;
    this.said = said;
    this.headers = headers;
  }

  /** Its sentence in a language. */
  in(language: Language): string {
    return language === 'en' ? this.message : inWords(this.said, language);
  }

  /** The same with these headers, in place of its own or beside them. */
  with(headers: readonly string[], { beside = true }: { readonly beside?: boolean } = {}): HttpRefusal {
    const told = { text: this.message, said: this.said };
    return new HttpRefusal(this.status, this.code, told, beside ? [...this.headers, ...headers] : headers);
  }
}
