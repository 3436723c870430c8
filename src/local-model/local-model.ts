import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BatchDesk } from './batch-desk.js';
import type { BatchBehaviour } from './batch-faults.js';
import { batchCallOf, serveBatches } from './batch-routes.js';
import { type Behaviour, disrupt } from './behaviour.js';
import { chatAnswer, refusal, type ChatAnswer, type ReadChat } from './completion.js';
import { readChatRequest, type ChatRequest } from './chat-request.js';
import { Ledger, type EndpointAccount } from './ledger.js';
import { PrefixCache } from './prefix-cache.js';
import { BY_BYTES, countTokens, type Tokenizer } from './tokenizer.js';

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
  /** Decides on each batch; its lines are treated as `behave` says of them. Absent: all goes well, at once. */
  readonly behaveBatch?: () => BatchBehaviour;
  /** Whether files and batches can be listed; true unless told otherwise. */
  readonly lists?: boolean;
  /** ms that a batch takes to be cancelled. */
  readonly cancelMs?: number;
  /** By bytes without. */
  readonly tokenizer?: Tokenizer;
  /** A folder that files, batches and the account outlive the process in. */
  readonly folder?: string;
}

/** A local model that listens. */
export interface LocalModel extends AsyncDisposable {
  /** Base URL for `LLM_BASE_URL`. */
  readonly url: string;
  readonly port: number;
  /** What it would charge for, by its own figures. */
  readonly account: EndpointAccount;
  /** Names of the files that it keeps. */
  readonly files: readonly string[];
  close(): Promise<void>;
}

/**
 * A stand-in for a language model, for tests, benchmarks and demonstrations: speaks OpenAI's wire format (chat completions, structured output, no
 * streaming, files and batches), and misbehaves as told. Listens on the loopback address only.
 */
export async function openLocalModel(options: LocalModelOptions): Promise<LocalModel> {
  let received = 0;
  const { lists = true, cancelMs = 0, folder, tokenizer = BY_BYTES } = options;
  const [cache, ledger, count] = [new PrefixCache(), new Ledger(folder), (): number => (received += 1)];
  const answer = (body: string): ChatAnswer | undefined => answerOfLine(body, { ...options, tokenizer, cache, count });
  const desk = new BatchDesk({ folder, behave: options.behaveBatch ?? ((): BatchBehaviour => ({})), answer, cancelMs });
  const server = createServer((request, response) => {
    void serve(request, response, { ...options, lists, tokenizer, cache, ledger, desk, count }).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 30_000;
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => closeServer(server);
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    get account() {
      return { calls: ledger.calls, batches: desk.taken };
    },
    get files() {
      return desk.files.newestFirst().map(({ filename }) => filename);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

/** What a question is answered with. */
interface Answering extends Pick<LocalModelOptions, 'behave'> {
  readonly cache: PrefixCache;
  readonly tokenizer: Tokenizer;
  /** Counts a question. */
  readonly count: () => number;
}

interface Serving extends Omit<LocalModelOptions, 'tokenizer'>, Answering {
  readonly desk: BatchDesk;
  readonly ledger: Ledger;
  readonly lists: boolean;
}

async function serve(request: IncomingMessage, response: ServerResponse, options: Serving): Promise<void> {
  const at = performance.now();
  if (request.method === 'GET' && request.url === '/v1/models')
    return send(response, { status: 200, body: '{"object":"list","data":[{"id":"local","object":"model"}]}' });
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  if (await serveBatches(batchCallOf(request, bytes), response, options)) return;
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
    return send(response, refusal({ kind: 'error', status: 404, code: 'unknown_url' }));
  const body = bytes.toString();
  options.onReceived?.({ at, headers: request.headers, body });
  const chat = readChatRequest(body);
  if ('wrong' in chat) return send(response, refusal(invalid(chat.wrong)));
  const behaviour = options.behave(options.count(), chat);
  if ((behaviour.latencyMs ?? 0) > 0) await new Promise((resolve) => setTimeout(resolve, behaviour.latencyMs));
  const read = readBy(options, chat);
  const answer = chatAnswer(behaviour, read);
  if (answer !== undefined) {
    // Only an answer that was sent is charged for.
    response.once('finish', () => options.ledger.took(answer.tokens));
    return send(response, answer);
  }
  const sound = chatAnswer({ kind: 'sound' }, read)?.body ?? '';
  return disrupt(behaviour.kind as Parameters<typeof disrupt>[0], response, sound);
}

/** Answers a line of a batch; undefined where a connection would be treated badly: the line gets no answer. */
function answerOfLine(body: string, options: Answering): ChatAnswer | undefined {
  const chat = readChatRequest(body);
  if ('wrong' in chat) return refusal(invalid(chat.wrong));
  return chatAnswer(options.behave(options.count(), chat), readBy(options, chat));
}

function readBy({ cache, tokenizer }: Pick<Answering, 'cache' | 'tokenizer'>, chat: ChatRequest): ReadChat {
  const texts = tokenizer.textsOf(chat);
  const tokensIn = texts.reduce((sum, text) => sum + countTokens(tokenizer, text), 0);
  const cachedTokens = cache.read(Buffer.concat(texts.map((text) => tokenizer.bytesOf(text))), tokenizer.bytesAToken);
  return { ...chat, tokenizer, tokensIn, cachedTokens };
}

function invalid(message: string): Extract<Behaviour, { kind: 'error' }> {
  return { kind: 'error', status: 400, code: 'invalid_request', message };
}

function send(response: ServerResponse, { status, body, retryAfter }: ChatAnswer): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
}
