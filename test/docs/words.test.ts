import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { ROOT } from './markdown.js';

const CODE = ['src/', 'console/src/', 'test/'].flatMap((folder) =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|mjs)$/.test(name))
    .map((name) => `${folder}${name}`),
);

/** Words of the glossary instead of others, in code and comments. */
const WORDS = [
  { said: 'MAX_', not: /\bMOST(_[A-Z]\w*)?\b/, within: /./, example: 'const MOST_USERS = 3;', good: 'const MAX_USERS = 3;' },
  {
    said: 'nodeOf, which does not compile while a field is missing',
    not: /Object\.assign\(new \w+\(\),/,
    within: /^src\/resolvers\/(?!node-of\.ts)/,
    example: 'return Object.assign(new Session(), { id });',
    good: 'return nodeOf(Session, { id });',
  },
  {
    said: 'wake or enqueue',
    // A value of a metric's label is kept: dashboards of operators know it.
    not: /(?<!')\b(ring|rings|rung)\b(?!')|[a-z](Ring|Rung)s?\b|\bring[A-Z]|\bR(ing|ung)\b/,
    within: /^src\//,
    example: 'private rung = false;',
    good: 'private woken = false;',
  },
  {
    said: 'lock, probe or entry where it means no safety gate',
    // The name of a connection is kept: operators see it in pg_stat_activity.
    not: /(?<!safety |')\bgates?\b(?!')|(?<!Safety)Gate\b|GATES?\b/,
    within: /^src\/(application|database|doctor|feeds|jobs|projections|server|store)\//,
    example: 'await tx.recalls.closeGate();',
    good: 'findings of the safety gate',
  },
  {
    said: 'it.skip where something is not measured',
    not: /return console\.\w+\(/,
    within: /^test\//,
    example: "if (disk === undefined) return console.warn('skipped');",
    good: '(lacking === undefined ? it : it.skip)(title, measure);',
  },
] as const;

describe.each(WORDS)('The code says $said', ({ not, within, example, good }) => {
  it('in every file', () => {
    const files = CODE.filter((name) => within.test(name) && name !== 'test/docs/words.test.ts');
    const lines = files.flatMap((name) =>
      readFileSync(new URL(name, ROOT), 'utf8')
        .split('\n')
        .flatMap((line, at) => (not.test(line) ? [`${name}:${at + 1}: ${line.trim()}`] : [])),
    );
    expect({ files: files.length > 50, lines }).toEqual({ files: true, lines: [] });
  });

  it('and another word is found', () => {
    expect([not.test(example), not.test(good)]).toEqual([true, false]);
  });
});

it.each(['Verdict', 'Caller', 'Role'])('One type of the service is named %s', (name) => {
  const named = CODE.filter((file) => file.startsWith('src/')).filter((file) =>
    new RegExp(`^(export )?(abstract )?(type|interface|class|enum) ${name}\\b`, 'm').test(readFileSync(new URL(file, ROOT), 'utf8')),
  );
  expect(named).toHaveLength(1);
});

describe('Plain words, subject, verb and object, are what', () => {
  const LEANING = /\b(who|whoever|whom|nobody|anybody|somebody|everybody|that which)\b/i;
  const leaning = (texts: readonly string[]): string[] => texts.filter((text) => LEANING.test(text.replaceAll(/`[^`]*`/g, '')));

  it('the descriptions of the schema are written in', () => {
    const texts = [...readFileSync(new URL('schema.graphql', ROOT), 'utf8').matchAll(/"""(.*?)"""/gs)].map(([, text = '']) => text.trim());
    expect({ some: texts.length > 500, leaning: leaning(texts) }).toEqual({ some: true, leaning: [] });
  });

  it('the English catalogue is written in', () => {
    const texts: string[] = [];
    JSON.parse(readFileSync(new URL('data/codes/en.json', ROOT), 'utf8'), (_key, value: unknown) => {
      if (typeof value === 'string') texts.push(value);
      return value;
    });
    expect({ some: texts.length > 500, leaning: leaning(texts) }).toEqual({ some: true, leaning: [] });
  });

  it('and a sentence that leans on a person without a noun is found', () => {
    expect(leaning(['Who asked for it.', 'Whom it covers.', 'The actor that asked for it, see `who`.'])).toEqual([
      'Who asked for it.',
      'Whom it covers.',
    ]);
  });
});
