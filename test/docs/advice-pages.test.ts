import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { FACTS_KO } from '../../src/domain/advice/points/facts-ko.js';
import { PAGES, writtenPage } from '../../eval/pages/page.js';
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
});
