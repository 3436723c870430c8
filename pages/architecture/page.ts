import { readFileSync } from 'node:fs';
import { importsTable } from './imports-table.js';

const PAGE = 'docs/architecture.md';
const [BEGIN, END] = ['<!-- made: imports -->', '<!-- end: imports -->'];

/** The page of the architecture: its text as it is, and between the marks what lint says now. @throws RangeError for a page without the marks */
export function architecturePage(): string {
  const page = readFileSync(PAGE, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new RangeError(`${PAGE} has no ${BEGIN} … ${END}: put them back where the table of imports belongs`);
  return `${page.slice(0, from + BEGIN.length)}\n\n${importsTable()}\n\n${page.slice(to)}`;
}
