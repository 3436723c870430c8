import { readFileSync } from 'node:fs';
import { type Language, type Said, spoken } from '../domain/said.js';
import { pauseTold } from '../domain/run/pause-words.js';
import { projectFile } from '../base/project-file.js';

/** What the catalogue says of a code. */
export interface CodeWords {
  readonly name: string;
  readonly means?: string;
  readonly todo?: string;
}
type Catalogue = Readonly<Record<string, Readonly<Record<string, CodeWords>>>>;

/** A cache: the files do not change while a process runs. */
const read = new Map<Language, Catalogue>();

/** The words of `data/codes` for a code, in a language; undefined for a code that this release has none for. A file is read once. */
export function codeWords(language: Language, group: string, code: string): CodeWords | undefined {
  const catalogue = read.get(language) ?? (JSON.parse(readFileSync(projectFile(`data/codes/${language}.json`), 'utf8')) as Catalogue);
  read.set(language, catalogue);
  return catalogue[group]?.[code];
}

/** The words for a code that this release itself says. @throws for one without words */
export function wordsFor(language: Language, group: string, code: string): CodeWords {
  const words = codeWords(language, group, code);
  if (words === undefined) throw new Error(`data/codes/${language}.json has no words for ${group}.${code}: add them in both languages`);
  return words;
}

/** A reason that the log or a table keeps, in a language: the service's own sentences; an operator's words as they are. */
export function reasonIn(reason: string, language: Language): string {
  const told = pauseTold(reason);
  return typeof told === 'string' ? told : inWords(language === 'en' ? told : withNamedCode(told, language), language);
}

/** The name of a failure's code before the code: the sentence is read by people. The English is the sentence of the log itself. */
function withNamedCode(said: Said, language: Language): Said {
  const { code } = said.values;
  const name = typeof code === 'string' ? codeWords(language, 'FailureCode', code)?.name : undefined;
  return name === undefined ? said : { ...said, values: { ...said.values, code: `${name}(${code as string})` } };
}

/** What was said, in a language: the one way from a code and its values to words, for commands, GraphQL, REST, the log and alerts. @throws for a code without words */
export function inWords(said: Said, language: Language): string {
  return spoken(said, (group, code) => wordsFor(language, group, code).name);
}
