import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { settled } from '../support/console-page.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';
import { until } from '../support/until.js';

/** Whether all of something lies in the part of its dialog that is seen: below the title and above the buttons. */
async function isInSight(page: Page, what: Locator): Promise<boolean> {
  const [box, body] = await Promise.all([what.boundingBox(), page.locator('.dialog-body').boundingBox()]);
  if (box === null || body === null) return false;
  return box.y >= body.y - 1 && box.y + box.height <= body.y + body.height + 1;
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

  it('that pauses a schedule is no cause of alarm: that its job follows a moment later is asked for again, and told where it lasts', async () => {
    await using open = await world.open('/schedules');
    const { page } = open;
    const told = page.getByText('작업 1건이 스케줄과 다릅니다');
    let [asked, drifting] = [0, 1];
    await page.route('**/graphql', async (route) => {
      if (!(route.request().postData() ?? '').includes('query Schedules(')) return route.continue();
      const response = await route.fetch();
      const answer = (await response.json()) as { data: { scheduleStatus: { drift: { extra: object[] } } } };
      asked += 1;
      if (asked <= drifting) answer.data.scheduleStatus.drift.extra = [{ __typename: 'DriftingJob', name: '아침' }];
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
  });

  it('says in which month a calendar begins', async () => {
    await using open = await world.open('/schedules');
    const { page } = open;
    await settled(page);
    expect(await page.locator('.calendar-date').first().textContent()).toMatch(/^\d{1,2}\/\d{1,2}$/);
  });
});
