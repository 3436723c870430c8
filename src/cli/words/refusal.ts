import { asTyped } from '../../base/as-typed.js';
import { inWords } from '../../words/code-words.js';
import type { Refusal } from '../../domain/rejection.js';
import type { Language } from '../../domain/said.js';
import { spokenLanguage } from './language.js';

/** A refusal as a command tells it: its sentence in the language of this process, and its code. */
export function refusalOf(refusal: Pick<Refusal<string>, 'code' | 'said'>): string {
  return `${sentenceOf(refusal)} (${refusal.code})`;
}

/** The sentence of a refusal in the words of this command line, where its own name a field of GraphQL. */
export function sentenceOf({ said }: Pick<Refusal<string>, 'said'>, language: Language = spokenLanguage()): string {
  return inWords(said, language)
    .replace('List the runs with `runs`.', () => `"${asTyped('status')}" lists the last ones.`)
    .replace('List them with `backfills`.', () => `"${asTyped('backfill list')}" lists them.`);
}
