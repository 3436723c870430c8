import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Ways of a connection that bring no answer of a model. `hang` never answers; `drip` sends a byte at a time; `cut` breaks off in the middle; `reset` and
 * `hangup` close the connection without a word, at once or in good order; `upgrade` changes to another protocol; `page` and `redirect` are what a wrong
 * address answers; `flood`, `endless-headers` and `endless-100` never end.
 */
export type Disruption =
  'hang' | 'drip' | 'cut' | 'reset' | 'hangup' | 'upgrade' | 'page' | 'redirect' | 'flood' | 'endless-headers' | 'endless-100';

/** Answers in one of these ways; `text` is what a sound endpoint would have answered. */
export async function disrupt(kind: Disruption, response: ServerResponse, text: string): Promise<void> {
  switch (kind) {
    case 'hang':
      return; // until the client gives up
    case 'reset':
      response.destroy();
      return;
    case 'hangup':
      response.socket?.end();
      return;
    case 'upgrade':
      response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: other\r\nconnection: upgrade\r\n\r\n');
      return;
    case 'page':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title><p>It works!');
      return;
    case 'redirect':
      response.writeHead(301, { location: 'http://127.0.0.1:1/elsewhere' }).end();
      return;
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      response.write(text.slice(0, text.length / 2));
      await delay(5);
      response.destroy();
      return;
    case 'drip':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      return writeOnAndOn(response, text.split(''), 20);
    case 'flood':
      response.writeHead(200, { 'content-type': 'application/json' });
      return writeOnAndOn(response, endlessly('x'.repeat(65_536)), 0);
    case 'endless-headers':
      response.socket?.write('HTTP/1.1 200 OK\r\n');
      return writeOnAndOn(response, endlessly('x-more: 1\r\n'), 20);
    case 'endless-100':
      return writeOnAndOn(response, endlessly('HTTP/1.1 100 Continue\r\n\r\n'), 5);
  }
}

/** Writes to the connection until there is no more, or the client has gone. */
async function writeOnAndOn(response: ServerResponse, parts: Iterable<string>, everyMs: number): Promise<void> {
  const { socket } = response;
  for (const part of parts) {
    if (socket === null || socket.destroyed) return;
    // Past the head of an answer it is the answer that is written to, which knows how a body is framed.
    const isRoom = response.headersSent ? response.write(part) : socket.write(part);
    if (!isRoom || everyMs > 0) await delay(Math.max(1, everyMs));
  }
  response.end();
}

function* endlessly(part: string): Generator<string> {
  for (;;) yield part;
}
