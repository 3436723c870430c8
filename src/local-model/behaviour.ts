import type { Disruption } from './disruptions.js';
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
