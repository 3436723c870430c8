import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Behaviour, disrupt } from './behaviour.js';
import { readChatRequest, type ChatRequest } from './chat-request.js';
import { PrefixCache } from './prefix-cache.js';
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

const BYTES_A_TOKEN = 3;

/**
 * A stand-in for a language model, for tests, benchmarks and demonstrations: speaks OpenAI's wire format (chat completions, structured output, no
 * streaming), and misbehaves as told. Listens on the loopback address only.
 */
export async function openLocalModel(options: LocalModelOptions): Promise<LocalModel> {
  let received = 0;
  const cache = new PrefixCache();
  const server = createServer((request, response) => {
    void serve(request, response, { ...options, cache, count: () => (received += 1) }).catch(() => response.destroy());
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

/** A request with what the endpoint had kept of its beginning. */
type ReadChat = ChatRequest & { readonly cachedTokens: number };

interface Serving extends LocalModelOptions {
  readonly cache: PrefixCache;
  /** Counts a chat request. */
  readonly count: () => number;
}

async function serve(request: IncomingMessage, response: ServerResponse, options: Serving): Promise<void> {
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
  const behaviour = options.behave(options.count(), chat);
  if ((behaviour.latencyMs ?? 0) > 0) await new Promise((resolve) => setTimeout(resolve, behaviour.latencyMs));
  const text = chat.messages.map(({ content }) => content).join('');
  await behaveAs(behaviour, { ...chat, cachedTokens: options.cache.read(text, BYTES_A_TOKEN) }, response);
}

async function behaveAs(behaviour: Behaviour, chat: ReadChat, response: ServerResponse): Promise<void> {
  switch (behaviour.kind) {
    case 'sound':
      return sendText(response, completed(chat, JSON.stringify(soundAnswer(chat))));
    case 'answer':
      return sendText(response, completed(chat, JSON.stringify(behaviour.change(soundAnswer(chat)))));
    case 'wrapped':
      return sendText(response, completed(chat, behaviour.wrap(JSON.stringify(soundAnswer(chat)))));
    case 'text':
      return sendText(response, completed(chat, behaviour.text));
    case 'error':
      return refuse(response, behaviour);
    case 'thinking':
      return sendText(response, completed(chat, '', { reasoning: 'x'.repeat(400), finish: 'length' }));
    case 'usage':
      return sendText(response, completed(chat, JSON.stringify(soundAnswer(chat)), { usage: behaviour.usage }));
    case 'refusing':
      return refuseParameters(behaviour, chat, response);
    default:
      return disrupt(behaviour.kind, response, completed(chat, JSON.stringify(soundAnswer(chat))));
  }
}

function refuseParameters({ parameters, named }: Extract<Behaviour, { kind: 'refusing' }>, chat: ReadChat, response: ServerResponse): void {
  const refused = parameters.find((parameter) => chat[parameter] !== undefined);
  if (refused === undefined) return sendText(response, completed(chat, JSON.stringify(soundAnswer(chat))));
  const message = named ? `Unsupported parameter: '${refused}' is not supported with this model.` : 'Bad request.';
  return refuse(response, { kind: 'error', status: 400, ...(named && { code: 'unsupported_parameter' }), message });
}

/** What a completion may say besides the answer. */
interface CompletionOptions {
  readonly reasoning?: string;
  readonly finish?: 'stop' | 'length';
  /** JSON in place of the true figures; none for an empty text. */
  readonly usage?: string;
}

function completed(
  { model, messages, cachedTokens }: ReadChat,
  content: string,
  { reasoning, finish = 'stop', usage }: CompletionOptions = {},
): string {
  const message = { role: 'assistant', content, refusal: null, ...(reasoning !== undefined && { reasoning_content: reasoning }) };
  const said = {
    id: 'chatcmpl-local',
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1_000),
    model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finish }],
  };
  const prompt_tokens = messages.reduce((sum, { content: text }) => sum + tokensOf(text), 0);
  const completion_tokens = tokensOf(content + (reasoning ?? ''));
  const figures =
    usage ??
    JSON.stringify({
      prompt_tokens,
      completion_tokens,
      total_tokens: prompt_tokens + completion_tokens,
      prompt_tokens_details: { cached_tokens: cachedTokens },
    });
  const text = JSON.stringify(said);
  return figures === '' ? text : `${text.slice(0, -1)},"usage":${figures}}`;
}

/** About what a tokenizer makes of Korean and JSON. */
function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_A_TOKEN);
}

function refuse(
  response: ServerResponse,
  { status, under = status, code, retryAfter, message }: Extract<Behaviour, { kind: 'error' }>,
): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  send(response, under, {
    error: { message: message ?? 'refused as told', type: code ?? 'server_error', param: null, code: code ?? null },
  });
}

function send(response: ServerResponse, status: number, body: object): void {
  sendText(response, JSON.stringify(body), status);
}

function sendText(response: ServerResponse, text: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
}
