import { readFileSync } from 'node:fs';
import { projectFile } from '../../project-file.js';
import { type Language, spokenLanguage } from './language.js';

/** What the catalogue says of a code. */
export interface CodeWords {
  readonly name: string;
  readonly means?: string;
  readonly todo?: string;
}
type Catalogue = Readonly<Record<string, Readonly<Record<string, CodeWords>>>>;

const read = new Map<Language, Catalogue>();

/** The words for a code in the language of this process; undefined for one that this release has none for. The console reads the same file. */
export function wordsOf(group: string, code: string): CodeWords | undefined {
  return catalogueOf(spokenLanguage())[group]?.[code];
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
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function catalogueOf(language: Language): Catalogue {
  const known = read.get(language) ?? (JSON.parse(readFileSync(projectFile(`data/codes/${language}.json`), 'utf8')) as Catalogue);
  read.set(language, known);
  return known;
}
