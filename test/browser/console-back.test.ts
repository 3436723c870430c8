import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { runToEnd } from '../support/batch-client.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';
import { settled } from '../support/console-page.js';
import { until } from '../support/until.js';

/** One more than a page of what was done shows: each is one order. */
const RUNS = 26;

(canTryConsole ? describe : describe.skip)('Back in the console', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 40 });
    for (let run = 0; run < RUNS; run += 1) await runToEnd(world.service.url, { recordDate: world.lastNight, dryRun: true });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('leads to the page of what was done, and to what it was narrowed to', async () => {
    await using open = await world.open('/system', { language: 'en' });
    const { page, problems } = open;
    const events = page.locator('ol.events > li');
    const shown = async (): Promise<string | null> => events.first().textContent();
    const kind = page.getByRole('combobox', { name: 'Kind' });
    await kind.selectOption('RUN');
    await page.getByLabel('Who').fill('local');
    await page.getByRole('button', { name: 'Older', exact: true }).waitFor();
    const newest = await shown();
    await page.getByRole('button', { name: 'Older', exact: true }).click();
    await until(async () => (await shown()) !== newest);
    const older = await shown();
    await away(page, page.getByRole('link', { name: 'To the run' }).first());
    await page.goBack();
    await until(async () => (await shown()) === older);
    expect(await kind.inputValue()).toBe('RUN');
    expect(await page.getByLabel('Who').inputValue()).toBe('this computer'); // what was typed as the log has it
    expect(problems).toEqual([]);
  });

  it('leads to the weeks of the calendar, and to the part of a run', async () => {
    await using open = await world.open('/schedules', { language: 'en' });
    const { page, problems } = open;
    const coming = page.locator('.calendar a').first();
    await coming.waitFor();
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByRole('button', { name: 'Today' }).waitFor();
    await away(page, coming);
    await page.goBack();
    await page.getByRole('button', { name: 'Today' }).waitFor();
    await page.goto(`${world.service.url}/console/runs`);
    await page.locator('tbody tr').first().getByRole('link').first().click();
    await page.getByRole('tab', { name: 'What happened' }).click();
    await page.getByRole('tabpanel').locator('li').first().waitFor();
    await away(page, page.getByRole('link', { name: 'Schedules', exact: true }).first());
    await page.goBack();
    await page.getByRole('tab', { name: 'What happened', selected: true }).waitFor();
    expect(problems).toEqual([]);
  });

  it('leads to the rows to sign that were looked for, and a link to them begins anew', async () => {
    await using open = await world.open('/review/signing', { language: 'en' });
    const { page, problems } = open;
    const rows = page.locator('.signing-rows > li');
    const search = page.getByRole('searchbox');
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('WORDING');
    await search.fill('a');
    await search.press('Enter');
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByRole('button', { name: 'Previous' }).waitFor();
    await settled(page);
    const second = await rows.first().textContent();
    await away(page, page.getByRole('link', { name: 'To the review of advice' }));
    await page.goBack();
    await until(
      async () =>
        (await rows
          .first()
          .textContent({ timeout: 5_000 })
          .catch(() => null)) === second,
    );
    expect(await search.inputValue()).toBe('a');
    await away(page, page.getByRole('link', { name: 'To the review of advice' }));
    await page.getByRole('link', { name: 'Sign what advice is made of' }).click();
    await rows.first().waitFor();
    expect([await search.inputValue(), await page.getByRole('button', { name: 'Previous' }).count()]).toEqual(['', 0]);
    expect(problems).toEqual([]);
  });
});

/** Follows a link to another screen, until that stands. */
async function away(page: Page, link: ReturnType<Page['locator']>): Promise<void> {
  const from = page.url();
  await link.click();
  await until(() => Promise.resolve(page.url() !== from));
  await settled(page);
}
