import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { EXAMPLE_OPERATIONS, type ExampleOperation } from '../../src/server/playground/example-operations.js';
import { findChromium, launchChromium, openPage } from '../support/browser.js';
import { RUN_ID, startTestServer, type TestServer } from '../api/http-fixture.js';

const EXAMPLES: readonly ExampleOperation[] = [
  {
    name: 'Greet',
    description: ['Says hello.', '인사합니다.'],
    query: 'query Greet($name: String) { hello(name: $name) }',
    variables: { name: 'LATEST_RUN_ID' },
  },
  { name: 'Feed', description: ['Follows the feed.'], query: 'subscription Feed { feed }' },
];
const chromiumPath = findChromium();
if (chromiumPath === undefined)
  console.warn('skipped: the playground in a browser, because there is no Chromium, neither at CHROMIUM_PATH nor where Debian puts it');

(chromiumPath === undefined ? describe.skip : describe)('The playground in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(chromiumPath ?? '');
  });
  afterAll(() => browser?.close());

  it('runs an example and follows a subscription without a request to any other host', async () => {
    await using server = await startTestServer({ exampleOperations: EXAMPLES });
    const page = await openPage(browser);
    const seen = watch(page);
    await page.goto(`${server.url}/playground`);
    await page.getByRole('tab', { name: 'Greet' }).waitFor();
    await run(page);
    await answerShows(page, `hello ${RUN_ID}`);

    await page.getByRole('tab', { name: 'Feed' }).click();
    await run(page);
    await server.feed.listened;
    server.feed.push('first event');
    await answerShows(page, 'first event');
    server.feed.push('second event');
    await answerShows(page, 'second event');
    await page.close();
    await server.feed.returned;

    expect(seen.problems).toEqual([]);
    expect(seen.requests.length).toBeGreaterThan(5);
    expect(seen.requests.filter((url) => !isOwn(url, server))).toEqual([]);
  });

  it('opens each example by one click, and after a reload the one that was open, with nothing in the address', async () => {
    await using server = await startTestServer();
    const page = await openPage(browser, { viewport: { width: 1600, height: 900 } });
    await page.goto(`${server.url}/playground`);
    for (const { name } of EXAMPLE_OPERATIONS) {
      await page.getByRole('tab', { name }).click();
      await page.getByRole('tab', { name, selected: true }).waitFor();
    }
    await page.locator('.graphiql-query-editor .monaco-editor').click();
    await page.keyboard.type('# edited');
    await page.waitForFunction(() => String(Reflect.get(globalThis, 'localStorage').getItem('graphiql:tabState')).includes('# edited'));
    expect(new URL(page.url()).search).toBe('');
    for (let visit = 0; visit < 2; visit += 1) {
      await page.reload();
      await page.getByRole('tab', { name: EXAMPLE_OPERATIONS.at(-1)?.name ?? '', selected: true }).waitFor();
      expect(await page.getByRole('tab').count()).toBe(EXAMPLE_OPERATIONS.length);
    }
    await page.goto(`${server.url}/playground?query=${encodeURIComponent('query Linked { hello }')}`);
    await page.getByRole('tab', { name: 'Linked', selected: true }).waitFor();
    await page.close();
  });

  it('gives a subscription the headers of its tab', async () => {
    await using server = await startTestServer({ exampleOperations: EXAMPLES.slice(1) });
    const page = await openPage(browser);
    await page.goto(`${server.url}/playground`);
    await page.getByRole('tab', { name: 'Feed' }).waitFor();
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.locator('[data-testid="headers-editor"], .graphiql-editor-tool .graphiql-editor:not(.hidden)').last().click();
    await page.keyboard.type('{"authorization": "no"}');
    await run(page);
    await answerShows(page, '4401');
    await page.close();
  });
});

/** Records every address a page asks for, and what its console and its policy complain about. */
function watch(page: Page): { requests: string[]; problems: string[] } {
  const requests: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('websocket', (socket) => requests.push(socket.url()));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  return { requests, problems };
}

function isOwn(url: string, server: TestServer): boolean {
  return url.startsWith('data:') || new URL(url).host === new URL(server.url).host;
}

const run = (page: Page) => page.getByRole('button', { name: /Execute query/ }).click();

/** Waits until the answer's editor shows a text. Monaco draws each word on its own, with no-break spaces between. */
async function answerShows(page: Page, text: string): Promise<void> {
  const words = text.split(' ').join('[ \\u00a0]');
  await page.locator('.graphiql-response', { hasText: new RegExp(words) }).waitFor();
}
