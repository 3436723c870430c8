import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld, mend, spoil } from '../support/console-world.js';

(canTryConsole ? describe : describe.skip)('The list of runs and of failures in the console', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld();
    for (const back of [0, -1]) {
      await spoil(world, addDays(world.lastNight, back), 9);
      await runToEnd(world.service.url, { recordDate: addDays(world.lastNight, back) });
    }
    await runToEnd(world.service.url, { recordDate: world.lastNight, dryRun: true });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('keeps its filters in the address, so that a list can be sent', async () => {
    await using open = await world.open('/runs', { language: 'en' });
    const { page, problems } = open;
    const rows = page.locator('tbody tr');
    await rows.nth(2).waitFor();
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('trial');
    await page.waitForURL(/kind=trial/);
    await page.getByText('trial', { exact: true }).waitFor();
    await rows.nth(1).waitFor({ state: 'detached' });
    await page.reload();
    await rows.first().waitFor();
    expect(await rows.count()).toBe(1);
    await page.getByRole('combobox', { name: 'State' }).selectOption('CANCELLED');
    await page.getByText('No run fits these filters.').waitFor();
    await page.getByRole('button', { name: 'Take the filters away' }).last().click();
    await rows.nth(2).waitFor();
    await page.goto(`${world.service.url}/console/runs?from=${world.lastNight}&to=${addDays(world.lastNight, -1)}`);
    await page.getByText('The first day of records lies after the last one').waitFor();
    expect(problems).toEqual([]);
  });

  it('tells of each code what it means and what to mend, and retries what failed in several nights at once', async () => {
    await using open = await world.open('/failures');
    const { page, problems } = open;
    await page.getByRole('heading', { name: '잘못된 기록' }).waitFor();
    await page.getByText('IBSafe에서 해당 날짜의 기록을 바로잡은 뒤 다시 시도하세요.').waitFor();

    for (const back of [0, -1]) await mend(world, addDays(world.lastNight, back));
    await page.getByRole('link', { name: '실행', exact: true }).first().click();
    await page.getByLabel('모두 선택').click();
    await page.getByRole('button', { name: '실행 2건의 실패 환자 재시도' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('이유').fill('기록을 바로잡음');
    await dialog.getByRole('button', { name: '재시도' }).click();
    await dialog.getByText('요청됨').nth(1).waitFor();
    await dialog.getByRole('button', { name: '닫기' }).last().click();
    await page.getByText('재시도').nth(1).waitFor();

    await page.getByRole('link', { name: '실패', exact: true }).first().click();
    await page.getByText('재시도함').nth(1).waitFor();
    await page.getByText('그날의 권고 대상자는 이제 모두 권고가 있습니다.').nth(1).waitFor();
    expect(problems).toEqual([]);
  });

  it('says who is still without advice by now, and offers no retry where another run has written it', async () => {
    const day = addDays(world.lastNight, -2);
    await spoil(world, day, 9);
    const { runId } = await runToEnd(world.service.url, { recordDate: day });
    await using open = await world.open('/failures');
    const { page, problems } = open;
    const row = page.getByRole('listitem').filter({ has: page.locator(`a[href^="/console/runs/${runId}"]`) });
    await row.getByRole('button', { name: '재시도' }).waitFor();
    const [patients] = await world.database.column<number>(
      "select count(distinct user_id)::int from batch.outcome_view where type = 'UserFailed'",
    );
    const head = page.locator('section.card').filter({ has: row }).locator('header');
    await head.getByText(new RegExp(`환자 ${patients}명, \\d+명은 아직 권고 없음`)).waitFor();
    await head.getByText(/실패 \d+건/).waitFor();
    const [one] = await world.database.column<number>(
      "select user_id from batch.outcome_view where run_id = $1 and type = 'UserFailed' limit 1",
      [runId],
    );
    await mend(world, day);
    await runToEnd(world.service.url, { recordDate: day, userIds: [one] });
    await row.getByText(/그날 아직 권고가 없는 환자 \d+명/).waitFor();
    await runToEnd(world.service.url, { recordDate: day });
    await row.getByText('그날의 권고 대상자는 이제 모두 권고가 있습니다.').waitFor();
    await row.getByRole('button', { name: '재시도' }).waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
  });
});
