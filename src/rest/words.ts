import { wordsFor } from '../words/code-words.js';

/** The language of these calls: IBSafe's app shows their sentences as they are. */
const LANGUAGE = 'ko';

/** A sentence of these calls, which IBSafe's clients know. `{field}` in it stands for what it is about. @throws for a code that the catalogue lacks */
export function sentence(code: string, field = ''): string {
  return wordsFor(LANGUAGE, 'Rest', code).name.replaceAll('{field}', field);
}

/** Why the service refuses, in the words that the console has for it. @throws for a code that the catalogue lacks */
export function refusalSentence(code: string): string {
  return wordsFor(LANGUAGE, 'ErrorCode', code).name;
}
