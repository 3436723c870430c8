import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';
import { Keyboard } from '../support/keyboard.js';
import { until } from '../support/until.js';

(canTryConsole ? describe : describe.skip)('While an answer is on its way the focus', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 60, days: 75, history: true });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('stays on the button that turns a page of runs, and on the one that changes the program of a patient’s days', async () => {
    await using open = await world.open('/runs', { language: 'en' });
    const { page, problems } = open;
    const keys = new Keyboard(page);
    const held = async (operation: string, of: (variables: Record<string, unknown>) => boolean) => {
      const [asked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      await page.route('**/graphql', async (route) => {
        const { query = '', variables = {} } = route.request().postDataJSON() as { query?: string; variables?: Record<string, unknown> };
        if (query.startsWith(`query ${operation}(`) && of(variables)) {
          asked.resolve();
          await released.promise;
        }
        return route.continue();
      });
      return { asked: asked.promise, release: released.resolve };
    };
    const press = async (name: string): Promise<void> => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    const rows = page.locator('tbody tr');
    await rows.first().waitFor();
    const newest = await rows.first().textContent();
    const turned = await held('Runs', ({ after }) => after !== undefined);
    await press('Older');
    await turned.asked;
    await keys.has('Older');
    await page.keyboard.press('Enter'); // the next page is not there yet: nothing is gone to twice
    expect(await rows.first().textContent()).toBe(newest);
    turned.release();
    await until(async () => (await rows.first().textContent()) !== newest);
    await keys.has('Older');
    await page.unroute('**/graphql');
    await press('Newer');
    await until(async () => (await rows.first().textContent()) === newest);

    const [userId] = await world.database.column<number>(
      "select user_id from batch.event where type = 'InterventionGenerated' order by user_id limit 1",
    );
    await page.goto(`${world.service.url}/console/patients/${userId}`);
    await page.locator('.why-sentence').waitFor();
    const other = await held('PatientDays', ({ program }) => program === 'SLEEP');
    const sleep = page.getByRole('group', { name: 'Program' }).getByRole('button', { pressed: false });
    const name = (await sleep.textContent()) ?? '';
    await press(name);
    await other.asked;
    await keys.has(name);
    expect(await page.locator('.why-sentence').count()).toBe(0); // of the other program
    other.release();
    await page.getByRole('button', { pressed: true, name: /: / }).first().waitFor();
    await keys.has(name);
    expect(problems).toEqual([]);
  });

  it('comes back to the page of a list from which a run was opened, and to the newest where a filter is chosen or a link leads to the list', async () => {
    await using open = await world.open('/runs', { language: 'en' });
    const { page, problems } = open;
    const rows = page.locator('tbody tr');
    await rows.first().waitFor();
    const newest = await rows.first().textContent();
    await page.getByRole('button', { name: 'Older', exact: true }).click();
    await until(async () => (await rows.first().textContent()) !== newest);
    const older = await rows.first().textContent();
    await rows.last().getByRole('link').click();
    await page.getByRole('tab', { name: 'Patients' }).waitFor();
    await page.goBack();
    await rows.first().waitFor();
    expect(await rows.first().textContent()).toBe(older);
    await page.getByRole('button', { name: 'Newer', exact: true }).waitFor();
    await page.getByLabel('Kind').selectOption('real');
    await page.getByRole('button', { name: 'Newer', exact: true }).waitFor({ state: 'detached' });
    await page.goBack();
    await until(async () => (await rows.first().textContent()) === older);
    await page.getByRole('link', { name: 'Runs', exact: true }).first().click();
    await until(async () => (await rows.first().textContent()) === newest);
    await page.goBack();
    await until(async () => (await rows.first().textContent()) === older);
    expect(problems).toEqual([]);
  });
});
