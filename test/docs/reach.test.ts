import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { ROOT } from './markdown.js';

const FILES = readdirSync(new URL('src/', ROOT), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .toSorted();

/** Lines of files of `src` that a pattern finds. */
function linesOf(pattern: RegExp, within: RegExp): string[] {
  return FILES.filter((name) => within.test(name)).flatMap((name) =>
    readFileSync(new URL(`src/${name}`, ROOT), 'utf8')
      .split('\n')
      .flatMap((line) => (pattern.test(line) ? [`${name}: ${line.trim()}`] : [])),
  );
}

describe('All ports together', () => {
  const ALL_DEPS = /\bdeps: Deps\b/;

  it('are given to what composes them, to jobs and to the invented history alone', () => {
    const rooms = new Set(linesOf(ALL_DEPS, /./).map((line) => line.slice(0, line.indexOf('/'))));
    expect([...rooms].toSorted()).toEqual(['demo', 'jobs', 'runtime']);
  });
});

describe('A resolver or a call of REST', () => {
  const OPENS = /\.transaction\(|\btransaction\(\(/;
  const APPENDS = /\.append\(/;

  it('opens no transaction and appends nothing: use cases do', () => {
    const [opened, appended] = [linesOf(OPENS, /^(resolvers|rest)\//), linesOf(APPENDS, /^(resolvers|rest)\//)];
    expect({ opened, appended }).toEqual({ opened: [], appended: [] });
    expect(linesOf(OPENS, /^application\//).length).toBeGreaterThan(20);
    expect(linesOf(APPENDS, /^application\//).length).toBeGreaterThan(0);
  });
});
