import { once } from 'node:events';
import { WebSocket } from 'ws';

/** How a way in answered: the HTTP status or close code, and the code of its first error. */
export interface DoorAnswer {
  readonly status: number;
  readonly code: string | undefined;
  /** Everything it said, for what must not be in it. */
  readonly text: string;
}

/** One way to send an operation with a bearer token, or none. */
export type Door = (url: string, authorization: string | undefined, query?: string) => Promise<DoorAnswer>;

const QUERY = '{ systemStatus { version } }';

/** A POST to `/graphql`. */
export const http: Door = async (url, authorization, query = QUERY) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
    body: JSON.stringify({ query }),
  });
  return answer(response.status, await response.text());
};

/** A stream of Server-Sent Events. */
export const sse: Door = async (url, authorization, query = QUERY) => {
  const response = await fetch(`${url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...(authorization !== undefined && { authorization }) },
    body: JSON.stringify({ query }),
  });
  return answer(response.status, await response.text());
};

/** A WebSocket that shows the token in `connection_init`. */
export const ws: Door = (url, authorization, query) =>
  overSocket(url, { params: authorization === undefined ? {} : { authorization } }, query);

/** A WebSocket that shows the token in the header of its upgrade, as programs can. */
export const wsHeader: Door = (url, authorization, query) =>
  overSocket(url, { headers: authorization === undefined ? {} : { authorization } }, query);

async function overSocket(
  url: string,
  { params = {}, headers = {} }: { params?: object; headers?: Record<string, string> },
  query: string = QUERY,
): Promise<DoorAnswer> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  const said: string[] = [];
  socket.on('message', (data: Buffer) => {
    const text = data.toString('utf8');
    said.push(text);
    const { type } = JSON.parse(text) as { type: string };
    if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
    if (type === 'complete' || type === 'error') socket.close(1000);
  });
  socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: params })));
  const [status, reason] = (await once(socket, 'close')) as [number, Buffer];
  return answer(status, [...said, reason.toString('utf8')].join('\n'));
}

function answer(status: number, text: string): DoorAnswer {
  return { status, code: /"code":"(\w+)"/.exec(text)?.[1], text };
}

/** Every way in, and what it says to who is let in, who is not known, and who has no rights here at all. */
export const DOORS: readonly (readonly [name: string, door: Door, statuses: { in: number; unknown: number; forbidden: number }])[] = [
  ['HTTP', http, { in: 200, unknown: 401, forbidden: 403 }],
  ['Server-Sent Events', sse, { in: 200, unknown: 401, forbidden: 403 }],
  ['WebSocket', ws, { in: 1000, unknown: 4401, forbidden: 4403 }],
  ['WebSocket by header', wsHeader, { in: 1000, unknown: 4401, forbidden: 4403 }],
];
