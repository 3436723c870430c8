import { Agent, request as overHttp, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as overHttps } from 'node:https';

/** Longest body that is read of an endpoint, in bytes: what an answer takes many times over. */
export const MOST_BODY = 1_000_000;

// A connection for each call that is under way, kept for the next one. As many as callers ask for: they are the generator's bulkhead.
const agents = { http: new Agent({ keepAlive: true }), https: new SecureAgent({ keepAlive: true }) };

/**
 * What the AI SDK needs of `fetch`, for an endpoint that is not trusted: follows no redirect, because the address comes from configuration only, and
 * reads no endless body. On node:http, since `fetch` itself took a third of a worker's time at 300 calls a second.
 * @throws TypeError `fetch failed` without a connection, like `fetch`; RangeError for a body that is too long; the signal's reason
 */
export const boundedFetch: typeof fetch = async (input, { method = 'GET', headers = {}, body, signal } = {}) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const secure = url.protocol === 'https:';
  const sent = typeof body === 'string' ? Buffer.from(body) : undefined; // as bytes: a text is encoded again for each piece that the socket takes
  const options = { method, headers: Object.fromEntries(new Headers(headers)), ...(signal && { signal }) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const failed = (cause: Error): void => reject(signal?.aborted === true ? cause : new TypeError('fetch failed', { cause }));
    const request = secure ? overHttps(url, { ...options, agent: agents.https }) : overHttp(url, { ...options, agent: agents.http });
    request.once('response', resolve).once('error', failed).end(sent);
  });
  const chunks: Buffer[] = [];
  let read = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    read += chunk.byteLength;
    if (read > MOST_BODY) throw new RangeError(`an answer takes at most ${MOST_BODY} bytes`); // ends the loop, and with it the connection
    chunks.push(chunk);
  }
  return new Response(read === 0 ? null : Buffer.concat(chunks), {
    status: response.statusCode ?? 0,
    statusText: response.statusMessage ?? '',
    headers: Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)]),
  });
};
