import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { until } from './until.js';

/** A message that arrived at a webhook. */
export interface Arrived {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A webhook on this machine. */
export interface AlertReceiver extends AsyncDisposable {
  readonly url: string;
  readonly arrived: Arrived[];
  /** Waits until what arrived is as wanted. */
  until(wanted: (arrived: readonly Arrived[]) => boolean): Promise<void>;
}

/** How a receiver answers. */
export type Answer = (response: ServerResponse, message: Arrived, nth: number) => void;

export const taken: Answer = (response) => void response.writeHead(200).end('ok');

/** Starts a webhook that answers as it is told. */
export async function startAlertReceiver(answer: Answer = taken): Promise<AlertReceiver> {
  const arrived: Arrived[] = [];
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const message = { key: String(request.headers['idempotency-key']), headers: request.headers as Record<string, string>, body };
    arrived.push(message);
    answer(response, message, arrived.length);
  };
  const server = createServer((request, response) => {
    void receive(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    arrived,
    until: (wanted) => until(() => Promise.resolve(wanted(arrived))),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
