import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { findChromium, launchChromium } from '../support/browser.js';
import { openConsole } from '../support/console-page.js';
import { canTryConsole } from '../support/console-world.js';
import { runToEnd } from '../support/batch-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { startServiceProcess } from '../support/service-process.js';

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

  it('waits for a screen, a dialog and a language that it has not fetched yet, and loses nothing', async () => {
    await using service = await startServiceProcess(database, 'all');
    await using open = await openConsole(browser, service.url, '/runs', { language: 'en' });
    const { page } = open;
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
    await page.getByLabel('Who').waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate('globalThis.stayed = true');
    const whileAway = async (act: () => Promise<void>): Promise<void> => {
      const missed = page.waitForEvent('requestfailed', (request) => request.url().includes('/console/assets/'));
      await page.context().setOffline(true);
      await act();
      await missed;
      await page.context().setOffline(false);
    };
    await whileAway(() => page.getByRole('button', { name: 'Run now' }).click());
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await whileAway(() => page.getByRole('link', { name: 'Trends', exact: true }).first().click());
    await page.getByRole('heading', { level: 1, name: 'Trends' }).waitFor();
    await whileAway(() => page.getByRole('button', { name: '한국어' }).first().click());
    await page.getByRole('heading', { level: 1, name: '추이' }).waitFor();
    expect(await page.evaluate('globalThis.stayed')).toBe(true);
  });
});
