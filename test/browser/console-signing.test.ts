import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { settled } from '../support/console-page.js';
import { canTryConsole } from '../support/console-world.js';
import { Keyboard } from '../support/keyboard.js';
import { makeReviewWorld, type ReviewWorld } from '../support/review-world.js';
import { until } from '../support/until.js';

const rows = (page: Page) => page.getByRole('region', { name: 'Rows to sign' }).getByRole('article');

(canTryConsole ? describe : describe.skip)('Signing in the console', () => {
  let world: ReviewWorld;
  beforeAll(async () => {
    world = await makeReviewWorld();
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('shows a dish with its recipe, what it comes to and its source, and signs it; withdrawn with why, it is not signed any more', async () => {
    await using open = await world.signIn('reviewer');
    const { page } = open;
    await settled(page);
    await page.getByRole('link', { name: 'Sign what advice is made of' }).click();
    await page.waitForURL('**/console/review/signing');
    await page.getByRole('heading', { name: 'Signing', level: 1 }).waitFor();
    await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Dish' });
    await page.getByRole('searchbox').fill('steamed WHITE rice');
    await page.getByRole('button', { name: 'Search' }).click();
    await until(async () => (await rows(page).count()) > 0 && (await rows(page).first().getByRole('heading').textContent()) === 'Steamed white rice'); // prettier-ignore
    const dish = rows(page).first();
    for (const text of ['Usual recipe', 'As usually cooked', 'As offered', '쌀밥 한 공기', 'DISH.IBS-0001']) await dish.getByText(text, { exact: false }).first().waitFor(); // prettier-ignore
    await dish.getByRole('checkbox', { name: 'Choose Steamed white rice' }).check();
    await page.getByRole('button', { name: 'Sign 1', exact: true }).click();
    await page.getByText('Rows signed: 1.').waitFor();
    const signed = "select signed_by, withdrawn_at is null as stands from batch.signature_view where id = 'DISH.IBS-0001'";
    expect(await world.database.rows(signed)).toEqual([{ signed_by: 'key:a reviewer', stands: true }]);
    await page.getByRole('combobox', { name: 'Signature' }).selectOption({ label: 'Signed' });
    await rows(page).first().getByText('a reviewer (API key)').waitFor();
    await rows(page).first().getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Withdraw 1…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill('recipe is doubted');
    await dialog.getByRole('button', { name: 'Withdraw', exact: true }).click();
    await page.getByText('Signatures withdrawn: 1.').waitFor();
    expect(await world.database.rows(signed)).toEqual([{ signed_by: 'key:a reviewer', stands: false }]);
    await page.getByRole('combobox', { name: 'Signature' }).selectOption({ label: 'All' });
    await rows(page).first().getByText('“recipe is doubted”').waitFor();
    expect(open.problems.filter((text) => !text.includes('401'))).toEqual([]); // the look before the sign-in
  });

  it('signs a page of rows by keyboard alone, and says how much is signed', async () => {
    await using open = await world.signIn('reviewer', { language: 'en' }, '/review/signing');
    const { page } = open;
    await settled(page);
    const first = await rows(page).first().getByRole('heading').textContent();
    const keyboard = new Keyboard(page);
    await keyboard.reach(/^All 10 on this page/);
    await page.keyboard.press('Space');
    await keyboard.enter(/^Sign 10/);
    await page.getByText('Rows signed: 10.').waitFor();
    await until(async () => (await rows(page).first().getByRole('heading').textContent()) !== first);
    expect(await world.database.column('select count(*)::int from batch.signature_view where withdrawn_at is null')).toEqual([10]);
    await page
      .getByText(/^[1-9] of 1\d\d$/)
      .first()
      .waitFor(); // points and their wordings come first
  });

  it('goes from page to page with the first row in sight, and back', async () => {
    await using open = await world.signIn('reviewer', { language: 'ko', width: 390 }, '/review/signing');
    const { page } = open;
    await settled(page);
    const list = page.getByRole('region', { name: '서명할 행', exact: true });
    const first = (): Promise<string | null> => list.getByRole('article').first().getByRole('heading').textContent();
    const before = await first();
    await page.getByRole('button', { name: '다음', exact: true }).click();
    await until(async () => (await first()) !== before);
    expect(await page.evaluate<number>('scrollY')).toBeLessThan(await page.evaluate<number>('document.documentElement.scrollHeight / 4'));
    await page.getByRole('button', { name: '이전', exact: true }).click();
    await until(async () => (await first()) === before);
  });

  it('names the source of what is said in Korean, and under it as it was published', async () => {
    await using open = await world.signIn('reviewer', { language: 'ko' }, '/review/signing');
    const { page } = open;
    await settled(page);
    const sources = page.locator('.signing-row dl > div').filter({ has: page.getByText('출처', { exact: true }) });
    const said = await sources.locator('p[lang=ko]').allTextContents();
    expect(said.length).toBe(10);
    expect(said.filter((text) => !/[가-힣]/u.test(text))).toEqual([]);
    expect(await sources.locator('p[lang=en]').count()).toBe(10);
  });

  it('says that a row changed since it was signed, in Korean as well', async () => {
    const { deps, pool } = world.service.core;
    const [id = ''] = [...deps.words.signable.keys()].filter((each) => each.startsWith('INGREDIENT.'));
    await pool.query("insert into batch.signature_view (id, version, hash, signed_by, signed_at) values ($1, 1, repeat('f', 64), 'key:anna', now())", [id]); // prettier-ignore
    await using open = await world.signIn('reviewer', { language: 'ko' }, '/review/signing');
    const { page } = open;
    await page.getByRole('combobox', { name: '종류' }).selectOption({ label: '재료' });
    await page.getByRole('article').first().getByText('서명 뒤 바뀜').waitFor();
    await page.getByText('서명 뒤 바뀐 것 1개').waitFor();
  });
});
