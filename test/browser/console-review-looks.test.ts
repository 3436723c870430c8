import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ConsoleOptions, overflowOf, settled, violationsOf } from '../support/console-page.js';
import { canTryConsole } from '../support/console-world.js';
import { makeReviewWorld, type ReviewWorld } from '../support/review-world.js';

const LOOKS: ConsoleOptions[] = [
  { language: 'ko', theme: 'light', width: 1440 },
  { language: 'ko', theme: 'dark', width: 390 },
  { language: 'en', theme: 'dark', width: 1440 },
  { language: 'en', theme: 'light', width: 390 },
];

(canTryConsole ? describe : describe.skip)('What a reviewer is shown by the console', () => {
  let world: ReviewWorld;
  beforeAll(async () => {
    world = await makeReviewWorld();
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it.each(LOOKS)('has nothing that axe finds, and is no wider than its window: $language, $theme, $width', async (look) => {
    const found: Record<string, string[]> = {};
    // One profile for all: a new one costs more than its page.
    await using open = await world.signIn('reviewer', { ...look, forAxe: true });
    const { page } = open;
    for (const path of ['/system', '/review/signing', '/review']) {
      await page.goto(`${world.service.url}/console${path}`);
      await settled(page);
      if (path === '/review') {
        await page.getByRole('radio').nth(3).check();
        await page.locator('.chips .tick').first().click();
        await page.locator('.ticks:not(.chips) .tick').first().click();
        await page.locator('.what-follows').waitFor();
      }
      if (path === '/review/signing') await page.getByRole('checkbox').first().check();
      const wider = await overflowOf(page);
      const wrong = [...(await violationsOf(page)), ...(wider > 0 ? [`${wider} px wider than the window`] : [])];
      if (path === '/review') {
        await page.locator('.mark-form button[type=submit]').click();
        await page.getByRole('dialog').waitFor();
        wrong.push(...(await violationsOf(page)));
      }
      if (wrong.length > 0) found[path] = wrong;
    }
    expect(found).toEqual({});
  });

  it('names what a patient must avoid in the language of the page', async () => {
    await world.database.column(
      `update ibsafe_interventionrecord set input_allergies = '["egg", "lactose"]', input_restrictions = '["lactose_intolerance"]'`,
    );
    await using open = await world.signIn('reviewer', { language: 'ko' }, '/review');
    const facts = open.page.locator('.patient-facts').first();
    await facts.getByText('달걀, 우유', { exact: true }).waitFor();
    await facts.getByText('유당불내증', { exact: true }).waitFor();
  });
});
