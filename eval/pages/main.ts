import { writeFileSync } from 'node:fs';
import { PAGES, writtenPage } from './page.js';

/** Writes what the data files say now into the pages for dietitians. */
for (const language of ['en', 'ko'] as const) {
  writeFileSync(PAGES[language], writtenPage(language));
  console.log(`written: ${PAGES[language]}`);
}
