import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import type { Rollout } from '../../src/domain/rollout/rollout.js';
import { findChromium, launchChromium } from '../support/browser.js';
import { type ConsolePage, openConsole } from '../support/console-page.js';
import { canTryConsole } from '../support/console-world.js';
import { RolloutWorld } from '../support/rollout-world.js';

const section = (page: Page): Locator => page.locator('#rollouts');

(canTryConsole ? describe : describe.skip)('A rollout in the console', () => {
  const world = new RolloutWorld();
  let browser: Browser;
  let rollout: Rollout;
  beforeAll(async () => {
    browser = await launchChromium(findChromium() ?? '');
    await world.open(20, { AUTH_API_KEYS: 'on' });
    rollout = await world.start();
  });
  afterAll(async () => {
    await browser?.close();
    await world.resources.end();
  });

  /** A page of a caller with a role of its own. */
  const enter = async (role: 'viewer' | 'operator', name = `a ${role}`): Promise<ConsolePage> => {
    const made = await new ApiKeyStore(world.service.core.pool).create({ name, role, createdBy: 'test' });
    const console = await openConsole(browser, world.service.url, '/system', { language: 'en' });
    await console.page.getByLabel('API key or token').fill(made?.key ?? '');
    await console.page.getByRole('button', { name: 'Sign in' }).click();
    return console;
  };

  it.each([
    ['viewer', []],
    ['operator', ['New rollout', 'Change the share', 'Give it to all', 'Stop']],
  ] as const)('is shown to a %s with the buttons that the service would take', async (role, buttons) => {
    await using console = await enter(role);
    const { page } = console;
    await section(page).getByText('30 % of the patients').waitFor();
    await section(page)
      .getByRole('table', { name: /^Both sides of the rollout/ })
      .waitFor();
    await page.locator('#main').getByText(`a ${role} (API key)`).first().waitFor(); // the page knows who asks
    expect(await section(page).getByRole('button').allInnerTexts()).toEqual(buttons);
  });

  it('gets another share, is given to all, and is offered to be stopped then alone', async () => {
    await using console = await enter('operator', 'another operator');
    const { page } = console;
    const form = page.getByRole('dialog');
    await section(page).getByRole('button', { name: 'Change the share: Diet and exercise' }).click();
    const change = form.getByRole('button', { name: 'Change the share' });
    expect(await change.isDisabled()).toBe(true); // it is so already
    await form.getByLabel('Percent of the patients').fill('55');
    await change.dblclick();
    await form.waitFor({ state: 'detached' });
    await section(page).getByText('55 % of the patients').waitFor();
    await section(page).getByRole('button', { name: 'Give it to all patients: Diet and exercise' }).click();
    await form.getByText('all patients get their advice from the candidate').waitFor();
    await form.getByText('tried', { exact: true }).waitFor();
    await form.getByRole('textbox', { name: /^Reason/ }).fill('shorter, and right');
    await form.getByRole('button', { name: 'Give it to all' }).click();
    await form.waitFor({ state: 'detached' });
    await section(page).getByText('100 % of the patients').waitFor();
    await section(page).getByText('“shorter, and right”').waitFor();
    expect(await world.found(rollout.rolloutId)).toMatchObject({ status: 'PROMOTED', endReason: 'shorter, and right' });
    expect(await section(page).locator('.rollouts > li > header').getByRole('button').allInnerTexts()).toEqual(['Stop']);
  });
});
