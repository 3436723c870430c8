import { readDocument } from './markdown.js';
import { GUIDES } from './pages.js';

/** A name that a page marks as code, and the first page that does. */
export type MarkedName = readonly [name: string, page: string];

/** Pages of which each `name` is one of the service; the page of the advice marks words of patients. Korean pages name the same: `documents.test.ts`. */
const PAGES = GUIDES.filter((page) => !page.endsWith('.ko.md') && page !== 'docs/advice.md');

/** Every name that prose and tables of the pages mark as code, each once. */
export function markedNames(): readonly MarkedName[] {
  const all = new Map<string, string>();
  for (const page of PAGES) {
    const prose = readDocument(page).replaceAll(/^```.*?^```$/gms, '');
    for (const [, name = ''] of prose.matchAll(/`([^`\n]+)`/g)) if (!all.has(name)) all.set(name, page);
  }
  return [...all];
}
