import { codeWords, type CodeWords } from '../../words/code-words.js';
import { filled } from '../../domain/said.js';
import { spokenLanguage } from './language.js';

/** The words for a code in the language of this process; undefined for one that this release has none for. The console reads the same file. */
export function wordsOf(group: string, code: string): CodeWords | undefined {
  return codeWords(spokenLanguage(), group, code);
}

/** The name of a code, as it stands within a sentence: the code itself where there is none. */
export function nameOf(group: string, code: string): string {
  const name = wordsOf(group, code)?.name;
  if (name === undefined) return code;
  return spokenLanguage() === 'en' ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

/** A sentence of the commands, with what stands between braces put in. @throws Error for one that the catalogue has not */
export function say(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const text = wordsOf('Command', key)?.name;
  if (text === undefined) throw new Error(`the catalogue has no sentence ${key}: data/codes/${spokenLanguage()}.json`);
  return filled(text, values);
}
