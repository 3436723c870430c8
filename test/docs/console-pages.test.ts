import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { projectFile } from '../../src/base/project-file.js';

describe('Lists of the console', () => {
  const folder = projectFile('console/src/screens');
  const paged = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .map((name) => ({ name, source: readFileSync(`${folder}/${name}`, 'utf8') }))
    .filter(({ source }) => source.includes('<Pager'));

  it('keep the page that is shown in the browser’s entry, where Back finds it', () => {
    expect(paged.length).toBeGreaterThan(8);
    expect(paged.filter(({ source }) => !/\b(usePages|useKept)\(/.test(source)).map(({ name }) => name)).toEqual([]);
  });
});
