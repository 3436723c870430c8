import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openConsole, settled } from '../support/console-page.js';
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

  it.each(['/runs', '/failures', '/review', '/schedules', '/trends', '/system', '/patients/93'])(
    'is never under what sticks to an edge of the window: on %s each place of it is seen, on a desk and on a phone',
    async (path) => {
      for (const width of [1440, 390] as const) {
        await using open = await world.open(path, { width, language: 'en' });
        await settled(open.page);
        const { met, unseen } = await new Keyboard(open.page).walk();
        expect(met.length).toBeGreaterThan(5);
        expect({ width, unseen }).toEqual({ width, unseen: [] });
      }
    },
  );

  it.each<[string, string, RegExp]>([
    ['/alerts', '알림 끄기', /^종류/],
    ['', '지금 실행', /^식단·운동/],
    ['/schedules', '새 스케줄', /^이름/],
    ['/schedules', '일시 중지', /^이유/],
    ['/backfills', '새 과거 실행', /^식단·운동/],
    ['/system', '새 회수', /^회수할 것/],
    ['/system', '오래된 달 옮기기', /^이번 달 외에 남길/],
  ])('is on the first field of a dialog as it opens, which says what it is about: on %s “%s”', async (path, button, field) => {
    await using open = await world.open(path);
    const { page } = open;
    await settled(page);
    await page.getByRole('button', { name: button, exact: true }).first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    const keys = new Keyboard(page);
    await keys.has(field);
    expect((await keys.focused())?.inDialog).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await keys.has(button);
  });

  it('stays on the dialog where it is touched: the keys of a phone would cover what it says', async () => {
    await using open = await openConsole(world.browser, world.service.url, '/alerts', { width: 390, isTouched: true });
    const { page } = open;
    await page.getByRole('button', { name: '알림 끄기' }).tap();
    await page.getByRole('dialog').waitFor();
    await new Keyboard(page).has(/^알림 끄기/);
    expect(await page.locator(':focus').getAttribute('role')).toBe('dialog');
  });
});
