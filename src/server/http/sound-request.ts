import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { HttpRefusal } from './exchange.js';
import { HTTP } from './http-words.js';
import { MAX_BODY_BYTES } from './read-json-body.js';

/**
 * Refuses what Node's parser lets through and HTTP does not: two hosts, of which one would be checked and the other obeyed by what stands behind (RFC 9112, 3.2), and a
 * coding of the body that is not known here (6.1). @throws HttpRefusal 400, 501
 */
export function requireSound({ headers, rawHeaders }: IncomingMessage): void {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;
  if (hosts > 1) throw new HttpRefusal(400, 'BAD_REQUEST', HTTP.tell('TWO_HOSTS'), ['connection', 'close']);
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding.trim().toLowerCase() !== 'chunked')
    throw new HttpRefusal(501, 'BAD_REQUEST', HTTP.tell('CODING_UNKNOWN'), ['connection', 'close']);
}

/** Lets a client that asks first go on with its body, unless that would be refused for its size: then it is spared the sending. */
export function answerExpectations(server: Server, serve: RequestListener): void {
  server.on('checkContinue', (request, response) => {
    if (declaredBytes(request) <= MAX_BODY_BYTES) response.writeContinue();
    serve(request, response);
  });
}

function declaredBytes({ headers }: IncomingMessage): number {
  return Number(headers['content-length'] ?? 0);
}
