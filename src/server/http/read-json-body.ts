import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { MIMEType } from 'node:util';
import { foreignJson, MAX_DEPTH } from '../../base/foreign-json.js';
import { GatheredBytes } from '../../base/gathered-bytes.js';
import { HttpRefusal } from './exchange.js';
import { HTTP } from './http-words.js';

/** The largest request body, in bytes: the longest operation the token limit lets through is far smaller. */
export const MAX_BODY_BYTES = 1_048_576;
// Past this a client that keeps sending after the limit is cut off; up to it the rest is read and dropped, so that an honest client
// finishes writing and gets to see the 413 instead of a connection reset.
const MAX_DISCARDED_BYTES = 16 * MAX_BODY_BYTES;

/** Reads and parses a JSON request body. Throws `HttpRefusal`: 400 not JSON, 413 too large, 415 not declared as JSON or compressed. */
export async function readJsonBody(request: IncomingMessage, maxBytes: number = MAX_BODY_BYTES): Promise<unknown> {
  requireJson(request);
  return parsed(await readBytes(request, maxBytes));
}

/** The same of a call whose body may be left out. @returns undefined for an empty one, whatever it is declared as */
export async function readJsonBodyIfAny(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request, MAX_BODY_BYTES);
  if (bytes.length === 0) return undefined;
  requireJson(request);
  return parsed(bytes);
}

function parsed(bytes: Buffer): unknown {
  try {
    return foreignJson(textOf(bytes));
  } catch {
    throw new HttpRefusal(400, 'BAD_REQUEST', HTTP.tell('BODY_UNREADABLE', { levels: MAX_DEPTH }));
  }
}

/** Refuses bytes that are no UTF-8 instead of replacing them. A byte order mark is left: what reads the JSON passes over one, and no second. @throws TypeError */
function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new TypeError('the bytes are no UTF-8');
  return bytes.toString('utf8');
}

/** Reads a form that a page sends (`application/x-www-form-urlencoded`). Throws as `readJsonBody` does. */
export async function readForm(request: IncomingMessage, maxBytes: number): Promise<URLSearchParams> {
  if (mimeTypeOf(request.headers['content-type'] ?? '')?.essence !== 'application/x-www-form-urlencoded') {
    throw new HttpRefusal(415, 'UNSUPPORTED_MEDIA_TYPE', HTTP.tell('BODY_NO_FORM'));
  }
  requireUnencoded(request);
  return new URLSearchParams((await readBytes(request, maxBytes)).toString('utf8'));
}

/** @throws HttpRefusal 415 */
function requireJson(request: IncomingMessage): void {
  if (!isJson(request.headers['content-type'])) throw new HttpRefusal(415, 'UNSUPPORTED_MEDIA_TYPE', HTTP.tell('BODY_NO_JSON'));
  requireUnencoded(request);
}

/** @throws HttpRefusal 415 */
function requireUnencoded({ headers }: IncomingMessage): void {
  if (isEncoded(headers['content-encoding']))
    throw new HttpRefusal(415, 'UNSUPPORTED_MEDIA_TYPE', HTTP.tell('BODY_ENCODED'), ['accept-encoding', 'identity']);
}

async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const { 'content-length': declared, expect } = request.headers;
  // What waits for a word before it sends, or would be cut off, is told before it sent anything.
  if (Number(declared) > (expect === undefined ? MAX_DISCARDED_BYTES : maxBytes)) throw tooLarge(maxBytes, ['connection', 'close']);
  return new Promise((resolve, reject) => {
    const gathered = new GatheredBytes();
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) gathered.add(chunk);
      else {
        gathered.forget();
        reject(tooLarge(maxBytes)); // at once: a body may have no end
      }
      if (bytes > MAX_DISCARDED_BYTES) request.destroy();
    });
    request.once('end', () => resolve(gathered.bytes));
    request.once('error', reject);
    request.once('close', () => {
      // Closes every request, the complete ones too, and an error made for each would be 6 % of a small query's time.
      if (!request.complete) reject(new HttpRefusal(400, 'BAD_REQUEST', HTTP.tell('BODY_BROKEN_OFF')));
    });
  });
}

function tooLarge(maxBytes: number, headers: readonly string[] = []): HttpRefusal {
  return new HttpRefusal(413, 'PAYLOAD_TOO_LARGE', HTTP.tell('BODY_TOO_LARGE', { most: maxBytes }), headers);
}

/** `application/json`, in no character set or in UTF-8: the only one JSON has. Other parameters say nothing about it (RFC 8259, 11). */
function isJson(contentType: string | undefined): boolean {
  if (contentType === undefined || contentType === 'application/json') return contentType !== undefined;
  const type = mimeTypeOf(contentType);
  return type?.essence === 'application/json' && /^(utf-?8)?$/i.test(type.params.get('charset') ?? '');
}

function mimeTypeOf(contentType: string): MIMEType | undefined {
  try {
    return new MIMEType(contentType);
  } catch {
    return undefined;
  }
}

/** `identity` is the name of no encoding at all. */
function isEncoded(contentEncoding: string | undefined): boolean {
  return contentEncoding?.split(',').some((coding) => !['', 'identity'].includes(coding.trim().toLowerCase())) === true;
}
