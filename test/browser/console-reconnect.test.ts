import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Request } from 'playwright-core';
import { findChromium, launchChromium } from '../support/browser.js';
import { openConsole } from '../support/console-page.js';
import { canTryConsole } from '../support/console-world.js';
import { runToEnd } from '../support/batch-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { startServiceProcess } from '../support/service-process.js';
import { until } from '../support/until.js';

/** Whether a request is for what the console says in Korean. */
const isKorean = (request: Request): boolean => /assets\/(later-)?(ko-|_codes_ko_)/.test(request.url());

(canTryConsole ? describe : describe.skip)('The console while the service is away', () => {
  let browser: Browser;
  let database: PatientsDatabase;
  beforeAll(async () => {
    browser = await launchChromium(findChromium() ?? '');
    database = await createPatients(60);
  });
  afterAll(async () => {
    await browser?.close();
    await database?.[Symbol.asyncDispose]();
  });

  it('says so, keeps what it showed, and is live again without a reload when a killed service is back', async () => {
    const first = await startServiceProcess(database, 'all');
    const { port } = new URL(first.url);
    await using open = await openConsole(browser, first.url, '/runs', { language: 'en' });
    const { page } = open;
    await page.getByText('There has been no run yet.').waitFor();
    const { runId } = await runToEnd(first.url);
    const link = page.locator(`a[href="/console/runs/${runId}"]`);
    await link.waitFor();
    await page.evaluate('globalThis.stayed = true');

    first.child.kill('SIGKILL');
    await first.ended;
    await page.getByText('The service does not answer.').waitFor();
    expect(await link.count()).toBe(1);

    await using second = await startServiceProcess(database, 'all', { PORT: port });
    await page.getByText('The service does not answer.').waitFor({ state: 'detached' });
    const { runId: next } = await runToEnd(second.url, { onExisting: 'REGENERATE' });
    await page.locator(`a[href="/console/runs/${next}"]`).waitFor();
    expect(await page.evaluate('globalThis.stayed')).toBe(true);
  });

  it('waits for a screen with its styles, a dialog and a language that it has not fetched yet, and loses nothing', async () => {
    await using service = await startServiceProcess(database, 'all');
    await using open = await openConsole(browser, service.url, '', { language: 'en' });
    const { page } = open;
    await page.getByRole('heading', { level: 1, name: 'Last night' }).waitFor();
    await page.waitForLoadState('networkidle'); // the socket of before the reload is open by then, and not taken for the next one
    const [socket] = await Promise.all([page.waitForEvent('websocket'), page.reload()]);
    await page.waitForLoadState('networkidle');
    await page.evaluate('globalThis.stayed = true');
    const closed = socket.waitForEvent('close'); // by the page, which hears that the network is away
    const whileAway = async (act: () => Promise<void>): Promise<void> => {
      const missed = page.waitForEvent('requestfailed', (request) => request.url().includes('/console/assets/'));
      await page.context().setOffline(true);
      await act();
      await missed;
      await page.context().setOffline(false);
    };
    await whileAway(() => page.getByRole('link', { name: 'Runs', exact: true }).first().click());
    await closed;
    await page.getByLabel('Who').waitFor();
    const [sheets, display] = await page.evaluate<[boolean[], string]>(
      `[[...document.querySelectorAll('link[rel=stylesheet]')].map(({ sheet }) => sheet !== null), getComputedStyle(document.querySelector('.filters')).display]`,
    );
    expect(sheets).toEqual([true, true]);
    expect(display).toBe('flex');
    await whileAway(() => page.getByRole('button', { name: 'Run now' }).click());
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await whileAway(() => page.getByRole('link', { name: 'Trends', exact: true }).first().click());
    await page.getByRole('heading', { level: 1, name: 'Trends' }).waitFor();
    await whileAway(() => page.getByRole('button', { name: '한국어' }).first().click());
    await page.getByRole('heading', { level: 1, name: '추이' }).waitFor();
    expect(await page.evaluate('globalThis.stayed')).toBe(true);
  });

  it('shows the language that was chosen last, though the one before it comes later', async () => {
    await using service = await startServiceProcess(database, 'all');
    await using open = await openConsole(browser, service.url, '', { language: 'en' });
    const { page } = open;
    await page.getByRole('heading', { level: 1, name: 'Last night' }).waitFor();
    await page.waitForLoadState('networkidle');
    const [came, missed] = [new Set<string>(), new Set<string>()];
    page.on('requestfailed', (request) => isKorean(request) && missed.add(request.url()));
    page.on('requestfinished', (request) => isKorean(request) && came.add(request.url()));
    await page.context().setOffline(true);
    await page.getByRole('button', { name: '한국어' }).first().click();
    await until(() => Promise.resolve(missed.size === 4));
    await page.getByRole('button', { name: 'English' }).first().click();
    await page.context().setOffline(false);
    await until(() => Promise.resolve(came.size === 4));
    await page.evaluate(
      `Promise.all(${JSON.stringify([...came])}.map((url) => import(url))).then(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))`,
    );
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    await page.getByRole('heading', { level: 1, name: 'Last night' }).waitFor();
  });
});
