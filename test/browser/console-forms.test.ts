import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { runToEnd } from '../support/batch-client.js';
import { settled } from '../support/console-page.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld, spoil } from '../support/console-world.js';
import { endOf, retryRun } from '../support/control-client.js';
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
    await spoil(world, world.lastNight, 7);
    const { runId } = await runToEnd(world.service.url, { recordDate: world.lastNight });
    let again: string | undefined;
    // The schedule's own run of that night may be under way, by the hour.
    await until(async () => (again = (await retryRun(world.service.url, { runId })).run?.id) !== undefined);
    expect(await endOf(world.service.url, again ?? '')).toBe('COMPLETED_WITH_FAILURES');
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

  it('is told apart from its like: a retry among the failures of its night, and the month in which a calendar begins', async () => {
    await using open = await world.open('/failures');
    const { page } = open;
    await settled(page);
    const lines = page.locator('.failure-runs > li');
    expect(await lines.count()).toBeGreaterThan(1);
    expect(await lines.filter({ has: page.locator('a + .soft', { hasText: /^재시도$/ }) }).count()).toBe(1);
    await page.goto(`${world.service.url}/console/schedules`);
    await settled(page);
    expect(await page.locator('.calendar-date').first().textContent()).toMatch(/^\d{1,2}\/\d{1,2}$/);
  });

  it('stands beside screens whose words are whole in English as well: no tile breaks a word, no calendar cuts a name', async () => {
    await using open = await world.open('/system', { language: 'en' });
    const { page } = open;
    await settled(page);
    const title = page.locator('.tile').getByRole('heading', { name: 'Language model' });
    expect((await title.boundingBox())?.height ?? Infinity).toBeLessThan(40); // one line
    await page.goto(`${world.service.url}/console/schedules`);
    await settled(page);
    const names = page.locator('.mark-name').filter({ hasText: 'Diet and exercise' });
    await names.first().waitFor();
    const wide = '[...document.querySelectorAll(".mark-name")].map((name) => name.scrollWidth > name.clientWidth)';
    expect(new Set(await page.evaluate<boolean[]>(wide))).toEqual(new Set([false]));
  });
});
