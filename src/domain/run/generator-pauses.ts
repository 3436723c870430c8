import { PAUSES } from './pause-words.js';

/** Pauses of a run for its generator after which it does not go on by itself any more: the log is no diary of an endpoint. */
export const MAX_GENERATOR_PAUSES = 24;
/** ms that a run rests after its second such pause; doubled with each further one. */
export const FIRST_REST_MS = 10_000;
export const LONGEST_REST_MS = 1_800_000;

/** The reason of a run's next pause for its generator, after `pauses` earlier ones. Short enough for the log where `reason` is within 150 characters. */
export function reasonOfPause(reason: string, pauses: number): string {
  if (pauses + 1 < MAX_GENERATOR_PAUSES) return reason;
  return PAUSES.tell('PAUSED_OFTEN', { why: reason, times: pauses + 1 }).text;
}
