import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that came, whole. */
export interface Came {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: Buffer;
}

/** An answer of the model behind it. */
export interface Answered {
  readonly status: number;
  readonly body: string;
}

/** Answers in the model's place, and returns true; or changes what the model has answered. */
export interface Oddity {
  /** Before the model is asked. @returns whether that was the answer */
  readonly before?: (came: Came, response: ServerResponse) => boolean;
  /** What is answered in place of what the model said. */
  readonly after?: (came: Came, answered: Answered) => Answered;
}

/** A server that stands before a model and hands on whatever is asked for, but for what is odd. */
export interface OddProvider extends AsyncDisposable {
  /** In place of the model's. */
  readonly url: string;
  /** Requests so far, oldest first. */
  readonly asked: readonly Came[];
}

/** Starts one before a model's address. */
export async function startOddProvider(
  modelUrl: string,
  { before = () => false, after = (_, answered) => answered }: Oddity,
): Promise<OddProvider> {
  const asked: Came[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '', headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const came = { method, path: url, body: Buffer.concat(chunks) };
    asked.push(came);
    if (before(came, response)) return;
    const body = chunks.length > 0 && { body: came.body };
    const told = await fetch(new URL(url, modelUrl), { method, headers: { 'content-type': headers['content-type'] ?? '' }, ...body });
    const odd = after(came, { status: told.status, body: await told.text() });
    response.writeHead(odd.status, { 'content-type': 'application/json' }).end(odd.body);
  };
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
