import { asTyped } from '../../base/as-typed.js';
import { inWords } from '../../words/code-words.js';
import type { Refusal } from '../../domain/rejection.js';
import type { Language } from '../../domain/said.js';
import { spokenLanguage } from './language.js';

/** A refusal as a command tells it: its sentence in the language of this process, and its code. */
export function refusalOf(refusal: Pick<Refusal<string>, 'code' | 'said'>): string {
  return `${sentenceOf(refusal)} (${refusal.code})`;
}

/** What is typed for a field or an argument of GraphQL that a refusal names. */
const TYPED: Readonly<Record<string, () => string>> = {
  runs: () => asTyped('status'),
  backfills: () => asTyped('backfill list'),
  recalls: () => asTyped('recall list'),
  rollouts: () => asTyped('rollout list'),
  signableRows: () => asTyped('review signatures'),
  retention: () => asTyped('retention plan'),
  alertSilences: () => asTyped('alert list'),
  sessions: () => asTyped('session list'),
  apiKeys: () => asTyped('key list'),
  pauseRun: () => asTyped('pause'),
  only: () => '--only',
  'force: true': () => '--force',
};

/** The sentence of a refusal in the words of this command line, where its own, in whatever language, names a field of GraphQL. */
export function sentenceOf({ said }: Pick<Refusal<string>, 'said'>, language: Language = spokenLanguage()): string {
  return inWords(said, language).replaceAll(/`([^`]+)`/g, (named, field: string) => {
    const typed = Object.hasOwn(TYPED, field) ? TYPED[field]?.() : undefined;
    if (typed === undefined) return named;
    return typed.startsWith('--') ? typed : `"${typed}"`;
  });
}
