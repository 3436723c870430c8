import type { CodeWords } from '../language/language.js';

/** What the catalogue has for causes that it does not name. */
const UNKNOWN = 'UNKNOWN';

/**
 * Why a run failed as a whole, or why the database stopped it, in words: by its code, else by the class of an SQLSTATE, whose first two characters say what kind
 * of fault it is. An operator is never shown the code alone.
 */
export function causeOfFailure(words: (group: string, code: string) => CodeWords, code: string): CodeWords {
  return knownCause(words, code) ?? words('RunFailure', UNKNOWN);
}

function knownCause(words: (group: string, code: string) => CodeWords, code: string): CodeWords | undefined {
  const candidates = /^[0-9A-Z]{5}$/.test(code) ? [code, code.slice(0, 2)] : [code];
  return candidates.map((each) => words('RunFailure', each)).find(({ means }) => means !== undefined);
}

/** Codes in a sentence of the service: SQLSTATEs, which hold a digit, and codes of ours. */
const CODES = /\b(?=[0-9A-Z]*\d)[0-9A-Z]{5}\b|\b[A-Z]+_[A-Z_]+\b/g;

/** Why the database stopped a run, with the cause in words where the service's sentence has a code. */
export function withCausesNamed(words: (group: string, code: string) => CodeWords, sentence: string): string {
  return sentence.replaceAll(CODES, (code) => {
    const cause = knownCause(words, code); // a number of five digits may be that of a chunk
    return cause === undefined ? code : `“${cause.name}”`;
  });
}
