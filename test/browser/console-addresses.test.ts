import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runToEnd } from '../support/batch-client.js';
import { settled } from '../support/console-page.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';
import { Keyboard } from '../support/keyboard.js';

(canTryConsole ? describe : describe.skip)('Addresses of the console', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 20 });
    await runToEnd(world.service.url, { recordDate: world.lastNight });
    await runToEnd(world.service.url, { recordDate: world.lastNight, dryRun: true });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const NO_RUN = '00000000-0000-4000-8000-000000000000';

  it.each([
    ['/runs?first=zzz&state=zzz&kind=1&from=2026-99-99&to[]=1', 'Runs'],
    ['/runs?from=0001-01-01', 'Runs'],
    ['/trends?days=1000000000&program=ZZZ', 'Trends'],
    ['/patients/1?day=2026-02-31&program=ZZZ', 'Patient 1'],
    ['/patients/1?day=0001-01-01', 'Patient 1'],
    [`/runs/${NO_RUN}?outcome=zzz&reason=zzz`, 'Run'],
    [`/schedules/${NO_RUN}`, 'Schedule'],
    [`/backfills/${NO_RUN}`, 'Backfill'],
    ['/runs/zzz', 'Nothing here'],
    ['/schedules/zzz', 'Nothing here'],
    ['/backfills/1', 'Nothing here'],
    ['/patients/0x1', 'Nothing here'], // 1 to a computer, and no number of a patient
    ['/patients/99999999999', 'Nothing here'],
  ])('show what can be had of %s, and ask for nothing that cannot be', async (path, heading) => {
    await using open = await world.open(path, { language: 'en' });
    const { page, problems } = open;
    await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    await settled(page);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(problems).toEqual([]);
    await page.getByRole('link', { name: 'Schedules', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Schedules' }).waitFor();
  });

  it('keep each list that was filtered, for Back and Forward, and not each key that was typed', async () => {
    await using open = await world.open('/failures', { language: 'en' });
    const { page } = open;
    await page.getByRole('link', { name: 'Runs', exact: true }).first().click();
    const [rows, kind, who] = [page.locator('tbody tr'), page.getByLabel('Kind'), page.getByLabel('Who')];
    await rows.nth(1).waitFor();
    await kind.selectOption('trial');
    await page.waitForURL(/kind=trial$/);
    await who.pressSequentially('this computer'); // of which the address keeps what the log has: it is the same in every language
    await page.waitForURL(/kind=trial&actor=local$/);
    expect(await who.inputValue()).toBe('this computer');
    await who.fill('zzz');
    await page.getByText('No run fits these filters.').waitFor();
    await page.goBack();
    await page.waitForURL(/kind=trial$/);
    await rows.first().waitFor();
    expect([await who.inputValue(), await kind.inputValue(), await rows.count()]).toEqual(['', 'trial', 1]);
    await page.goBack();
    await rows.nth(1).waitFor();
    expect(await kind.inputValue()).toBe('');
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Failures' }).waitFor();
    for (const _ of [1, 2, 3]) await page.goForward();
    await page.getByText('No run fits these filters.').waitFor();
    expect(await who.inputValue()).toBe('zzz');
  });

  it('take a day that is typed by keyboard, whose every place shows the focus', async () => {
    await using open = await world.open('/runs', { language: 'en' });
    const { page, problems } = open;
    await page.locator('tbody tr').nth(1).waitFor();
    const keys = new Keyboard(page);
    await keys.typeDay('Records from', '2099-01-01');
    await page.getByText('No run fits these filters.').waitFor();
    await keys.reach('Take the filters away'); // past the buttons of both fields, which open a calendar
    await page.keyboard.press('Enter');
    await page.locator('tbody tr').nth(1).waitFor();
    expect(problems).toEqual([]);
  });

  it('lead on from a screen that met a fault of its own', async () => {
    await using open = await world.open('/failures', { language: 'en' });
    const { page } = open;
    await page.route('**/graphql', (route) =>
      (route.request().postData() ?? '').includes('query Runs(') ? route.fulfill({ json: { data: { runs: {} } } }) : route.continue(),
    );
    await page.getByRole('link', { name: 'Runs', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'This page met a fault' }).waitFor();
    await page.getByRole('link', { name: 'Trends', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Trends' }).waitFor();
  });
});
