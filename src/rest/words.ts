import { readFileSync } from 'node:fs';
import { projectFile } from '../project-file.js';

type Words = Readonly<Record<string, { readonly name: string }>>;

/** Sentences in Korean, the language of these calls, from the catalogue of codes. */
const CATALOGUE = JSON.parse(readFileSync(projectFile('data/codes/ko.json'), 'utf8')) as Readonly<Record<'Rest' | 'ErrorCode', Words>>;

/** A sentence of these calls. `{field}` in it stands for what it is about. @throws for a code that the catalogue lacks */
export function sentence(code: string, field = ''): string {
  return wordsOf('Rest', code).replaceAll('{field}', field);
}

/** Why the service refuses, in the words that the console has for it. @throws for a code that the catalogue lacks */
export function refusalSentence(code: string): string {
  return wordsOf('ErrorCode', code);
}

function wordsOf(group: 'Rest' | 'ErrorCode', code: string): string {
  const found = CATALOGUE[group][code]?.name;
  if (found === undefined) throw new Error(`data/codes/ko.json has no sentence for ${group}.${code}: add it, and to en.json as well`);
  return found;
}
