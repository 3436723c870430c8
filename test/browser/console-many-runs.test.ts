import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runToEnd } from '../support/batch-client.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld, spoil } from '../support/console-world.js';

/** One more than the newest runs that the page of last night asks for. */
const RUNS = 41;

(canTryConsole ? describe : describe.skip)('A night with more runs than a page shows', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 40 });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('is told of with what failed in its first run, whatever came for single patients since', async () => {
    await spoil(world, world.lastNight, 9);
    const { url } = world.service;
    const { end } = await runToEnd(url, { recordDate: world.lastNight });
    expect(end.failed).toBeGreaterThan(0);
    const [one] = await world.database.column<number>('select user_id from ibsafe_interventionrecord order by updated_at desc limit 1');
    for (let run = 0; run < RUNS; run += 1) await runToEnd(url, { recordDate: world.lastNight, userIds: [one] });
    await using open = await world.open();
    const { page, problems } = open;
    const finding = page.locator('.findings').getByText(`${end.failed}명이 실패하여 권고를 받지 못했습니다.`);
    await finding.waitFor();
    expect(await page.locator('.verdict').getAttribute('class')).toContain('warn');
    expect(problems).toEqual([]);
  });
});
