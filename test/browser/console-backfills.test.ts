import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';
import { until } from '../support/until.js';

// Axes and their words are grey.
const COLOURED = `(() => {
  const canvas = document.querySelector('[role=slider][aria-label^="권고를 받은 대상자 비율"] canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let coloured = 0;
  for (let at = 0; at < data.length; at += 4) {
    const colours = data.slice(at, at + 3);
    if (data[at + 3] > 0 && Math.max(...colours) - Math.min(...colours) > 60) coloured += 1;
  }
  return coloured;
})()`;

(canTryConsole ? describe : describe.skip)('Backfills, trends and the system in the console', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld();
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('backfills a week after it has said what that comes to, shows each day as it ends, and its nights in the trends', async () => {
    await using open = await world.open('/backfills');
    const { page, problems } = open;
    await page.getByText('아직 과거 실행이 없습니다.').waitFor();
    await page.getByRole('button', { name: '새 과거 실행' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('첫 기록일').fill(addDays(world.lastNight, -6));
    await form.getByRole('button', { name: '먼저 예측 보기' }).click();
    await form.getByText(/7일 동안 권고를 모두 [\d,]+번 쓰게 됩니다/).waitFor();
    await form.getByLabel('이유').fill('앱이 멈춘 한 주');
    await form.getByRole('button', { name: '7일 실행' }).click();
    await page.getByText('앱이 멈춘 한 주').waitFor();
    await page.locator('.lead').getByText('완료').waitFor();
    expect(await page.locator('.backfill-days li').filter({ hasText: '완료' }).count()).toBe(7);

    await page.getByRole('link', { name: '추이' }).first().click();
    await page.getByRole('heading', { name: '결과' }).waitFor();
    const chart = page.getByRole('slider', { name: /^결과/ });
    await chart.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.getByText('표로 보기').first().click();
    expect(await page.locator('.chart-table[open] tbody tr').count()).toBe(7);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV로 저장' }).first().click();
    expect((await download).suggestedFilename()).toBe('결과.csv');
    expect(problems).toEqual([]);
  });

  it('shows a night that stands alone, as those of a program that runs once a week, also where points are too close to be shown', async () => {
    await runToEnd(world.service.url, { program: 'SLEEP', recordDate: world.lastNight });
    await using open = await world.open('/trends?program=SLEEP', { width: 390 });
    const chart = open.page.getByRole('slider', { name: /^권고를 받은 대상자 비율/ });
    await chart.locator('canvas').waitFor();
    await until(async () => (await open.page.evaluate<number>(COLOURED)) > 10);
    expect(open.problems).toEqual([]);
  });

  it('shows stores, log and lanes, and that the service is open to this machine', async () => {
    await using open = await world.open('/system');
    const { page, problems } = open;
    await page.getByRole('heading', { name: '데이터베이스' }).waitFor();
    await page.getByText('응답함').first().waitFor();
    expect(await page.getByRole('list', { name: '작업 레인' }).getByRole('listitem').count()).toBe(2);
    await page.getByText('이 컴퓨터의 모든 사용자가 쓸 수 있습니다').waitFor();
    expect(problems).toEqual([]);
  });
});
