import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';

const said = (day: string): string => `${Number(day.slice(5, 7))}월 ${Number(day.slice(8))}일`;

(canTryConsole ? describe : describe.skip)('A patient in the console', () => {
  let world: ConsoleWorld;
  /** A patient with advice, and a patient who was skipped for want of a food record alone. */
  let advised: number;
  let skipped: number;
  beforeAll(async () => {
    world = await makeConsoleWorld();
    const { runId } = await runToEnd(world.service.url, { recordDate: world.lastNight });
    const one = async (type: string, data: string): Promise<number> =>
      (
        await world.database.column<number>(
          'select user_id from batch.event where run_id = $1 and type = $2 and data @> $3::jsonb order by user_id limit 1',
          [runId, type, data],
        )
      )[0] ?? 0;
    advised = await one('InterventionGenerated', '{}');
    skipped = await one('UserSkipped', '{"reasons":["MISSING_FOOD_RECORD"]}');
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('is found by number, and says in a sentence why there is no advice and what to do', async () => {
    await using open = await world.open('/patients');
    const { page, problems } = open;
    await page.getByLabel('번호 또는 아이디').fill(String(skipped));
    await page.getByRole('button', { name: '찾기' }).click();
    await page.getByRole('heading', { name: `환자 ${skipped}` }).waitFor();
    await page.getByRole('button', { name: /건너뜀/ }).click();
    await page.getByText(/건너뜀: 식사 기록이 없음/).waitFor();
    await page.getByText(/기록이 늦게 들어왔다면/).waitFor();
    expect(problems).toEqual([]);
  });

  it('is never shown with what another patient has, while the answer is on its way and when it cannot be had', async () => {
    await using open = await world.open(`/patients/${advised}?day=${world.lastNight}`);
    const { page } = open;
    await page.getByText('이렇게 쓴 이유').first().waitFor();
    const released = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      const { query = '', variables } = route.request().postDataJSON() as { query?: string; variables?: { userId?: number } };
      if (!query.startsWith('query Patient') || variables?.userId !== skipped) return route.continue();
      await released.promise;
      return route.abort();
    });
    await page.getByLabel('번호 또는 아이디').fill(String(skipped));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `환자 ${skipped}` }).waitFor();
    await page.getByRole('status', { name: '불러오는 중' }).first().waitFor();
    expect(await page.getByText('이렇게 쓴 이유').count()).toBe(0);
    released.resolve();
    await page.getByRole('button', { name: '다시 시도' }).waitFor();
    expect(await page.getByText('이렇게 쓴 이유').count()).toBe(0);
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: '다시 시도' }).click();
    await page
      .getByRole('button', { name: /건너뜀/ })
      .first()
      .waitFor();
  });

  it('is found by user name, which never stands in an address', async () => {
    const name = (await world.database.column<string>('select username from auth_user where id = $1', [advised]))[0] ?? '';
    await using open = await world.open('/patients', { language: 'en' });
    const { page, problems } = open;
    const addresses: string[] = [];
    page.on('request', (request) => void addresses.push(request.url()));
    await page.getByLabel('Number or user name').fill(name);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `Patient ${advised}` }).waitFor();
    expect([page.url(), ...addresses].filter((address) => address.includes(encodeURIComponent(name)))).toEqual([]);
    await page.goto(`${world.service.url}/console/patients`);
    await page.getByLabel('Number or user name').fill('nobody-of-that-name');
    await page.keyboard.press('Enter');
    await page.getByText('No account has this number or user name.').waitFor();
    expect(problems).toEqual([]);
  });

  it('is found by a user name of digits alone, where no account has that number', async () => {
    await world.database.rows("update auth_user set username = '20261234' where id = $1", [advised]);
    await using open = await world.open('/patients', { language: 'en' });
    await open.page.getByLabel('Number or user name').fill('20261234');
    await open.page.keyboard.press('Enter');
    await open.page.getByRole('heading', { name: `Patient ${advised}` }).waitFor();
    expect(open.problems).toEqual([]);
  });

  it('shows the advice as the app does, why each sentence was said, and goes from day to day by arrows', async () => {
    await using open = await world.open(`/patients/${advised}?day=${world.lastNight}`);
    const { page, problems } = open;
    const { diet_evaluation: text } = (
      await world.database.rows<{ diet_evaluation: string }>(
        "select diet_evaluation from ibsafe_interventionrecord where user_id = $1 and record_date = $2 and gubun = 'all'",
        [advised, world.lastNight],
      )
    )[0] ?? { diet_evaluation: 'no row' };
    await page.getByText(text).waitFor();
    const heading = page.getByRole('heading', {
      name: new RegExp(`^${said(world.lastNight)}.* 기록, ${said(addDays(world.lastNight, 1))}.* 권고$`),
    });
    await heading.waitFor(); // which day is meant: the one of the records, or the one of the advice
    await page.getByText('이렇게 쓴 이유').first().click();
    await page.getByText('출처').first().waitFor();
    const sources = await page.locator('.why-points[open] .point-source span[lang]').allTextContents();
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((source) => !/[가-힣]/u.test(source))).toEqual([]); // its name in Korean, not as its publisher writes it
    await page.getByRole('button', { pressed: true, name: /권고함/ }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(/day=(?!.*undefined)/);
    expect(page.url()).not.toContain(`day=${world.lastNight}`);
    expect(problems).toEqual([]);
  });

  it('runs again for one patient: the form knows the day, and offers to replace the advice that is there', async () => {
    await using open = await world.open(`/patients/${advised}?day=${world.lastNight}`, { language: 'en' });
    const { page, problems } = open;
    await page.getByRole('button', { name: 'Run again for this patient' }).click();
    const form = page.getByRole('dialog');
    expect(await form.getByLabel('Patient numbers').inputValue()).toBe(String(advised));
    // A phone's keys for figures alone have no comma, and several numbers stand here.
    expect(await form.getByLabel('Patient numbers').getAttribute('inputmode')).toBe('text');
    expect(await form.getByLabel('Day of the records', { exact: true }).inputValue()).toBe(world.lastNight);
    expect(await form.getByLabel(/Replace it/).isChecked()).toBe(true);
    await form.getByRole('button', { name: 'Forecast first' }).click();
    await form.getByText(/Advice would be written for/).waitFor();
    await form.getByLabel('Patient numbers').fill(`${advised}, ${skipped}`);
    await form.getByText(/Advice would be written for/).waitFor({ state: 'detached' }); // it was of another order
    await form.getByLabel('Patient numbers').fill(String(advised));
    await form.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('1 chosen').waitFor();
    await page.getByText('Finished').first().waitFor();
    expect(problems).toEqual([]);
  });
});
