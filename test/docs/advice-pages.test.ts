import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { FACTS_KO } from '../../src/domain/advice/points/facts-ko.js';
import { PAGES, writtenPage } from '../../eval/pages/page.js';
import { pointRows, rowsOf } from '../../eval/pages/rows.js';
import { SECTIONS_KO, SOURCES_KO } from '../../src/domain/advice/points/sources-ko.js';
import { FACTS } from '../../src/domain/advice/points/facts.js';

describe.each(['en', 'ko'] as const)('The page for dietitians (%s)', (language) => {
  it('says what the data files say: run npm run advice-pages where it does not', () => {
    const page = readFileSync(PAGES[language], 'utf8');
    expect(page === writtenPage(language)).toBe(true);
  });
});

describe('The Korean page', () => {
  it('tells in Korean what every fact is, and of no other', () => {
    expect(Object.keys(FACTS_KO).toSorted()).toEqual([...FACTS.keys()].toSorted());
    for (const meaning of Object.values(FACTS_KO)) expect(meaning).toMatch(/[가-힣]/u);
  });

  it('names in Korean every source of what is said, and where in it, and no other', () => {
    const points = pointRows();
    const listed = new Set(rowsOf('sources').map(({ id }) => id));
    expect(points.filter(({ source }) => SOURCES_KO[source] === undefined)).toEqual([]);
    expect(Object.keys(SOURCES_KO).filter((id) => !listed.has(id))).toEqual([]);
    expect(Object.keys(SECTIONS_KO).toSorted()).toEqual([...new Set(points.map(({ section }) => section))].toSorted());
    for (const { title, publisher } of Object.values(SOURCES_KO)) expect([/[가-힣]/u.test(title), publisher !== '']).toEqual([true, true]);
    for (const section of Object.values(SECTIONS_KO)) expect(section).toMatch(/[가-힣]/u);
  });
});
