import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Behaviour } from './behaviour.js';
import { readChatRequest, type ChatRequest } from './chat-request.js';
import { soundAnswer } from './sound-answer.js';

/** A request as the local model received it. */
export interface Received {
  /** `performance.now()` when its headers were read. */
  readonly at: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** How a local model listens and behaves. */
export interface LocalModelOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Decides on each chat request; `received` counts them from 1. */
  readonly behave: (received: number, request: ChatRequest) => Behaviour;
  /** Told of each chat request before it is treated. */
  readonly onReceived?: (received: Received) => void;
}

/** A local model that listens. */
export interface LocalModel extends AsyncDisposable {
  /** Base URL for `LLM_BASE_URL`. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * A stand-in for a language model, for tests, benchmarks and demonstrations: speaks OpenAI's wire format (chat completions, structured output, no
 * streaming), and misbehaves as told. Listens on the loopback address only.
 */
export async function openLocalModel(options: LocalModelOptions): Promise<LocalModel> {
  let received = 0;
  const server = createServer((request, response) => {
    void serve(request, response, options, () => (received += 1)).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 30_000;
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => closeServer(server);
  return { url: `http://127.0.0.1:${port}/v1`, port, close, [Symbol.asyncDispose]: close };
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

async function serve(request: IncomingMessage, response: ServerResponse, options: LocalModelOptions, count: () => number): Promise<void> {
  const at = performance.now();
  if (request.method === 'GET' && request.url === '/v1/models')
    return send(response, 200, { object: 'list', data: [{ id: 'local', object: 'model' }] });
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
    return refuse(response, { kind: 'error', status: 404, code: 'unknown_url' });
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  options.onReceived?.({ at, headers: request.headers, body });
  const chat = readChatRequest(body);
  if ('wrong' in chat) return refuse(response, { kind: 'error', status: 400, code: 'invalid_request', message: chat.wrong });
  const behaviour = options.behave(count(), chat);
  if ((behaviour.latencyMs ?? 0) > 0) await new Promise((resolve) => setTimeout(resolve, behaviour.latencyMs));
  await behaveAs(behaviour, chat, response);
}

async function behaveAs(behaviour: Behaviour, chat: ChatRequest, response: ServerResponse): Promise<void> {
  switch (behaviour.kind) {
    case 'sound':
      return send(response, 200, completion(chat, JSON.stringify(soundAnswer(chat))));
    case 'answer':
      return send(response, 200, completion(chat, JSON.stringify(behaviour.change(soundAnswer(chat)))));
    case 'text':
      return send(response, 200, completion(chat, behaviour.text));
    case 'error':
      return refuse(response, behaviour);
    case 'hang':
      return undefined; // until the client gives up
    case 'reset':
      return void response.destroy();
    case 'cut':
    case 'drip':
      return piecemeal(JSON.stringify(completion(chat, JSON.stringify(soundAnswer(chat)))), behaviour.kind, response);
  }
}

async function piecemeal(text: string, kind: 'cut' | 'drip', response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  if (kind === 'cut') {
    response.write(text.slice(0, text.length / 2));
    await new Promise((resolve) => setTimeout(resolve, 5));
    response.destroy();
    return;
  }
  for (const character of text) {
    if (response.destroyed) return;
    response.write(character);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  response.end();
}

function completion({ model, messages }: ChatRequest, content: string): object {
  const [prompt_tokens, completion_tokens] = [messages.reduce((sum, message) => sum + tokensOf(message.content), 0), tokensOf(content)];
  return {
    id: 'chatcmpl-local',
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1_000),
    model,
    choices: [{ index: 0, message: { role: 'assistant', content, refusal: null }, logprobs: null, finish_reason: 'stop' }],
    usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
  };
}

/** About what a tokenizer makes of Korean and JSON. */
function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 3);
}

function refuse(response: ServerResponse, { status, code, retryAfter, message }: Extract<Behaviour, { kind: 'error' }>): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  send(response, status, {
    error: { message: message ?? 'refused as told', type: code ?? 'server_error', param: null, code: code ?? null },
  });
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
}
