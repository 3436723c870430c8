import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page, Response } from 'playwright-core';
import { builtConsole } from '../../src/server/console/console.js';
import { findChromium, PATIENCE_MS } from './browser.js';
import { until } from './until.js';

const AXE = fileURLToPath(new URL('../../console/node_modules/axe-core/axe.min.js', import.meta.url));

/** Characters of a refused answer that a failed test shows. */
const MAX_BODY = 500;

/** Why the console cannot be tried here; undefined where it can. */
export function whyNoConsole(): string | undefined {
  if (findChromium() === undefined) return 'there is no Chromium, neither at CHROMIUM_PATH nor where Debian puts it';
  if (!existsSync(`${builtConsole()}/index.html`)) return 'dist/console is not built (npm run build says why)';
  return existsSync(AXE) ? undefined : 'the packages of console/ are not installed (npm run build)';
}

/** How a page of the console is opened. */
export interface ConsoleOptions {
  readonly language?: 'ko' | 'en';
  readonly theme?: 'light' | 'dark';
  readonly width?: 390 | 1440;
  /** Whether it has a touch screen in place of a mouse. */
  readonly isTouched?: boolean;
  /** Whether axe may put its script into the page, which the console's policy forbids. */
  readonly forAxe?: boolean;
}

/** A page of the console, and whatever went wrong on it. */
export interface ConsolePage extends AsyncDisposable {
  readonly page: Page;
  /** Errors of scripts, of the policy and of the page's console, and requests to any other host. */
  readonly problems: readonly string[];
}

/** Opens an address of the console in a browser profile of its own. */
export async function openConsole(browser: Browser, url: string, path = '', options: ConsoleOptions = {}): Promise<ConsolePage> {
  const { language = 'ko', theme = 'light', width = 1440, isTouched = false, forAxe = false } = options;
  const context: BrowserContext = await browser.newContext({
    locale: language === 'ko' ? 'ko-KR' : 'en-US',
    colorScheme: theme,
    viewport: { width, height: width === 390 ? 844 : 900 },
    hasTouch: isTouched,
    isMobile: isTouched,
    bypassCSP: forAxe,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())));
  page.on('pageerror', (error) => void problems.push(error.message));
  page.on('request', (request) => void (!request.url().startsWith(url) && problems.push(request.url())));
  // Chromium says neither which request failed nor why.
  page.on('response', (response) => void (response.status() >= 400 && noteRefused(response, problems)));
  await page.goto(`${url}/console${path}`);
  return { page, problems, [Symbol.asyncDispose]: () => context.close() };
}

/** Notes the address and the answer of a request that was refused, beside the line of the browser that has its status alone. */
async function noteRefused(response: Response, problems: string[]): Promise<void> {
  const body = await response.text().catch(() => 'an answer that cannot be read any more');
  problems.push(`${response.status()} (${response.statusText()}) of ${response.url()}: ${body.slice(0, MAX_BODY)}`);
}

/** What axe finds wrong with a page as it is now: rule and places. Opened with `forAxe` alone. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(`${readFileSync(AXE, 'utf8')};0`);
  return page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))`,
  );
}

/** Waits until nothing on a page is awaited any more. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  // Not `waitForFunction`, which the page's policy forbids as it forbids every evaluated text.
  await until(async () => (await page.locator('.loading').count()) === 0);
}

/** How many pixels a page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>('Math.max(0, document.documentElement.scrollWidth - innerWidth)');
}

// Words between blanks and signs at which a line may end. What no reader sees (headings for screen readers alone) is one pixel wide.
const BROKEN_WORDS = `(() => {
  const isSeen = (element) => element === null || (element.checkVisibility() && element.offsetWidth !== 1 && isSeen(element.parentElement));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const broken = [];
  while (texts.nextNode()) {
    const { currentNode: text } = texts;
    if (!isSeen(text.parentElement) || text.parentElement.closest('.mono, svg') !== null) continue;
    for (const { 0: word, index } of text.data.matchAll(/[\\p{L}\\p{N}]{2,20}/gu)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)));
      if (lines.size > 1) broken.push(word + ' in ' + text.parentElement.tagName);
    }
  }
  return broken;
})()`;

/** Words of a page that a line's end breaks: what is squeezed in beside something longer. */
export function brokenWordsOf(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(BROKEN_WORDS);
}
