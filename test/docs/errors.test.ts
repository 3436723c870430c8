import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const SOURCES = ['src/resolvers', 'src/identity', 'src/server/http', 'src/server/operations', 'src/schema'];

/** How an error is given its code, in every form that the sources have. */
const FORMS = [
  /extensions: \{\s*code: '([A-Z_]+)'/g,
  /new (?:HttpRefusal\(\d+|AccessRefused\(), ?'([A-Z_]+)'/g,
  /new AccessRefused\('([A-Z_]+)'/g,
  /coded\(error, '([A-Z_]+)'\)/g,
  /code: '([A-Z_]+)', \.\.\.shown/g,
  /code: '(MORE_ERRORS)'/g,
];
/** What Apollo gives to errors that it makes itself, of those that can happen here. */
const OF_APOLLO = ['BAD_REQUEST', 'OPERATION_RESOLUTION_FAILURE', 'PERSISTED_QUERY_NOT_SUPPORTED'];
/** Told to nobody: the client has gone, or the answer is given. Or not of an operation, but of a page. */
const UNTOLD = ['OPERATION_ABANDONED', 'NOT_FOUND'];

function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

function codesInSources(): string[] {
  const texts = SOURCES.flatMap(sourcesOf);
  const given = texts.flatMap((text) => FORMS.flatMap((form) => [...text.matchAll(form)].map((match) => match[1] ?? '')));
  const missing = texts.flatMap((text) => [...text.matchAll(/notFound\('([A-Z_]+)'/g)].map((match) => `${match[1] ?? ''}_NOT_FOUND`));
  return [...new Set([...given, ...missing, ...OF_APOLLO])].filter((code) => !UNTOLD.includes(code) && code !== '').toSorted();
}

describe('docs/developer/errors.md', () => {
  it('lists each code that an error of an operation can have, and no other', () => {
    const listed = [...readFileSync('docs/developer/errors.md', 'utf8').matchAll(/^\| `([A-Z_]+)`/gm)].map((match) => match[1] ?? '');
    expect(listed.toSorted()).toEqual(codesInSources());
    expect(listed).toEqual(listed.toSorted());
  });
});
