import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { settled } from '../support/console-page.js';
import { canTryConsole } from '../support/console-world.js';
import { Keyboard } from '../support/keyboard.js';
import { makeReviewWorld, type ReviewWorld } from '../support/review-world.js';
import { until } from '../support/until.js';

/** Where the service refused what the page asked. */
const refusedOf = (page: Page): string[] => {
  const refused: string[] = [];
  page.on('response', async (response) => {
    if (response.url().endsWith('/graphql') && (await response.text()).includes('FORBIDDEN')) refused.push(response.url());
  });
  return refused;
};
const rows = (page: Page) => page.getByRole('region', { name: 'Rows to look at' }).getByRole('article');
const places = (page: Page) => page.getByRole('navigation', { name: 'Pages', exact: true }).first().getByRole('link').allTextContents();

(canTryConsole ? describe : describe.skip)('The review in the console', () => {
  let world: ReviewWorld;
  beforeAll(async () => {
    world = await makeReviewWorld();
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const signIn: ReviewWorld['signIn'] = (...how) => world.signIn(...how);

  it('is all that a reviewer is offered: home leads to it, and nothing is asked that would be refused', async () => {
    await using open = await signIn('reviewer');
    const { page } = open;
    const refused = refusedOf(page);
    await page.waitForURL('**/console/review');
    await settled(page);
    await page.getByRole('heading', { name: 'Review', level: 1 }).waitFor();
    expect(await page.getByRole('navigation', { name: 'Pages', exact: true }).first().getByRole('link').allTextContents()).toEqual([
      'Review',
    ]);
    expect(await rows(page).count()).toBe(3);
    const first = rows(page).first();
    await first.getByText('No reviewer has seen it, and it is not signed.').first().waitFor();
    await first.getByText('Why it says that').first().click();
    await first.getByText('Source', { exact: false }).first().waitFor();
    await page.goto(`${world.service.url}/console/runs`);
    await page.getByText('You are signed in with the role “Reviewer”, which does not see this page.').waitFor();
    await page.getByRole('link', { name: 'To the first page' }).click();
    await page.waitForURL('**/console/review');
    await settled(page);
    expect(refused).toEqual([]);
    expect(open.problems.filter((text) => !text.includes('401'))).toEqual([]); // the look before the sign-in
  });

  it('marks a row, and the row leaves the sample', async () => {
    await using open = await signIn('reviewer');
    const { page } = open;
    await settled(page);
    const first = rows(page).first();
    const title = await first.getByRole('heading', { level: 2 }).textContent();
    const before = await first.locator('.advice-text').first().textContent();
    const button = first.getByRole('button', { name: 'Mark it', exact: true });
    expect(await button.isDisabled()).toBe(true);
    await first.getByRole('radio', { name: /^Wrong/ }).check();
    await first.getByText('Nothing yet: name a point, a dish or a note.').waitFor();
    await first.getByRole('radio', { name: /^Unclear/ }).check();
    await first.getByRole('textbox', { name: /^Note/ }).fill('the sentence is long');
    await first.getByText('No advice changes.').waitFor();
    await button.click();
    await page.getByText('Marked: Unclear.').waitFor();
    const mark = page.getByRole('list', { name: 'Marks so far' }).getByRole('listitem').first();
    await mark.getByText('“the sentence is long”').waitFor();
    await mark.getByText('a reviewer (API key)').waitFor();
    await until(async () => (await rows(page).first().locator('.advice-text').first().textContent()) !== before);
    expect(title).toMatch(/^1\. /);
    expect(await world.database.column('select verdict from batch.mark_view')).toEqual(['UNCLEAR']);
  });

  it('shows more rows, up to what one answer may hold, and keeps what is being written of one', async () => {
    await using open = await signIn('reviewer');
    const { page } = open;
    await settled(page);
    const note = rows(page).first().getByRole('textbox', { name: /^Note/ });
    await note.fill('half a sentence');
    for (let shown = 6; shown <= 15; shown += 3) {
      await page.getByRole('button', { name: 'Show 3 more' }).click();
      await until(async () => (await rows(page).count()) === shown);
    }
    expect(await note.inputValue()).toBe('half a sentence');
    expect(await page.getByRole('button', { name: 'Show 3 more' }).count()).toBe(0);
    await page.getByText('No more than 15 rows are shown at a time').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('turns a point off by a mark once it was asked and named, and on again with why', async () => {
    await using open = await signIn('reviewer');
    const { page } = open;
    await settled(page);
    const first = rows(page).first();
    const points = first.getByRole('group', { name: /^Points that it is about/ });
    await points.locator('label').first().waitFor();
    const labels = await points
      .locator('label')
      .evaluateAll((all) => all.map(({ title, textContent: name }) => ({ title, name: name ?? '' })));
    const { words } = world.service.core.deps;
    const shown = labels.map(({ title, name }) => ({ name, point: title.split(' · ').at(-1) ?? '' }));
    const found = shown.find(({ point: id }) => !words.warns(id) && words.lackingWithout([{ kind: 'POINT', point: id }], []).length === 0);
    if (found === undefined) throw new Error(`none of ${shown.map(({ point: id }) => id).join(', ')} can be off`);
    const { point, name } = found;
    expect([point, name]).toEqual([expect.stringMatching(/^[A-Z_]+$/), expect.stringMatching(/^[A-Z][a-z]/)]);
    await first.getByRole('radio', { name: /^Harmful/ }).check();
    expect(await first.getByRole('checkbox', { name: /^Turn the points off/ }).isDisabled()).toBe(true);
    await points.getByText(name, { exact: true }).click();
    await first.getByRole('checkbox', { name: /^Turn the points off/ }).check();
    await first.getByRole('button', { name: 'Mark it, and change advice…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`${name}: off at once.`).waitFor();
    await dialog.getByRole('button', { name: 'Mark and turn off' }).click();
    await page.getByText('Marked: Harmful.').waitFor();
    const switches = page.getByRole('list', { name: 'Points that are off' });
    await switches.getByText('by a mark').waitFor();
    await switches.getByRole('button', { name: `Turn on: ${name}` }).click();
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill('mended');
    await dialog.getByRole('button', { name: 'Turn it on' }).click();
    await switches.getByText('“mended”').waitFor();
    expect(await world.database.rows('select point, is_off from batch.point_view')).toEqual([{ point, is_off: false }]);
    await page.getByRole('button', { name: 'Turn a point off' }).click();
    const search = dialog.getByRole('searchbox', { name: 'Find by name or code' });
    await search.fill('NO_SUCH_POINT');
    await dialog.getByText('Nothing is called so.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Turn it off' }).isDisabled()).toBe(true);
    await search.fill(name);
    await dialog.getByRole('radio', { name: new RegExp(`${point}$`) }).check();
    await dialog.getByRole('button', { name: 'Turn it off' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await world.database.rows('select point, is_off from batch.point_view')).toEqual([{ point, is_off: true }]);
    await switches.getByRole('button', { name: `Turn on: ${name}` }).click();
    await dialog.getByRole('button', { name: 'Turn it on' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await world.database.rows('select point, is_off from batch.point_view')).toEqual([{ point, is_off: false }]);
  });

  it('starts a recall, by keyboard alone, once it was told how many rows it replaces', async () => {
    await using open = await signIn('reviewer');
    const { page } = open;
    await settled(page);
    const keyboard = new Keyboard(page);
    await keyboard.reach(/^Fine/);
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowRight');
    const first = rows(page).first();
    expect(await first.getByRole('radio', { name: /^Harmful/ }).isChecked()).toBe(true);
    const dish = await first.getByRole('group', { name: /^Dishes that it is about/ }).locator('label').first().textContent(); // prettier-ignore
    await keyboard.reach(dish ?? '');
    await page.keyboard.press('Space');
    await keyboard.reach(/^Recall it/);
    await page.keyboard.press('Space');
    await keyboard.reach(/^The recall is for an allergen/);
    await page.keyboard.press('Space');
    await first.getByText(/[1-9]\d* rows? for today and later: written anew/).waitFor();
    await keyboard.enter(/^Mark it, and change advice/);
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/[1-9]\d* rows? for today and later: written anew/).waitFor();
    await dialog.getByText('The operators are alerted: it is for an allergen.').waitFor();
    expect(await keyboard.staysInDialog()).toBe(true);
    await keyboard.enter('Mark and recall');
    await page.getByText(/^Marked: Harmful\. The recall of .+ has begun\.$/).waitFor();
    expect(await world.database.column("select allergen from batch.recall_view where cause->>'kind' = 'DISH'")).toEqual([true]);
    await page.getByRole('list', { name: 'Marks so far' }).getByText(/^Recall of /).first().waitFor(); // prettier-ignore
    await until(async () => (await keyboard.focused()) !== undefined);
  });

  it('is offered to no viewer, who is told so at its address, and to an admin among all others', async () => {
    await using open = await signIn('viewer', { language: 'en' }, '/review');
    const refused = refusedOf(open.page);
    await open.page.getByText('You are signed in with the role “Viewer”, which does not see this page.').waitFor();
    const viewers = await places(open.page);
    expect(viewers).toHaveLength(9);
    expect(viewers).not.toContain('Review');
    await open.page.getByRole('link', { name: 'To the first page' }).click();
    await open.page.getByRole('heading', { name: 'Last night' }).waitFor();
    expect(refused).toEqual([]);
    await using admins = await signIn('admin');
    await admins.page.getByRole('heading', { name: 'Last night' }).waitFor();
    expect(await places(admins.page)).toEqual(expect.arrayContaining([...viewers, 'Review']));
  });
});
