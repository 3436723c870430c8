import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { anchorsOf, blocksOf, headingsOf, linksOf, readDocument, ROOT, tableRowsOf } from './markdown.js';
import { BEHAVIOURS } from '../../src/local-model/behaviour.js';
import { ConfigError, readConfig, VARIABLES } from '../../src/config.js';

const READMES = ['README.md', 'README.ko.md'];
const pagesOf = (folder: string): string[] => readdirSync(new URL(folder, ROOT)).filter((name) => name.endsWith('.md')).map((name) => folder + name); // prettier-ignore
const DOCUMENTS = [...READMES, 'CHANGELOG.md', ...pagesOf('docs/'), ...pagesOf('docs/decisions/')];

const pictures = (text: string): string[] => linksOf(text).filter((link) => link.endsWith('.png'));
const subjects = (text: string): string[] => tableRowsOf(text).map(([subject = '']) => subject);

describe('Both READMEs', () => {
  const [english = '', korean = ''] = READMES.map(readDocument);

  it('have the same sections in the same order', () => {
    expect(headingsOf(korean).map(({ depth }) => depth)).toEqual(headingsOf(english).map(({ depth }) => depth));
  });

  it('show the same code', () => {
    expect(blocksOf(korean)).toEqual(blocksOf(english));
    expect(blocksOf(english).length).toBeGreaterThan(15);
  });

  it('show the same pictures, none of them above 300 kB', () => {
    expect(pictures(korean)).toEqual(pictures(english));
    expect(pictures(english)).toHaveLength(3);
    for (const picture of pictures(english)) expect(statSync(new URL(picture, ROOT)).size).toBeLessThanOrEqual(300_000);
  });

  it('have tables of equal length, row for row about the same thing', () => {
    expect(subjects(korean)).toEqual(subjects(english));
  });
});

describe.each(READMES)('The settings of %s', (readme) => {
  const rows = tableRowsOf(readDocument(readme)).filter((cells) => cells.length === 4);
  const settings = new Map(rows.map(([name = '', ...cells]) => [name.replaceAll('`', ''), cells] as const));

  it('are exactly those that are read, each once', () => {
    expect(rows.map(([name = '']) => name.replaceAll('`', '')).toSorted()).toEqual([...VARIABLES].toSorted());
  });

  it('have the defaults that the service has', () => {
    const config = readConfig({}) as Readonly<Record<string, unknown>>;
    for (const name of VARIABLES) {
      const said = settings.get(name)?.[1] ?? '';
      expect([name, /^`.*`$/.test(said) ? said.slice(1, -1) : undefined]).toEqual([name, config[name]?.toString()]);
    }
  });

  it('have the ranges that the service has: it takes their ends, and nothing beyond', () => {
    for (const name of VARIABLES) {
      const [, least, most] = /^(\d+)–(\d+)/.exec(settings.get(name)?.[0] ?? '') ?? [];
      if (least === undefined) continue;
      for (const end of [least, most]) expect(readConfig({ [name]: end })).toHaveProperty(name, Number(end));
      for (const beyond of [Number(least) - 1, Number(most) + 1]) expect(() => readConfig({ [name]: String(beyond) })).toThrow(ConfigError);
    }
  });

  it('name the choices that the service has', () => {
    for (const [name, [range = '', said = '']] of settings) {
      if (!/^`[\w-]+`(, `[\w-]+`)+$/.test(range) || !said.startsWith('`')) continue;
      const choices = range.replaceAll('`', '').split(', ');
      for (const choice of choices) expect(readConfig({ [name]: choice })).toHaveProperty(name, choice);
      expect(() => readConfig({ [name]: 'none-of-these' })).toThrow(`one of ${choices.join(', ')}`);
    }
  });
});

describe.each(DOCUMENTS)('The links of %s', (path) => {
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

describe('docs/language-model.md', () => {
  it('names every fault that `llm serve` can play, and no other', () => {
    const [, list = ''] = /^Faults: ([^.]+)\./mu.exec(readDocument('docs/language-model.md')) ?? [];
    const named = [...list.matchAll(/`([^`]+)`/gu)].map(([, name = '']) => name);
    expect(named.toSorted()).toEqual(Object.keys(BEHAVIOURS).toSorted());
  });
});
