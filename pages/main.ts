import { writeFileSync } from 'node:fs';
import { MADE_PAGES } from './made-pages.js';

/** Writes the pages that are made of the code and of committed figures. */
for (const [path, made] of Object.entries(MADE_PAGES)) {
  writeFileSync(path, made());
  console.log(`written: ${path}`);
}
