import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { RunningHttpServer } from '../../src/server/http/options.js';

/** What a server answered, however it was asked. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends a request with exactly these headers: `fetch` adds its own, and will not send those that browsers keep to themselves. */
export async function ask(
  { address }: Pick<RunningHttpServer, 'address'>,
  path: string,
  { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<RawAnswer> {
  const request = httpRequest({ host: address.host, port: address.port, method, path, headers, agent: false });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
}

/** Sends bytes as they are, and gives everything that came back once the server has closed the connection. */
export async function tell({ address }: Pick<RunningHttpServer, 'address'>, bytes: string): Promise<string> {
  const socket = connect(address.port, address.host);
  socket.write(bytes);
  return text(socket);
}
