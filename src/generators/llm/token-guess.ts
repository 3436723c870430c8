import { userId } from '../../domain/ids.js';
import { localDate } from '../../domain/local-date.js';
import type { DailyPrompts } from './daily-prompt.js';

/** Bytes of a token, about: what prompts of JSON and Korean come to. */
const BYTES_A_TOKEN = 3;
/** An answer of some thirty ids and three short texts in Korean, about. */
const ANSWER_BYTES = 1_500;

/** Tokens of a call before any was made: the prompt of a patient without allergies or records, who is offered the most, and a usual answer. */
export function guessTokens(prompts: DailyPrompts): { readonly tokensIn: number; readonly tokensOut: number } {
  const nobody = { userId: userId(1), recordDate: localDate('2000-01-01'), allergens: 0, today: [], recent: [], steps: [5_000] };
  const { system, user } = prompts.of(nobody, new Map());
  const tokensIn = Math.ceil((Buffer.byteLength(system) + Buffer.byteLength(user)) / BYTES_A_TOKEN);
  return { tokensIn, tokensOut: ANSWER_BYTES / BYTES_A_TOKEN };
}
