import { architecturePage } from './architecture/page.js';
import { clientPage } from './client-page.js';
import { configurationPage } from './configuration/page.js';
import { envExample } from './configuration/env-example.js';
import { performancePage } from './performance/page.js';

/** Every file that `npm run pages` writes, with what it must hold. The tests compare them. */
export const MADE_PAGES: Readonly<Record<string, () => string>> = {
  'docs/deploy/configuration.md': () => configurationPage('en'),
  'docs/deploy/configuration.ko.md': () => configurationPage('ko'),
  'docs/developer/client.md': clientPage,
  'docs/architecture.md': architecturePage,
  'docs/performance.md': () => performancePage('en'),
  'docs/performance.ko.md': () => performancePage('ko'),
  '.env.example': envExample,
};
