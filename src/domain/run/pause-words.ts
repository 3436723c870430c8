import { type Said, sentencesOf } from '../said.js';

/** Why the service itself paused a run. The log keeps the English. In Korean: `data/codes`, group `Pause`. */
export const PAUSES = sentencesOf('Pause', {
  TOO_MANY_FAILED: '{failed} of {judged} users failed, most with {code}; at most {percent} % may. Mend the cause, then resume the run.',
  CHUNK_REFUSED: 'Chunk {chunk} cannot be worked on, the database answers {code}. Run doctor, mend what it names, and resume the run.',
});

/**
 * A reason of the log as a sentence of the service with its values, so that it is told in any language: those of earlier releases as well, which wrote the same
 * words. Another text, an operator's or that of a language model's outage, stays as it is.
 */
export function pauseTold(reason: string): string | Said {
  for (const [code, english] of Object.entries(PAUSES.english)) {
    const names = [...english.matchAll(/\{(\w+)\}/gu)].map(([, name = '']) => name);
    const parts = english.split(/\{\w+\}/u).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`));
    const found = new RegExp(`^${parts.join('(.{1,60})')}$`, 'u').exec(reason);
    if (found !== null)
      return { group: PAUSES.group, code, values: Object.fromEntries(names.map((name, at) => [name, found[at + 1] ?? ''])) };
  }
  return reason;
}
