import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readApiKey } from '../../src/identity/api-key-reader.js';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import type { Role } from '../../src/identity/role.js';
import { settled, violationsOf } from '../support/console-page.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';

(canTryConsole ? describe : describe.skip)('A session in the console', () => {
  let world: ConsoleWorld;
  let keys: ApiKeyStore;
  let made = 0;
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 20, environment: { AUTH_API_KEYS: 'on' } });
    keys = new ApiKeyStore(world.service.core.pool);
  });
  afterAll(async () => {
    await world?.[Symbol.asyncDispose]();
  });

  const keyOf = async (role: Role): Promise<{ name: string; key: string }> => {
    const name = `${role} ${(made += 1)}`;
    return { name, key: (await keys.create({ name, role, createdBy: 'test' }))?.key ?? '' };
  };

  it('is opened once, by the keyboard alone, outlives a reload, and opens dashboard and playground', async () => {
    await using open = await world.open('/runs', { language: 'en' });
    const { page } = open;
    const { key, name } = await keyOf('admin');
    await page.getByLabel('API key or token').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.insertText(key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    expect(page.url()).toBe(`${world.service.url}/console/runs`);
    const kept = await page.evaluate<object>('({ ...localStorage, ...sessionStorage, cookie: document.cookie })');
    expect(kept).toEqual({ cookie: '' });
    await page.reload();
    await page.locator('.sidebar').getByText(`${name} (API key)`).waitFor();

    const dashboard = await page.context().newPage();
    await dashboard.goto(`${world.service.url}/dashboard`);
    await dashboard.getByRole('row', { name: /일일 중재 권고사항 생성/ }).waitFor();
    const answer = await dashboard.evaluate<string>(
      `fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ me { actor } }"}' }).then((response) => response.text())`,
    );
    expect(answer).toContain(`key:${name}`);

    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByLabel('API key or token').waitFor();
    await dashboard.reload();
    await dashboard.waitForURL('**/dashboard/login');
    expect(open.problems.filter((problem) => !problem.includes('401'))).toEqual([]);
  });

  it('opens the other pages of the browser that wait for a sign-in, at the place that each was asked for', async () => {
    await using open = await world.open('/runs', { language: 'ko' });
    const { page } = open;
    const second = await page.context().newPage();
    await second.goto(`${world.service.url}/console/system`);
    await second.getByLabel('API 키 또는 토큰').waitFor();
    await page.getByLabel('API 키 또는 토큰').fill((await keyOf('operator')).key);
    await page.getByRole('button', { name: '로그인' }).click();
    await second.getByRole('heading', { name: '시스템', level: 1 }).waitFor(); // nothing is clicked there
    expect(second.url()).toBe(`${world.service.url}/console/system`);
  });

  it('that began elsewhere is found when the reader comes back to a page, as after a sign-in at a provider', async () => {
    await using open = await world.open('/runs', { language: 'en' });
    const { page } = open;
    await page.getByLabel('API key or token').waitFor();
    const { key } = await keyOf('operator');
    const answered = await page
      .context()
      .request.post(`${world.service.url}/session`, { data: { key }, headers: { origin: world.service.url } });
    expect(answered.status()).toBe(200);
    expect(await page.getByLabel('API key or token').count()).toBe(1); // it was told nothing
    await page.evaluate('window.dispatchEvent(new Event("focus"))');
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
  });

  it('that ends while a page is open is told of, and who signs in again finds the place that they were at', async () => {
    await using open = await world.open('/runs?state=CANCELLED', { language: 'ko' });
    const { page } = open;
    const { key, name } = await keyOf('operator');
    await page.getByLabel('API 키 또는 토큰').fill(key);
    await page.getByRole('button', { name: '로그인' }).click();
    await page.locator('.sidebar').getByText(`${name} (API 키)`).waitFor();
    const url = page.url();
    await world.service.core.pool.query(`update batch.session set ends_at = now() where actor = $1`, [`key:${name}`]);
    await page.getByText('세션이 끝났습니다').waitFor(); // by its subscription: nothing is clicked
    await page.getByLabel('API 키 또는 토큰').fill(key);
    await page.getByRole('button', { name: '로그인' }).click();
    await page.locator('.sidebar').getByText(`${name} (API 키)`).waitFor();
    expect(page.url()).toBe(url);
  });

  it('ends in every browser when one signs out everywhere', async () => {
    const { key } = await keyOf('viewer');
    await using first = await world.open('', { language: 'en' });
    await using second = await world.open('/system', { language: 'en' });
    for (const { page } of [first, second]) {
      await page.getByLabel('API key or token').fill(key);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Sign out everywhere' }).waitFor();
    }
    await first.page.getByRole('button', { name: 'Sign out everywhere' }).click();
    const asked = first.page.getByRole('dialog');
    await asked.getByText('All browsers in which you are signed in').waitFor();
    await asked.getByRole('button', { name: 'Sign out everywhere' }).click();
    await first.page.getByText('This service wants to know who asks.').waitFor();
    await second.page.getByText('Your session is over.').waitFor();
  });

  it('makes one key of an order whose answer was lost and that is sent again, and shows the secret that opens', async () => {
    const admin = await keyOf('admin');
    await using open = await world.open('/system', { language: 'en' });
    const { page } = open;
    await page.getByLabel('API key or token').fill(admin.key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'New key' }).click();
    let lost = 0;
    await page.route('**/graphql', async (route) => {
      if (lost > 0 || !(route.request().postData() ?? '').includes('createApiKey')) return route.continue();
      lost += 1;
      await route.fetch(); // the service makes it
      return route.abort(); // and its answer is lost
    });
    await page.getByLabel('Name').fill('night watch');
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Make the key' }).click();
    const shown = page.getByLabel('API key', { exact: true });
    await shown.waitFor();
    expect((await readApiKey(await shown.inputValue(), keys)).actor).toBe('key:night watch');
    expect((await keys.list()).filter(({ name }) => name === 'night watch')).toHaveLength(1);
  });

  it('is seen and ended on the System screen, where an admin also makes and revokes keys', async () => {
    const admin = await keyOf('admin');
    await using open = await world.open('/system', { language: 'en', forAxe: true });
    const { page } = open;
    await page.getByLabel('API key or token').fill(admin.key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByLabel('Name').fill('야간 당직');
    await page.getByLabel(/^Operator/).check();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make the key' }).click();
    const shown = page.getByLabel('API key', { exact: true });
    await shown.waitFor();
    const key = await shown.inputValue();
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('button', { name: 'Revoke the key 야간 당직' }).waitFor();
    expect(await page.content()).not.toContain(key);

    await using other = await world.open('', { language: 'en' });
    const enter = async (): Promise<void> => {
      await other.page.getByLabel('API key or token').fill(key);
      await other.page.getByRole('button', { name: 'Sign in' }).click();
      await other.page.locator('.sidebar').getByText('야간 당직 (API key)').waitFor();
    };
    await enter();
    await page.getByRole('combobox', { name: 'Sessions' }).selectOption('all');
    await page.getByRole('button', { name: 'End the session of 야간 당직 (API key)' }).click();
    await page.getByRole('dialog').getByText('That browser is signed out at once.').waitFor();
    await page.getByRole('button', { name: 'End the session', exact: true }).click();
    await other.page.getByText('Your session is over.').waitFor();
    await enter();
    await page.getByRole('button', { name: 'Revoke the key 야간 당직' }).click();
    await page.getByRole('button', { name: 'Revoke for good' }).click();
    await other.page.getByText('Your session is over.').waitFor();
    await page.getByRole('combobox', { name: 'Sessions' }).selectOption('ever');
    await page
      .locator('.sessions')
      .getByText(/ended .* by/)
      .first()
      .waitFor();
    await page.getByText('No key is in use.').waitFor({ state: 'detached' }); // the admin's own is
    expect(await violationsOf(page)).toEqual([]);
  });

  it.each([
    ['ko', 'light', 1440],
    ['en', 'dark', 390],
  ] as const)('is asked for on a page in which axe finds nothing: %s, %s, %i', async (language, theme, width) => {
    await using open = await world.open('', { language, theme, width, forAxe: true });
    await open.page.locator('input[type=password]').waitFor();
    expect(await violationsOf(open.page)).toEqual([]);
    await open.page.locator('input[type=password]').fill('ibk_wrong');
    await open.page.keyboard.press('Enter');
    await open.page.getByRole('alert').waitFor();
    expect(await violationsOf(open.page)).toEqual([]);
    await open.page.locator('input[type=password]').fill((await keyOf('admin')).key);
    await open.page.keyboard.press('Enter');
    await settled(open.page);
    if (width === 390) await open.page.locator('.phone-bar button').click();
    await open.page
      .getByRole('button', { name: /Sign out|로그아웃/ })
      .first()
      .waitFor();
    expect(await violationsOf(open.page)).toEqual([]);
  });
});
