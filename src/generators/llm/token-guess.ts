import { userId } from '../../domain/ids.js';
import { localDate } from '../../domain/local-date.js';
import type { PatientInputs } from '../../domain/advice/patient-inputs.js';
import type { DailyPrompts } from './daily-prompt.js';

/** Bytes of a token, about: what prompts of JSON and Korean come to. */
export const BYTES_A_TOKEN = 3;
/** Of an answer of eighteen dishes and eight points, about. */
const ANSWER_TOKENS = 90;

/** Inputs of no patient: without allergies or records, so that the most is offered. For guesses, and for questions of our own to an endpoint. */
export const NOBODY: PatientInputs = {
  userId: userId(1),
  recordDate: localDate('2000-01-01'),
  allergens: 0,
  today: [],
  recent: [],
  steps: [5_000],
};

/** Tokens of a call before any was made: the prompt of no patient, and a usual answer, thoughts apart. */
export function guessTokens(prompts: DailyPrompts): { readonly tokensIn: number; readonly tokensOut: number } {
  const { system, user } = prompts.of(NOBODY, new Map());
  const tokensIn = Math.ceil((Buffer.byteLength(system) + Buffer.byteLength(user)) / BYTES_A_TOKEN);
  return { tokensIn, tokensOut: ANSWER_TOKENS };
}
