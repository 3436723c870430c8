import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';

/** A month of nights, as the demo has them: what only shows over time. */
(canTryConsole ? describe : describe.skip)('A month in the console', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 150, days: 75, history: true });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('shows the slot of a weekday that was skipped, says why, and leads to the run that made up for it', async () => {
    await using open = await world.open('/schedules');
    const { page, problems } = open;
    const mark = page.locator('.calendar .mark.skipped').first();
    await mark.waitFor();
    expect(await mark.textContent()).toContain('이전 실행이 진행 중');
    const [skipped] = await world.database.column<string>(
      `select to_char(slot at time zone 'Asia/Seoul' - interval '1 day', 'YYYY-MM-DD') from batch.slot where reason = 'OVERLAP'`,
    );
    await page.getByText('이 스케줄의 이전 실행이 끝나지 않아').waitFor(); // why is told without a pointer, as on a phone
    const told = page.getByRole('list', { name: '건너뛴 예정 시각' }).getByRole('listitem').first();
    await told.getByText('이 날짜는 그 뒤').waitFor();
    expect(await told.textContent()).not.toContain('수동으로 실행하세요'); // it was
    expect(await told.getByRole('link', { name: '실행 보기', exact: true }).getAttribute('href')).toMatch(
      /^\/console\/runs\/[0-9a-f-]{36}$/,
    );
    await page.getByRole('link', { name: '그날의 실행 보기' }).click();
    expect(page.url()).toContain(`/console/runs?from=${skipped}&to=${skipped}`);
    await page.locator('tbody').getByText('수동').first().waitFor();
    await page.locator('tbody tr').first().getByRole('link').click();
    await page.getByText('아침 예정 시각을 놓쳐 직접 실행합니다').waitFor();
    expect(problems).toEqual([]);
  });

  it('opens a patient at the last day that came to something, not at one whose run is still to come', async () => {
    await using open = await world.open('/patients/93', { language: 'en' });
    await open.page.locator('.why-sentence').waitFor();
    expect(await open.page.getByText('still to come').count()).toBe(0);
  });

  it('tells all failures of four weeks, however many runs they are of', async () => {
    const [users] = await world.database.column<number>(
      `select sum((tally->>'failed')::int)::int from batch.run_view
       where not dry_run and record_date >= $1::date - 27 and (tally->'reasons') ? 'INVALID_INPUT'`,
      [world.lastNight],
    );
    await using open = await world.open('/no-such-page', { language: 'en' });
    const { page, problems } = open;
    const asked = await inPagesOfOne(page);
    await page.goto(`${world.service.url}/console/failures`);
    await page.getByText(`(${users} failures)`, { exact: true }).first().waitFor();
    expect(asked.pages).toBeGreaterThan(2);
    expect(problems).toEqual([]);
  });

  it('says on the first screen what readiness finds, in the words of the catalogue', async () => {
    await using open = await world.open('/no-such-page');
    const { page } = open;
    await page.route('**/readyz?report', (route) =>
      route.fulfill({
        json: {
          ready: false,
          checks: { requirements: { ok: false, findings: [{ check: "rights on IBSafe's tables", status: 'problem' }] } },
        },
      }),
    );
    await page.goto(`${world.service.url}/console`);
    await page.getByText('정상이 아닌 항목: IBSafe 테이블 권한').waitFor();
    await page.getByText('점검 결과에 적힌 권한을 계정에 부여하세요.').waitFor();
  });

  it.each([
    ['/schedules', '일시 중지', '이유'],
    ['/backfills', '새 과거 실행', '이유'],
    ['', '지금 실행', '이유'],
  ])('lets the order on %s be given by keyboard alone', async (path, button, field) => {
    await using open = await world.open(path);
    const { page } = open;
    await tabTo(page, button);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(page, field);
    await page.keyboard.type('키보드로');
    expect(await page.getByRole('dialog').getByLabel(field).first().inputValue()).toBe('키보드로');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

/** Presses Tab until what has the focus is called so. @throws when nothing is, after a round of the page */
async function tabTo(page: Page, name: string): Promise<void> {
  await page.getByText(name).first().waitFor();
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const words = await page.evaluate<string>(
      `(() => { const one = document.activeElement; return [one.textContent, one.getAttribute('aria-label'), ...(one.labels ? [...one.labels].map((l) => l.textContent) : [])].join(' '); })()`,
    );
    if (words.includes(name) && words.length < 200) return;
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

/** Lets the console have the runs with failures one at a time. */
async function inPagesOfOne(page: Page): Promise<{ pages: number }> {
  const asked = { pages: 0 };
  await page.route('**/graphql', async (route) => {
    const body = route.request().postDataJSON() as { readonly query: string };
    if (!body.query.startsWith('query Failures')) return route.continue();
    asked.pages += 1;
    return route.continue({ postData: JSON.stringify({ ...body, query: body.query.replace(/first: \d+/, 'first: 1') }) });
  });
  return asked;
}
