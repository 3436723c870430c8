import { Agent, request as overHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as overHttps } from 'node:https';
import { codeOf } from './error-code.js';
import { GatheredBytes } from './gathered-bytes.js';
import { GatheredLines } from './gathered-lines.js';

/** Longest body that is read of an endpoint, in bytes: what an answer takes many times over. */
export const MAX_BODY = 1_000_000;
/** Of an answer that is no good one its status says what is to be done: so much of its body is read for what else it tells, in bytes, and so long, in ms. */
const MAX_REFUSAL = 64_000;
const REFUSAL_MS = 2_000;
/** Interim answers (1xx) that are passed by before the endpoint counts as broken. */
const MAX_INTERIM = 20;
/** Codes of Node, of TLS and of its reader of HTTP. */
const CODE = /^[A-Z][A-Z0-9_]{2,59}$/u;

// A connection for each call that is under way, kept for the next one. As many as callers ask for: they are the generator's bulkhead.
const agents = { http: new Agent({ keepAlive: true }), https: new SecureAgent({ keepAlive: true }) };

/** What an endpoint answered, whatever it is. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** No whole answer came: no connection, none of HTTP's answers, or one that broke off. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  /** @param kind NO_CONNECTION before an answer began, CUT_OFF while it came, NOT_HTTP for what speaks something else */
  constructor(
    readonly kind: 'NO_CONNECTION' | 'CUT_OFF' | 'NOT_HTTP',
    options?: ErrorOptions,
  ) {
    super(`no answer came: ${kind}`, options);
  }

  /** Node's word for what happened, such as ECONNREFUSED or CERT_HAS_EXPIRED; undefined where there is none. Nothing of what was sent or came is in it. */
  get code(): string | undefined {
    const code = this.cause === undefined ? undefined : codeOf(this.cause);
    return code !== undefined && CODE.test(code) ? code : undefined;
  }
}

/** What is sent. */
export interface Sending {
  /**
   * Whether it goes over a connection of its own. One that is kept may be closed by the other side in the moment in which it is used again: for calls
   * that are minutes apart that is likely, and keeping one saves nothing.
   */
  readonly alone?: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the status alone is asked for: a body that breaks off, or has no end, does not take it away. */
  readonly statusOnly?: boolean;
  /** Ends it, whatever the other side does: nothing else need settle for that. */
  readonly signal: AbortSignal;
}

/** Any request: a method without a body sends none. */
export interface Asking extends Omit<Sending, 'body'> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly body?: string | Uint8Array;
  /** Longest body that is read, in bytes. */
  readonly mostBytes?: number;
  /** Told each line of a good answer as it comes, and undefined of one longer than `MAX_BODY`: then no body is kept. */
  readonly take?: (line: string | undefined) => void;
}

/** Posts as `boundedRequest` does. @throws NoAnswer, or the signal's reason */
export function boundedPost(url: URL, sending: Sending): Promise<HttpAnswer> {
  return boundedRequest(url, { method: 'POST', ...sending });
}

/**
 * Asks an endpoint that is not trusted: follows no redirect, because the address comes from configuration only, reads no endless body, and settles
 * with the signal. On node:http, since `fetch` itself took a third of a worker's time at 300 calls a second. @throws NoAnswer, or the signal's reason
 */
export async function boundedRequest(
  url: URL,
  { method, headers, body = '', signal, alone = false, statusOnly = false, mostBytes = MAX_BODY, take }: Asking,
): Promise<HttpAnswer> {
  signal.throwIfAborted();
  const bytes = Buffer.from(body); // as bytes: a text is encoded again for each piece that the socket takes
  // A body is read as it comes: where nothing is said of encodings, any may be used.
  const options = {
    method,
    headers: { 'accept-encoding': 'identity', ...headers, ...(method === 'POST' && { 'content-length': bytes.byteLength }) },
  };
  const request =
    url.protocol === 'https:'
      ? overHttps(url, { ...options, agent: alone ? false : agents.https })
      : overHttp(url, { ...options, agent: alone ? false : agents.http });
  const { promise: aborted, reject: abort } = Promise.withResolvers<never>();
  const onAbort = (): void => abort(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([aborted, answerTo(request, bytes, { statusOnly, mostBytes, take })]);
  } catch (error) {
    request.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** How a body is read. */
interface Reading {
  readonly statusOnly: boolean;
  readonly mostBytes: number;
  readonly take: Asking['take'] | undefined;
}

async function answerTo(request: ClientRequest, bytes: Buffer, reading: Reading): Promise<HttpAnswer> {
  const response = await responseTo(request, bytes);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
    body: reading.statusOnly ? leave(response) : await bodyOf(response, reading),
  };
}

function responseTo(request: ClientRequest, bytes: Buffer): Promise<IncomingMessage> {
  let interim = 0;
  return new Promise((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', (cause) => reject(new NoAnswer(isNoHttp(cause) ? 'NOT_HTTP' : 'NO_CONNECTION', { cause })));
    // Without this listener Node closes the connection, and tells no listener.
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      reject(new NoAnswer('NOT_HTTP'));
    });
    request.on('information', () => (interim += 1) > MAX_INTERIM && reject(new NoAnswer('NOT_HTTP')));
    request.on('close', () => reject(new NoAnswer('NO_CONNECTION'))); // after an answer it changes nothing
    request.end(bytes);
  });
}

/** Something came, and Node's reader of HTTP refused it: another protocol, a header without an end, two lengths. An end in the middle may be the network's. */
function isNoHttp(cause: unknown): boolean {
  return codeOf(cause).startsWith('HPE_') && codeOf(cause) !== 'HPE_INVALID_EOF_STATE';
}

function bodyOf(response: IncomingMessage, reading: Reading): Promise<string> {
  const { statusCode = 0 } = response;
  return statusCode >= 200 && statusCode <= 299 ? wholeBody(response, reading) : beginningOf(response);
}

async function wholeBody(response: IncomingMessage, { mostBytes, take }: Reading): Promise<string> {
  const lines = take === undefined ? undefined : new GatheredLines(MAX_BODY, take);
  if (Number(response.headers['content-length'] ?? 0) > mostBytes) throw new NoAnswer('NOT_HTTP'); // it says so itself
  const gathered = new GatheredBytes();
  let read = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      read += chunk.byteLength;
      if (read > mostBytes) break; // which ends the connection
      (lines ?? gathered).add(chunk);
    }
  } catch (cause) {
    throw new NoAnswer(isNoHttp(cause) ? 'NOT_HTTP' : 'CUT_OFF', { cause });
  }
  if (read > mostBytes) throw new NoAnswer('NOT_HTTP');
  lines?.end();
  return gathered.bytes.toString();
}

/** Lets what is left of an answer come to its end beside the caller, and ends the connection where it does not. */
function leave(response: IncomingMessage): '' {
  const timer = setTimeout(() => response.destroy(), REFUSAL_MS).unref();
  let read = 0;
  response.on('data', ({ byteLength }: Buffer) => (read += byteLength) > MAX_REFUSAL && response.destroy());
  response.on('error', () => undefined).on('close', () => clearTimeout(timer));
  return '';
}

/** What comes of it. One that stops, breaks off or has no end takes neither the caller's time nor the status away, which came before it. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const gathered = new GatheredBytes();
  const timer = setTimeout(() => response.destroy(), REFUSAL_MS);
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      gathered.add(chunk.subarray(0, MAX_REFUSAL - gathered.bytes.byteLength));
      if (gathered.bytes.byteLength === MAX_REFUSAL) break; // which ends the connection
    }
  } catch {
    // It broke off, or was given up: what came of it is told.
  } finally {
    clearTimeout(timer);
  }
  return gathered.bytes.toString();
}
