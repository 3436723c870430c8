import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import { settled } from '../support/console-page.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';

(canTryConsole ? describe : describe.skip)('Who may do what in the console', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 20, environment: { AUTH_API_KEYS: 'on' } });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const keyOf = async (role: 'viewer' | 'operator'): Promise<string> =>
    (await new ApiKeyStore(world.service.core.pool).create({ name: `a ${role}`, role, createdBy: 'test' }))?.key ?? '';

  it('asks who is there, refuses a wrong key, and keeps the right one nowhere', async () => {
    await using open = await world.open('', { language: 'en' });
    const { page } = open;
    await page.getByLabel('API key or token').fill('ibk_not-a-key');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('That key or token is not valid').waitFor();
    await page.getByLabel('API key or token').fill(await keyOf('operator'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Run now' }).waitFor();
    const kept = await page.evaluate<object>('({ ...localStorage, ...sessionStorage, cookie: document.cookie })');
    expect(kept).toEqual({ cookie: '' });
  });

  it('shows a viewer no button that the service would refuse', async () => {
    await using open = await world.open('', { language: 'en' });
    const { page } = open;
    await page.getByLabel('API key or token').fill(await keyOf('viewer'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Last night' }).waitFor();
    for (const place of ['Runs', 'Failures', 'Alerts', 'Schedules', 'Backfills', 'System']) {
      await page.getByRole('link', { name: place, exact: true }).first().click();
      await page.getByRole('heading', { name: place, level: 1 }).waitFor();
      await settled(page);
      const orders = page.getByRole('button', { name: /Run now|Silence|test message|Pause|Change|New |Retry|Cancel|Delete|default/ });
      expect(await orders.count()).toBe(0);
    }
    await page.locator('#main').getByText('a viewer (API key)').first().waitFor();
  });
});
