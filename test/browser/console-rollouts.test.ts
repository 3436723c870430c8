import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { addDays } from '../../src/domain/local-date.js';
import { BEHAVIOURS } from '../../src/local-model/behaviour.js';
import { runToEnd } from '../support/batch-client.js';
import { findChromium, launchChromium } from '../support/browser.js';
import { type ConsoleOptions, type ConsolePage, openConsole, overflowOf, settled, violationsOf } from '../support/console-page.js';
import { canTryConsole } from '../support/console-world.js';
import { RECORD_DATE } from '../support/patients-database.js';
import { RolloutWorld } from '../support/rollout-world.js';
import { until } from '../support/until.js';

const section = (page: Page): Locator => page.locator('#rollouts');
const NIGHT = { recordDate: addDays(RECORD_DATE, -1) };
async function dialogOf(page: Page): Promise<Locator> {
  await section(page)
    .getByRole('button', { name: /^Stop the rollout/ })
    .click();
  await page.getByRole('dialog').waitFor();
  return page.getByRole('dialog');
}

/** Not a click, which would wait for a button that the page has switched off by itself meanwhile. */
const stopIn = (dialog: Locator): Promise<void> => dialog.getByRole('button', { name: 'Stop the rollout' }).dispatchEvent('click');

/** What a candidate may do without being stopped for it. */
const LENIENT = { priceMicros: 1_000_000_000, gateDropsPercent: 100, fallbacksPercent: 100, failuresPercent: 100 };

(canTryConsole ? describe : describe.skip)('Rollouts in the console', () => {
  const world = new RolloutWorld();
  let browser: Browser;
  const open = (options: ConsoleOptions = {}, path = '/system'): Promise<ConsolePage> =>
    openConsole(browser, world.service.url, path, options);

  beforeAll(async () => {
    browser = await launchChromium(findChromium() ?? '');
    await world.open(120, { LLM_CANDIDATE_PRICE_INPUT: '1', LLM_CANDIDATE_PRICE_OUTPUT: '2' });
    await world.database.rows('delete from ibsafe_interventionrecord');
  });
  afterAll(async () => {
    await browser?.close();
    await world.resources.end();
  });

  it('are begun by a form that says what is tried, and tells what cannot be', async () => {
    await using console = await open({ language: 'en' });
    const { page, problems } = console;
    await section(page).getByText('Nothing is being tried').waitFor();
    await section(page).getByRole('button', { name: 'New rollout' }).click();
    const form = page.getByRole('dialog');
    await form.getByText('tried', { exact: true }).waitFor();
    const start = form.getByRole('button', { name: 'Start it' });
    await form.getByLabel('Percent of the patients').fill('101');
    await form.getByText('A whole number from 1 to 100.').waitFor();
    expect(await start.isDisabled()).toBe(true);
    await form.getByLabel('Percent of the patients').fill('40');
    await form.getByLabel(/^Reason/).fill('shorter, and kinder');
    await form.getByText('Limits, and who takes part').click();
    await form.getByLabel('Price of 1,000 patients').fill('-1');
    await form.getByText('A number from 0 to 1000.').waitFor();
    await form.getByLabel('Price of 1,000 patients').fill('999.5');
    await form.getByLabel('Gate dropped or refused').fill('100');
    await form.getByLabel(/^Seed/).fill('spring-1');
    await start.dblclick();
    await form.waitFor({ state: 'detached' });
    await section(page).getByText('40 % of the patients').waitFor();
    await section(page).getByText('“shorter, and kinder”').waitFor();
    expect(await world.database.column('select count(*)::int from batch.rollout_view')).toEqual([1]);
    expect(problems).toEqual([]);
  });

  it('show both sides next to each other, with what is allowed, while a night goes on', async () => {
    await using console = await open({ language: 'en' });
    const { page, problems } = console;
    const table = section(page).getByRole('table', { name: 'Both sides of the rollout: Diet and exercise' });
    const cells = (name: string | RegExp): Promise<string[]> =>
      table
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name }) })
        .getByRole('cell')
        .allInnerTexts();
    await table.waitFor();
    expect((await cells('Patients')).slice(0, 2)).toEqual(['0', '0']);
    await runToEnd(world.service.url, { chunkSize: 20, ...NIGHT });
    const [night] = await world.deps.rollouts.nights((await going())[0] ?? '');
    await until(async () => (await cells('Patients'))[0] === String(night?.figures.CANDIDATE.users));
    expect((await cells('Patients'))[1]).toBe(String(night?.figures.IN_FORCE.users));
    expect((await cells(/^Written by$/)).slice(0, 2)).toEqual(['tried', 'Rules']);
    expect((await cells('Time of a patient'))[1]).toMatch(/^(under 1|[1-9]\d*) ms$/); // of the rules, which take less than one
    expect((await cells(/^Failed/))[2]).toContain('2.0%');
    expect((await cells(/^Price/))[0]).toMatch(/^\$\d+\.\d+$/);
    expect((await cells(/^Price/))[2]).toContain('$999.5');
    await section(page).getByText('Nothing is concluded before the candidate has 200 patients').waitFor();
    await section(page).getByText('Night by night').click();
    await section(page)
      .getByRole('rowheader', { name: /Feb 28/ })
      .waitFor();
    expect(problems).toEqual([]);
  });

  it('are stopped after a dialog said whose advice changes, with a reason that stays', async () => {
    await using console = await open({}, '/system#rollouts');
    const { page, problems } = console;
    await section(page)
      .getByRole('button', { name: /^단계적 적용 중단/u })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('환자 40 %가 다시 현재 버전의 권고를 받습니다').waitFor();
    const stop = dialog.getByRole('button', { name: '단계적 적용 중단' });
    expect(await stop.isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: /^이유/u }).fill('말투가 어색함');
    await stop.click();
    await section(page).getByText('중단됨').waitFor();
    await section(page).getByText('“말투가 어색함”').waitFor();
    expect(
      await section(page)
        .getByRole('button', { name: /^단계적 적용 중단/u })
        .count(),
    ).toBe(0);
    expect(problems).toEqual([]);
  });

  it('tell the second of two operators that it was stopped meanwhile, and by whom', async () => {
    const { rolloutId } = await world.start({ thresholds: LENIENT });
    await using one = await open({ language: 'en' });
    await using other = await open({ language: 'en' });
    const [first, second] = await Promise.all([dialogOf(one.page), dialogOf(other.page)]);
    for (const [dialog, reason] of [
      [first, 'mine'],
      [second, 'no, mine'],
    ] as const)
      await dialog.getByRole('textbox', { name: /^Reason/ }).fill(reason);
    await stopIn(first);
    await section(one.page).getByText('“mine”').waitFor();
    await stopIn(second);
    await second.getByText('It was stopped meanwhile. Nothing is left to do.').waitFor();
    await second.getByRole('button', { name: 'Leave it' }).click();
    await section(other.page).getByText('“mine”').waitFor();
    expect(await world.found(rolloutId)).toMatchObject({ endReason: 'mine' });
    expect([...one.problems, ...other.problems]).toEqual([]);
  });

  it('that stop by themselves name the figure and its limit, and their alert leads to them', async () => {
    await world.start({ sharePercent: 50, thresholds: { ...LENIENT, gateDropsPercent: 5, leastUsers: 20 } });
    world.behaviour = BEHAVIOURS['untrue'] ?? world.behaviour;
    await runToEnd(world.service.url, { chunkSize: 10, recordDate: addDays(RECORD_DATE, -2) });
    await using console = await open({ language: 'en' }, '/alerts');
    const { page, problems } = console;
    await page.getByRole('listitem').filter({ hasText: 'Rollout stopped' }).getByRole('link', { name: 'Look at it' }).click();
    await section(page).getByText('It stopped by itself: the gate dropped or refused too much.').waitFor();
    await section(page)
      .getByText(/Candidate \d+\.\d% of \d+, in force 0\.0%, limit 5\.0%/)
      .waitFor();
    const passed = section(page).locator('tr.passed');
    expect(await passed.getByRole('rowheader').allInnerTexts()).toEqual([expect.stringContaining('Gate dropped or refused')]);
    expect(await passed.getByRole('cell').last().innerText()).toContain('5.0%');
    expect(page.url()).toMatch(/\/system#rollouts$/);
    await until(() => page.evaluate<boolean>("document.getElementById('rollouts').getBoundingClientRect().top < innerHeight / 2"));
    expect(problems).toEqual([]);
  });

  it.each([
    { language: 'ko', theme: 'light', width: 1440 },
    { language: 'en', theme: 'dark', width: 390 },
  ] as const)('have nothing that axe finds, and are no wider than the window: $language, $theme, $width', async (look) => {
    world.behaviour = { kind: 'sound' };
    if ((await going()).length === 0) await world.start({ thresholds: LENIENT, reason: `${'가'.repeat(480)} ${'x'.repeat(19)}` });
    await using console = await open({ ...look, forAxe: true });
    const { page } = console;
    await settled(page);
    expect([await violationsOf(page), await overflowOf(page)]).toEqual([[], 0]);
    for (const name of [/^(New rollout|새 단계적 적용)$/u, /^(Stop the rollout|단계적 적용 중단)/u]) {
      await section(page).getByRole('button', { name }).first().click();
      await page.getByRole('dialog').waitFor();
      expect([await violationsOf(page), await overflowOf(page)]).toEqual([[], 0]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });

  const going = (): Promise<string[]> => world.database.column("select rollout_id::text from batch.rollout_view where status <> 'STOPPED'");
});
