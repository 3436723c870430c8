import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { begin, runToEnd } from '../support/batch-client.js';
import { PATIENCE_MS } from '../support/browser.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld, mend, spoil } from '../support/console-world.js';

const DAY_MS = 86_400_000;

(canTryConsole ? describe : describe.skip)('Last night in the console', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld({ environment: { BATCH_FAILURE_PAUSE_MIN_USERS: '20', BATCH_CHUNK_SIZE: '20' } });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('leads from a night that failures paused to its cause, resumes it when the records are mended, and says that all is well', async () => {
    await spoil(world, world.lastNight, 1);
    const runId = await begin(world.service.url, { recordDate: world.lastNight });
    await using open = await world.open();
    const { page, problems } = open;
    await page.getByText('조치가 필요합니다.').waitFor();
    const finding = page.getByRole('listitem').filter({ hasText: '실패가 너무 많음' });
    await finding.getByText('허용 비율보다 많은 환자가 실패하여').waitFor();

    await finding.getByRole('link', { name: '자세히 보기' }).click();
    await page.getByRole('button', { name: /잘못된 기록/ }).click();
    await page.getByText('IBSafe에서 해당 날짜의 기록을 바로잡은 뒤 다시 시도하세요.').waitFor();
    await page
      .locator('.halt')
      .getByText(/사용자 \d+명 가운데 \d+명이 실패했고/)
      .waitFor(); // why, in this language, as the run's page says it
    expect(page.url()).toContain(`/console/runs/${runId}?outcome=FAILED&reason=INVALID_INPUT`);

    await mend(world, world.lastNight);
    await page.getByRole('button', { name: '재개' }).click();
    await page.getByText(/완료/).first().waitFor();
    await page.getByRole('button', { name: /실패한 \d+명 재시도/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: '재시도' }).click();
    await page.getByText('이전 실행 보기').waitFor();
    await page.getByText('100%').waitFor();

    await page.getByRole('link', { name: '어젯밤' }).first().click();
    await page.getByText('모두 정상입니다. 조치할 일이 없습니다.').waitFor();
    expect(problems).toEqual([]);
  });

  it('counts each patient once, however often the night was run', async () => {
    const { runId } = await runToEnd(world.service.url, { recordDate: world.lastNight, onExisting: 'REGENERATE' });
    await runToEnd(world.service.url, { recordDate: world.lastNight, onExisting: 'REGENERATE' });
    const [advised] = await world.database.column<number>(`select (tally->>'generated')::int from batch.run_view where run_id = $1`, [
      runId,
    ]);
    await using open = await world.open('', { language: 'en' });
    await open.page.getByText(`Advice written: ${advised}.`).waitFor();
    expect(open.problems).toEqual([]);
  });

  it('tells on the card of a run how many of those it skipped had advice, as the night’s figures count them apart', async () => {
    const { runId, end } = await runToEnd(world.service.url, { recordDate: world.lastNight });
    const existed = end.reasons.find(({ reason }) => reason === 'INTERVENTION_EXISTS')?.users ?? 0;
    expect(existed).toBeGreaterThan(0);
    await using open = await world.open('', { language: 'en' });
    const card = open.page.locator('.run-card').filter({ has: open.page.locator(`a[href="/console/runs/${runId}"]`) });
    expect(await card.locator('.outcome-figures .skipped').innerText()).toContain(`${end.skipped} (${existed} of them had advice)`);
    expect(open.problems).toEqual([]);
  });

  it('never says of patients that they are without advice who keep the advice of an earlier run', async () => {
    const failing = await spoil(world, world.lastNight, 4);
    await runToEnd(world.service.url, { recordDate: world.lastNight, onExisting: 'REGENERATE' });
    await using open = await world.open();
    const { page, problems } = open;
    const finding = page.getByRole('listitem').filter({ hasText: '이전 실행의 권고를 그대로 가지고 있습니다' });
    const failed = Number(/^(\d+)명이 실패했고/.exec((await finding.locator('.finding-title').textContent()) ?? '')?.[1]);
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThanOrEqual(failing);
    await page
      .locator('.verdict-figures')
      .getByText(new RegExp(`다시 실행하면서 ${failed}건이 실패`))
      .waitFor(); // and not that none failed
    await mend(world, world.lastNight);
    await runToEnd(world.service.url, { recordDate: world.lastNight, onExisting: 'REGENERATE' });
    await page.getByText('모두 정상입니다. 조치할 일이 없습니다.').waitFor(); // what a later run wrote for all of them is left to nobody
    expect(problems).toEqual([]);
  });

  it('runs a day by hand after a forecast, once however often the button is pressed, and follows it', async () => {
    await using open = await world.open('', { language: 'en' });
    const { page, problems } = open;
    const before = await runsIn(world);
    await page.getByRole('button', { name: 'Run now' }).click();
    const form = page.getByRole('dialog', { name: 'Run now' });
    await form.getByText('Sleep').click();
    await form.getByRole('button', { name: 'Forecast first' }).press('Enter');
    await form.getByText(/Advice would be written for/).waitFor();
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Forecast first'); // from there the keyboard goes on
    await form.getByLabel('Reason').fill('the app was away');
    expect(await form.getByText(/Advice would be written for/).isVisible()).toBe(true); // why it is asked for changes nothing of it
    await form.getByRole('button', { name: 'Run', exact: true }).dblclick();
    await page.getByText('the app was away').waitFor();
    await page.getByText('Finished').first().waitFor();
    expect(await runsIn(world)).toBe(before + 1);
    expect(problems).toEqual([]);
  });

  it.each([-1, 1])('is that of the service where the clock of the browser is %d day wrong, in another zone', async (days) => {
    const context = await world.browser.newContext({ locale: 'ko-KR', timezoneId: 'America/Los_Angeles' });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    await page.addInitScript(`const RealDate = Date;
      window.Date = class extends RealDate {
        constructor(...given) { given.length > 0 ? super(...given) : super(window.Date.now()); }
        static now() { return RealDate.now() + ${days * DAY_MS}; }
      };`);
    await page.goto(`${world.service.url}/console`);
    await page.locator('.verdict-figures').getByText('건을 썼고').waitFor();
    await page.locator(`.run-card time[datetime="${world.lastNight}"]`).first().waitFor();
    await context.close();
  });

  it('is opened at /, shows what goes on in another window, and is reached by keyboard alone', async () => {
    await using open = await world.open('', { language: 'en' });
    const { page, problems } = open;
    await page.goto(`${world.service.url}/`);
    expect(new URL(page.url()).pathname).toBe('/console');
    await page.getByRole('heading', { name: 'Last night' }).waitFor();
    const { runId } = await runToEnd(world.service.url, { recordDate: world.lastNight, onExisting: 'REGENERATE' });
    await page.locator(`a[href="/console/runs/${runId}"]`).waitFor();

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // to the contents
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // run now
    await page.getByRole('dialog', { name: 'Run now' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate<string>('document.activeElement.textContent')).toContain('Run now');
    expect(problems).toEqual([]);
  });
});

const runsIn = async (world: ConsoleWorld): Promise<number> =>
  Number((await world.database.column<string>('select count(*) from batch.run_view'))[0]);
