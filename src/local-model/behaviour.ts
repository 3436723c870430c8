import type { LocalAnswer } from './sound-answer.js';

/**
 * How the local model treats one request. `latencyMs` comes before anything is sent. `hang` never answers; `drip` sends a byte at a time; `cut` breaks
 * off in the middle; `reset` closes the connection without a word; `text` answers with any words; `answer` changes a sound answer.
 */
export type Behaviour = { readonly latencyMs?: number } & (
  | { readonly kind: 'sound' | 'hang' | 'drip' | 'cut' | 'reset' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'answer'; readonly change: (answer: LocalAnswer) => object }
  | { readonly kind: 'error'; readonly status: number; readonly code?: string; readonly retryAfter?: string; readonly message?: string }
);

/** Behaviours by the names that the command line knows. */
export const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  429: { kind: 'error', status: 429, code: 'rate_limit_exceeded', retryAfter: '1' },
  500: { kind: 'error', status: 500 },
  401: { kind: 'error', status: 401, code: 'invalid_api_key' },
  quota: { kind: 'error', status: 429, code: 'insufficient_quota' },
  hang: { kind: 'hang' },
  drip: { kind: 'drip' },
  cut: { kind: 'cut' },
  reset: { kind: 'reset' },
  malformed: { kind: 'text', text: '{"breakfast": ["IBS-0001",' },
  unsafe: { kind: 'answer', change: (answer) => ({ ...answer, summary: '이 식단이면 반드시 완치됩니다.' }) },
  unknown: { kind: 'answer', change: (answer) => ({ ...answer, lunch: ['IBS-9999', ...answer.lunch.slice(1)] }) },
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
