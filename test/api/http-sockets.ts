import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { TestServer } from './http-fixture.js';

/** The code and reason with which a socket closes. Ask before doing what makes it close. */
export function closing(socket: WebSocket): Promise<[code: number, reason: string]> {
  return new Promise((resolve) => socket.once('close', (code, reason) => resolve([code, reason.toString('utf8')])));
}

/** A socket that speaks the protocol by hand, so that it can misbehave. */
export async function rawSocket(server: Pick<TestServer, 'url'>, headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  await once(socket, 'open');
  return socket;
}

/** Sends a message. */
export const say = (socket: WebSocket, message: object) => socket.send(JSON.stringify(message));
/** Asks for an operation. */
export const subscribe = (socket: WebSocket, id: string, query: string) => say(socket, { id, type: 'subscribe', payload: { query } });

/** Rejects when a socket closes: what is still waited for then never comes. */
function closedBefore(socket: WebSocket): Promise<never> {
  const never = closing(socket).then(([code, reason]) => {
    throw new Error(`the connection was closed (${code} ${reason}) before what was waited for came`);
  });
  never.catch(() => undefined); // closed after it came
  return never;
}

/** The next message. Ask before doing what makes it come. @throws when the connection is closed instead */
export async function nextMessage(socket: WebSocket): Promise<string> {
  const message = new Promise<string>((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString('utf8'))));
  return Promise.race([message, closedBefore(socket)]);
}

/** Says `connection_init`, and waits for the answer. */
export async function acknowledged(socket: WebSocket, payload?: object): Promise<void> {
  const answer = nextMessage(socket);
  say(socket, { type: 'connection_init', ...(payload !== undefined && { payload }) });
  await answer;
}

/** The next messages, as many as asked for, in the order in which they came. Ask before doing what makes them come. */
export function messages(socket: WebSocket, count: number): Promise<Record<string, unknown>[]> {
  const seen: Record<string, unknown>[] = [];
  const all = new Promise<typeof seen>((resolve) => {
    const take = (data: Buffer): void => {
      seen.push(JSON.parse(data.toString('utf8')) as Record<string, unknown>);
      if (seen.length < count) return;
      socket.off('message', take);
      resolve(seen);
    };
    socket.on('message', take);
  });
  return Promise.race([all, closedBefore(socket)]);
}

/** Everything that is said of one operation, until it has ended. Ask before the operation. */
export function outcome(socket: WebSocket, id: string): Promise<Record<string, unknown>[]> {
  const seen: Record<string, unknown>[] = [];
  const all = new Promise<typeof seen>((resolve) => {
    const take = (data: Buffer): void => {
      const message = JSON.parse(data.toString('utf8')) as Record<string, unknown>;
      if (message['id'] !== id) return;
      seen.push(message);
      if (message['type'] === 'next') return;
      socket.off('message', take);
      resolve(seen);
    };
    socket.on('message', take);
  });
  return Promise.race([all, closedBefore(socket)]);
}
