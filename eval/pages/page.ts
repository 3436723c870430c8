import { readFileSync } from 'node:fs';
import type { AdviceLanguage } from '../../src/domain/advice/language.js';
import { dishTable, ingredientTable } from './catalogue-tables.js';
import { figureTables } from './figure-tables.js';
import { factTable, pointTables, sourceTable } from './vocabulary-tables.js';

/** The pages that tell dietitians what advice is made of. */
export const PAGES: Readonly<Record<AdviceLanguage, string>> = { en: 'docs/advice.md', ko: 'docs/advice.ko.md' };

/** Parts of a page that are made of the data files, by the name that stands in its marks. */
const PARTS: Readonly<Record<string, (language: AdviceLanguage) => string>> = {
  figures: figureTables,
  sources: sourceTable,
  facts: factTable,
  points: pointTables,
  dishes: dishTable,
  ingredients: ingredientTable,
};

/** A page as it must stand: what people wrote as it is, and between the marks what the data files say now. @throws RangeError for a page that lacks the marks of a part */
export function writtenPage(language: AdviceLanguage): string {
  return Object.entries(PARTS).reduce(
    (page, [name, made]) => {
      const [begin, end] = [`<!-- made: ${name} -->`, `<!-- end: ${name} -->`];
      const [from, to] = [page.indexOf(begin), page.indexOf(end)];
      if (from < 0 || to < from)
        throw new RangeError(`${PAGES[language]} has no ${begin} … ${end}: put them back where the tables of ${name} belong`);
      return `${page.slice(0, from + begin.length)}\n\n${made(language)}\n\n${page.slice(to)}`;
    },
    readFileSync(PAGES[language], 'utf8'),
  );
}
