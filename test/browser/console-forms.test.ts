import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { settled } from '../support/console-page.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';
import { until } from '../support/until.js';

/** Whether all of something lies in the part of its dialog that is seen: above the buttons, which stick to its end while what is long scrolls behind them. */
async function isInSight(page: Page, what: Locator): Promise<boolean> {
  const [box, modal, foot] = await Promise.all([what.boundingBox(), page.locator('.modal').boundingBox(), page.locator('.dialog-foot').boundingBox()]); // prettier-ignore
  if (box === null || modal === null || foot === null) return false;
  return box.y >= modal.y - 1 && box.y + box.height <= foot.y + 1;
}

(canTryConsole ? describe : describe.skip)('A form of the console', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 60 });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('shows on a phone what a forecast came to: it stands below all fields, and the button would do nothing to be seen', async () => {
    await using open = await world.open('', { width: 390 });
    const { page } = open;
    await page.getByRole('button', { name: '지금 실행' }).first().click();
    await page.getByRole('button', { name: '먼저 예측 보기' }).click();
    const told = page.getByRole('dialog').getByRole('status').filter({ hasText: '권고' });
    await told.waitFor();
    await until(() => isInSight(page, told));
  });

  it('shows on a phone why an order was refused', async () => {
    await using open = await world.open('/schedules', { width: 390 });
    const { page } = open;
    await page.getByRole('button', { name: '새 스케줄' }).click();
    await page.getByRole('textbox', { name: '이름' }).fill('월말 권고');
    await page.getByText('매월', { exact: true }).click();
    await page.getByRole('spinbutton').first().fill('45');
    await page.getByRole('button', { name: '만들기' }).click();
    const refusal = page.getByRole('dialog').getByRole('alert');
    await refusal.waitFor();
    await until(() => isInSight(page, refusal));
  });

  it.each([
    { language: 'ko', button: '지금 실행', field: /^환자 번호/, submit: '실행', said: /그렇지 않은 ID: .*424242/ },
    { language: 'en', button: 'Run now', field: /^Patient numbers/, submit: 'Run', said: /these are not: .*424242/ },
  ] as const)('names the numbers that are no patients ($language)', async ({ language, button, field, submit, said }) => {
    await using open = await world.open('', { language });
    const { page } = open;
    await page.getByRole('button', { name: button }).first().click();
    await page.getByRole('textbox', { name: field }).fill('93424242, 424242');
    await page.getByRole('dialog').getByRole('button', { name: submit, exact: true }).click();
    const refusal = page.getByRole('dialog').getByRole('alert');
    await refusal.waitFor();
    expect(await refusal.textContent()).toMatch(said);
  });

  it.each([
    { language: 'ko', path: '', button: '지금 실행', field: /^기록일/, submit: '실행', said: '2000-01-01 이후의 날짜를 고르세요.' },
    { language: 'en', path: '/backfills', button: 'New backfill', field: /^First day of records/, submit: /^Run \d* days?$/, said: 'Choose 2000-01-01 or a later day.' }, // prettier-ignore
  ] as const)('refuses a day that is too old before it is sent: $button', async ({ language, path, button, field, submit, said }) => {
    await using open = await world.open(path, { language });
    const { page } = open;
    await page.getByRole('button', { name: button }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(field).fill('0001-01-01');
    await dialog.getByText(said).waitFor();
    expect(await dialog.getByRole('button', { name: submit, exact: true }).isDisabled()).toBe(true);
    await dialog.getByLabel(field).fill(world.lastNight);
    await until(async () => await dialog.getByRole('button', { name: submit, exact: true }).isEnabled());
    expect(await dialog.getByText(said).count()).toBe(0);
  });

  it('says while the service is away that what was entered is kept, and sends it when it is back', async () => {
    await using open = await world.open('/backfills', { language: 'en' });
    const { page } = open;
    await page.getByRole('button', { name: 'New backfill' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Reason/).fill('records came late');
    await page.route('**/graphql', (route) => route.abort());
    const send = dialog.getByRole('button', { name: 'Run 7 days', exact: true });
    await send.click();
    await dialog.getByText('What you entered is kept. Press the button again when the service is back.').waitFor();
    await page.unroute('**/graphql');
    await send.click();
    await page.getByText('records came late').waitFor();
    await page.getByRole('heading', { level: 1, name: /^Diet and exercise/ }).waitFor();
  });

  it('tells what is wrong with a schedule once, and no longer when the field says something else', async () => {
    await using open = await world.open('/schedules', { language: 'en' });
    const { page } = open;
    await page.getByRole('button', { name: 'New schedule' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name (required)' }).fill('Month’s end');
    await dialog.getByText('Monthly', { exact: true }).click();
    await dialog.getByLabel('Day of the month').fill('45');
    const problem = dialog.getByText(/Day of (the )?month.*\(45\)/);
    await problem.waitFor(); // by the preview, as it is typed
    await dialog.getByRole('button', { name: 'Make it' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await dialog.getByRole('alert').textContent()).toContain('(45)');
    expect(await dialog.locator('.notice').count()).toBe(1);
    await dialog.getByLabel('Day of the month').fill('15');
    await dialog.getByText('The next ten times').waitFor();
    expect(await dialog.locator('.notice').count()).toBe(0);
  });

  it('that pauses a schedule is no cause of alarm: that its job follows a moment later is asked for again, and told where it lasts', async () => {
    await using open = await world.open('/schedules');
    const { page } = open;
    const told = page.getByText('작업 1건이 스케줄과 다릅니다');
    let [asked, drifting] = [0, 1];
    await page.route('**/graphql', async (route) => {
      if (!(route.request().postData() ?? '').includes('query Schedules(')) return route.continue();
      const nth = (asked += 1);
      const response = await route.fetch();
      const answer = (await response.json()) as { data: { scheduleStatus: { drift: { extra: object[] } } } };
      if (nth <= drifting) answer.data.scheduleStatus.drift.extra = [{ __typename: 'DriftingJob', name: '아침' }];
      return route.fulfill({ response, json: answer });
    });
    await page.reload();
    await settled(page);
    await until(() => Promise.resolve(asked >= 2)); // within seconds, not with the next beat
    expect(await told.count()).toBe(0);
    drifting = Infinity;
    const before = asked;
    await page.reload();
    await told.waitFor();
    expect(asked - before).toBeGreaterThan(1); // not by the first look alone
    await page.unrouteAll({ behavior: 'ignoreErrors' }); // a question may be on its way
  });

  it('says in which month a calendar begins', async () => {
    await using open = await world.open('/schedules');
    const { page } = open;
    await settled(page);
    expect(await page.locator('.calendar-date').first().textContent()).toMatch(/^\d{1,2}\/\d{1,2}$/);
  });
});
