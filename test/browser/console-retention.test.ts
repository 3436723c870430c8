import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { archiveName } from '../../src/lifecycle/archive/archive-format.js';
import { findChromium, launchChromium } from '../support/browser.js';
import { openConsole, settled } from '../support/console-page.js';
import { canTryConsole } from '../support/console-world.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';
import { createYears, type Years } from '../support/years.js';

const MONTHS = 4;

(canTryConsole ? describe : describe.skip)('The retention of the log in the console', () => {
  const resources = new Resources();
  let years: Years;
  let service: TestService;
  let browser: Browser;
  let month: string;

  beforeAll(async () => {
    years = resources.use(await createYears(MONTHS));
    [month = ''] = await years.months();
    service = resources.use(await startTestService(years, { environment: { RETENTION_ARCHIVE_DIR: years.archiveDir } }));
    browser = await launchChromium(findChromium() ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await resources.end();
  });

  it('names the months that would go before one does, says why one stays, and shows a run of it as before retention', async () => {
    // Alerts have to have read it: the service's own follower does.
    await until(async () => (await service.core.retention.overview(MONTHS - 1)).plan.months.every(({ held }) => held === undefined));
    const [run] = await years.rows<{ id: string; ended_at: Date }>(
      'select run_id as id, ended_at from batch.run_view where run_month = $1::date order by requested_at limit 1',
      [month],
    );
    await years.rows('update batch.run_view set ended_at = null where run_id = $1', [run?.id]);
    await using open = await openConsole(browser, service.url, '/system', { language: 'en' });
    const { page } = open;
    await settled(page);
    await page.getByText('nothing: every month is kept').waitFor();
    await page.getByRole('button', { name: 'Let months go' }).click();
    const keep = page.getByLabel('Months to keep beside this one');
    const go = page.getByRole('button', { name: 'Archive and let go' });
    await page.getByText('No month of the log is older than that: nothing would go.').waitFor();
    expect(await go.isDisabled()).toBe(true);
    await keep.fill('0');
    await page.getByText('A whole number from 1 to 1200.').waitFor();
    await keep.fill(String(MONTHS - 1));
    await page.getByText('A run of the month has not ended.').waitFor();
    await go.click();
    await until(async () => (await go.getAttribute('aria-busy')) === 'false');
    expect((await service.core.retention.overview(MONTHS - 1)).letGo).toEqual([]);

    await years.rows('update batch.run_view set ended_at = $2 where run_id = $1', [run?.id, run?.ended_at]);
    await keep.fill('24');
    await page.getByText('nothing would go').waitFor();
    await keep.fill(String(MONTHS - 1));
    const goes = page.getByRole('dialog').getByRole('listitem');
    await goes.getByText(/goes(: about [\d,]+ events)?$/).waitFor();
    expect(await goes.allInnerTexts()).toEqual([expect.stringContaining(month.slice(0, 7))]);
    await go.click();
    await page.getByText(archiveName(month)).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.goto(`${service.url}/console/runs/${run?.id}`);
    await page.getByText('Before retention').waitFor();
    await page.getByText('Choose a bar to see what it means').waitFor(); // its patients are listed nowhere any more
    await page.getByText(archiveName(month)).waitFor();
    expect(open.problems).toEqual([]);
  });

  it('speaks Korean', async () => {
    await using open = await openConsole(browser, service.url, '/system', { language: 'ko' });
    await settled(open.page);
    await open.page.getByRole('heading', { name: '보관 기간' }).waitFor();
    await open.page.getByRole('button', { name: '오래된 달 옮기기' }).waitFor();
  });
});
