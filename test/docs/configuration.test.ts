import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig, VARIABLES } from '../../src/config/config.js';
import { blocksOf, readDocument, tableRowsOf } from './markdown.js';
import { GUIDES } from './pages.js';

describe.each(['docs/deploy/configuration.md', 'docs/deploy/configuration.ko.md'])('The settings of %s', (page) => {
  const rows = tableRowsOf(readDocument(page)).filter((cells) => cells.length === 4);
  const settings = new Map(rows.map(([name = '', ...cells]) => [name.replaceAll('`', ''), cells] as const));

  it('are exactly those that are read, each once', () => {
    expect(rows.map(([name = '']) => name.replaceAll('`', '')).toSorted()).toEqual([...VARIABLES].toSorted());
  });

  it('have a range and a meaning each', () => {
    for (const cells of rows) expect(cells.map((cell) => cell.length > 0)).toEqual([true, true, true, true]);
  });

  it('have the defaults that the service has', () => {
    const config = readConfig({}) as Readonly<Record<string, unknown>>;
    for (const name of VARIABLES) {
      const said = settings.get(name)?.[1] ?? '';
      expect([name, /^`.*`$/.test(said) ? said.slice(1, -1) : undefined]).toEqual([name, config[name]?.toString()]);
    }
  });

  it('have the ranges that the service has: it takes their ends, and nothing beyond', () => {
    let ranges = 0;
    for (const name of VARIABLES) {
      const [, least, most] = /^(\d+)–(\d+)/.exec(settings.get(name)?.[0] ?? '') ?? [];
      if (least === undefined) continue;
      ranges += 1;
      for (const end of [least, most]) expect(readConfig({ [name]: end })).toHaveProperty(name, Number(end));
      for (const beyond of [Number(least) - 1, Number(most) + 1]) expect(() => readConfig({ [name]: String(beyond) })).toThrow(ConfigError);
    }
    expect(ranges).toBeGreaterThan(30);
  });

  it('name the choices that the service has', () => {
    let chosen = 0;
    for (const [name, [range = '', said = '']] of settings) {
      if (!/^`[\w-]+`(, `[\w-]+`)+$/.test(range) || !said.startsWith('`')) continue;
      chosen += 1;
      const choices = range.replaceAll('`', '').split(', ');
      for (const choice of choices) expect(readConfig({ [name]: choice })).toHaveProperty(name, choice);
      expect(() => readConfig({ [name]: 'none-of-these' })).toThrow(`one of ${choices.join(', ')}`);
    }
    expect(chosen).toBeGreaterThan(8);
  });
});

it('The lines of .env that pages show are taken as they stand', () => {
  const lines = GUIDES.flatMap((page) => blocksOf(readDocument(page), 'ini')).flatMap(({ code }) => code.trim().split('\n'));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    const at = line.indexOf('=');
    const [name, value] = [line.slice(0, at), line.slice(at + 1)];
    expect([name, String(Reflect.get(readConfig({ [name]: value }), name))]).toEqual([name, value]);
  }
});
