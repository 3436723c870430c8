import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import { findChromium, launchChromium, openPage } from '../support/browser.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';

const chromiumPath = findChromium();
if (chromiumPath === undefined)
  console.warn('skipped: the dashboard in a browser, because there is no Chromium, neither at CHROMIUM_PATH nor where Debian puts it');

/** Run in the page: the size of the character that stands for each icon, and what is drawn in its place. */
const ICONS = `[...document.querySelectorAll('.action-btn')].filter((button) => button.offsetParent !== null).map((button) => {
  const { maskImage, width } = getComputedStyle(button, '::before');
  return { letters: getComputedStyle(button).fontSize, drawn: maskImage.startsWith('url("data:image/svg+xml'), width };
})`;

/** What went wrong on a page, and whom it asked beside this service. */
function watch(page: Page, url: string): string[] {
  const seen: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && seen.push(message.text())));
  page.on('pageerror', (error) => void seen.push(error.message));
  page.on('request', (request) => void (!request.url().startsWith(url) && !request.url().startsWith('data:') && seen.push(request.url())));
  return seen;
}

(chromiumPath === undefined ? describe.skip : describe)('The dashboard in a browser', () => {
  let browser: Browser;
  let database: TestDatabase;
  let service: TestService;
  let key: string;

  beforeAll(async () => {
    browser = await launchChromium(chromiumPath ?? '');
    database = await createTestDatabase();
    service = await startTestService(database, { environment: { AUTH_API_KEYS: 'on' } });
    key = (await new ApiKeyStore(service.core.pool).create({ name: '관리자', role: 'admin', createdBy: 'test' }))?.key ?? '';
  });
  afterAll(async () => {
    await browser?.close();
    await service?.[Symbol.asyncDispose]();
    await database?.drop();
  });

  it('lets an admin sign in, shows the schedule’s whole name and the ways to act on it, and lets them out again', async () => {
    const page = await openPage(browser, { viewport: { width: 1400, height: 800 } });
    const seen = watch(page, service.url);
    await page.goto(`${service.url}/dashboard`);
    await page.getByLabel('API key or token').fill(key);
    await page.getByRole('button', { name: /Sign in/ }).click();

    const row = page.getByRole('row', { name: /일일 중재 권고사항 생성/ });
    await row.waitFor();
    expect(await row.getByTitle('Job Data').isVisible()).toBe(true);
    // Whole: what does not fit would be cut off by the list at the side.
    const name = page.locator('.job-list .job-name', { hasText: '일일 중재' });
    expect(await name.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
    await page.getByText('key:관리자').waitFor();

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('API key or token').waitFor();
    await page.goto(`${service.url}/dashboard/`);
    expect(page.url()).toBe(`${service.url}/dashboard/login`);
    expect(seen).toEqual([]);
  });

  it.each([
    ['a wide window', { width: 1400, height: 800 }],
    ['a phone', { width: 390, height: 844 }],
  ])('offers on %s what it can do and nothing else: schedules are paused and resumed', async (_, viewport) => {
    const page = await openPage(browser, { viewport });
    const seen = watch(page, service.url);
    await page.goto(`${service.url}/dashboard/login`);
    await page.getByLabel('API key or token').fill(key);
    await page.getByRole('button', { name: /Sign in/ }).click();
    const row = page.getByRole('row', { name: /일일 중재 권고사항 생성/ });
    await row.waitFor();
    const offered = `[...document.querySelectorAll('button, .action-btn')].filter((one) => one.checkVisibility())
      .map((one) => one.title || one.textContent.trim()).filter((name) => /new job|requeue|retry|delete|pause|resume/i.test(name)).toSorted()`;
    const selected = ['Pause list of selected jobs', 'Resume list of selected jobs'];
    const bar = `(() => { const [brand, home] = ['.navbar-brand', '.way-home a'].map((at) => document.querySelector(at).getBoundingClientRect());
      return brand.right <= home.left; })()`;
    expect(await page.evaluate(bar)).toBe(true); // neither lies over the other
    expect(await page.evaluate(offered)).toEqual(['Pause job', ...selected].toSorted());
    await row.getByTitle('Pause job').click();
    await page.locator('.modal-overlay').getByRole('button', { name: /Pause/ }).click();
    await row.getByTitle('Resume job').waitFor();
    const status = async (): Promise<unknown> => (await service.core.pool.query('select status from batch.schedule_view')).rows;
    expect(await status()).toEqual([{ status: 'PAUSED' }]);
    await row.getByTitle('Resume job').click();
    await page
      .locator('.modal-overlay')
      .getByRole('button', { name: /Resume/ })
      .click();
    await row.getByTitle('Pause job').waitFor();
    expect(await status()).toEqual([{ status: 'ACTIVE' }]);
    expect(seen).toEqual([]);
    await page.close();
  });

  it('draws its icons itself, so that they need no emoji font', async () => {
    const page = await openPage(browser, { viewport: { width: 1400, height: 800 } });
    await page.goto(`${service.url}/dashboard/login`);
    await page.getByLabel('API key or token').fill(key);
    await page.getByRole('button', { name: /Sign in/ }).click();
    await page.getByTitle('Pause job').waitFor();
    const icons = await page.evaluate<unknown[]>(ICONS);
    expect(icons.length).toBeGreaterThanOrEqual(2);
    expect(icons).toEqual(icons.map(() => ({ letters: '0px', drawn: true, width: '18px' })));
  });
});
