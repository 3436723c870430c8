import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { LocalAnswer } from './sound-answer.js';

/**
 * How the local model treats one request. `latencyMs` comes before anything is sent, as where a model is loaded. `text` answers with any words; `answer`
 * changes a sound answer; `wrapped` puts words around it, as models do that think aloud; `usage` tells other figures than the true ones, as JSON, or none for an empty text; `thinking` spends the whole answer on
 * reasoning; `refusing` takes no question that has one of these parameters, and names it or not; `error` may come `under` another status of HTTP.
 */
export type Behaviour = { readonly latencyMs?: number } & (
  | { readonly kind: 'sound' | 'thinking' | Disruption }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'answer'; readonly change: (answer: LocalAnswer) => object }
  | { readonly kind: 'wrapped'; readonly wrap: (answer: string) => string }
  | { readonly kind: 'usage'; readonly usage: string }
  | { readonly kind: 'refusing'; readonly parameters: readonly OptionalParameter[]; readonly named: boolean }
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly under?: number;
      readonly code?: string;
      readonly retryAfter?: string;
      readonly message?: string;
    }
);

/** Parameters of a question that some endpoints refuse. */
export type OptionalParameter = 'max_tokens' | 'max_completion_tokens' | 'temperature' | 'seed' | 'response_format';

/** Behaviours by the names that the command line knows. */
export const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  429: { kind: 'error', status: 429, code: 'rate_limit_exceeded', retryAfter: '1' },
  500: { kind: 'error', status: 500 },
  401: { kind: 'error', status: 401, code: 'invalid_api_key' },
  404: { kind: 'error', status: 404 },
  405: { kind: 'error', status: 405 },
  422: { kind: 'error', status: 422 },
  424: { kind: 'error', status: 424 },
  quota: { kind: 'error', status: 429, code: 'insufficient_quota' },
  'retry-after-a-day': { kind: 'error', status: 429, retryAfter: '86400' },
  'retry-after-a-century': { kind: 'error', status: 429, retryAfter: 'Fri, 01 Jan 2126 00:00:00 GMT' },
  'bad-key-400': { kind: 'error', status: 400, message: 'API key not valid. Please pass a valid API key.' },
  'unknown-model-400': { kind: 'error', status: 400, message: 'the model does not exist' },
  'error-200': { kind: 'error', status: 400, under: 200 },
  'overloaded-200': { kind: 'error', status: 529, under: 200, code: '529' },
  page: { kind: 'page' },
  redirect: { kind: 'redirect' },
  101: { kind: 'upgrade' },
  hang: { kind: 'hang' },
  drip: { kind: 'drip' },
  cut: { kind: 'cut' },
  reset: { kind: 'reset' },
  hangup: { kind: 'hangup' },
  flood: { kind: 'flood' },
  'endless-headers': { kind: 'endless-headers' },
  'endless-100': { kind: 'endless-100' },
  loading: { kind: 'sound', latencyMs: 120_000 },
  thinking: { kind: 'thinking' },
  malformed: { kind: 'text', text: '{"b":[1,2,' },
  // One dish over and over: prose, medicine or another food has no place in an answer.
  unsafe: { kind: 'answer', change: (answer) => ({ ...answer, l: answer.l.map(() => answer.l[0]) }) },
  unknown: { kind: 'answer', change: (answer) => ({ ...answer, l: [99, ...answer.l.slice(1)] }) },
  untrue: { kind: 'answer', change: (answer) => ({ ...answer, p: [[999], [1, 99], ...answer.p] }) },
  thoughts: { kind: 'wrapped', wrap: (answer) => `<think>The goal could be {"b":[1]} … no.</think>\n${answer}` },
  channels: { kind: 'wrapped', wrap: (answer) => `<|channel|>analysis<|message|>{"b":[1]}<|end|><|start|>assistant<|channel|>final<|message|>${answer}<|return|>` }, // prettier-ignore
  fenced: { kind: 'wrapped', wrap: (answer) => `Here you are:\n\`\`\`json\n${answer.replace(/\}$/u, ',}')}\n\`\`\`\nI hope that helps.` },
  'usage-none': { kind: 'usage', usage: '' },
  'usage-zero': { kind: 'usage', usage: '{"prompt_tokens":0,"completion_tokens":0}' },
  'usage-negative': { kind: 'usage', usage: '{"prompt_tokens":-35,"completion_tokens":-35}' },
  'usage-huge': { kind: 'usage', usage: '{"prompt_tokens":4294967295,"completion_tokens":1e308}' },
  'usage-text': { kind: 'usage', usage: '"a few"' },
  'no-max-tokens': { kind: 'refusing', parameters: ['max_tokens'], named: true },
  'no-limit': { kind: 'refusing', parameters: ['max_tokens', 'max_completion_tokens'], named: true },
  'no-temperature': { kind: 'refusing', parameters: ['temperature'], named: true },
  'no-seed': { kind: 'refusing', parameters: ['seed'], named: true },
  'no-format': { kind: 'refusing', parameters: ['response_format'], named: true },
  'reasoning-model': { kind: 'refusing', parameters: ['max_tokens', 'temperature', 'seed'], named: true },
  'silent-about-seed': { kind: 'refusing', parameters: ['seed'], named: false },
};

/**
 * Draws behaviours by their shares, such as `429=0.1,hang=0.02`; what is left of 1 answers soundly. The same seed draws the same row.
 * @throws RangeError that says what was expected
 */
export function drawnBehaviours(shares: string, { latencyMs, seed }: { latencyMs: number; seed: number }): () => Behaviour {
  const steps = shares
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', share = ''] = part.split('=');
      const behaviour = BEHAVIOURS[name];
      if (behaviour === undefined || !(Number(share) > 0 && Number(share) <= 1)) {
        throw new RangeError(
          `a fault is one of ${Object.keys(BEHAVIOURS).join(', ')} with its share, such as 429=0.1, found ${JSON.stringify(part)}`,
        );
      }
      return { behaviour, share: Number(share) };
    });
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; // a linear congruential generator: enough to draw faults
    let left = state / 2 ** 32;
    for (const { behaviour, share } of steps) {
      if (left < share) return { latencyMs, ...behaviour };
      left -= share;
    }
    return { kind: 'sound', latencyMs };
  };
}

/**
 * Ways of a connection that bring no answer of a model. `hang` never answers; `drip` sends a byte at a time; `cut` breaks off in the middle; `reset` and
 * `hangup` close the connection without a word, at once or in good order; `upgrade` changes to another protocol; `page` and `redirect` are what a wrong
 * address answers; `flood`, `endless-headers` and `endless-100` never end.
 */
type Disruption =
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
