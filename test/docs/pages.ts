import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ROOT } from './markdown.js';

/** Folders whose Markdown is not ours, is a build's, or is a prompt. */
const NOT_OURS = /(^|\/)(node_modules|dist|coverage|prompts|\.[^/]+)\//;

/** Every Markdown file of the project, from its root. */
export const ALL_PAGES: readonly string[] = readdirSync(fileURLToPath(ROOT), { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.md') && !NOT_OURS.test(`/${path}`.slice(1)))
  .toSorted();

/** Pages that people read to do something: the README and what lies in the folders of readers. In the order in which their code is run. */
export const GUIDES: readonly string[] = ALL_PAGES.filter((path) =>
  /^(README|docs\/(operator|developer|deploy)\/[^/]+|docs\/[a-z-]+)(\.ko)?\.md$/.test(path),
);

/** A page and its Korean sister. */
export const PAIRS: readonly (readonly [string, string])[] = ALL_PAGES.filter((path) => path.endsWith('.ko.md')).map((korean) => [
  korean.replace('.ko.md', '.md'),
  korean,
]);
