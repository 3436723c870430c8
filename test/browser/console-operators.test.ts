import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { begin } from '../support/batch-client.js';
import { violationsOf } from '../support/console-page.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld, spoil } from '../support/console-world.js';
import { dataOf } from '../support/graphql-client.js';
import { until } from '../support/until.js';

(canTryConsole ? describe : describe.skip)('Operators at work in the console', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld({ environment: { BATCH_FAILURE_PAUSE_MIN_USERS: '20', BATCH_CHUNK_SIZE: '20' } });
    for (const back of [0, -1, -2]) await spoil(world, addDays(world.lastNight, back), 1);
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const statusOf = async (runId: string): Promise<string> =>
    (await dataOf<{ run: { status: string } }>(world.service.url, `{ run(id: "${runId}") { status } }`)).run.status;

  it('cancel several waiting runs, and are told of each how it went, though none of them is in the list any more', async () => {
    const runs = await Promise.all([0, -1].map((back) => begin(world.service.url, { recordDate: addDays(world.lastNight, back) })));
    for (const run of runs) await until(async () => (await statusOf(run)) === 'PAUSED');
    await using open = await world.open('/runs?state=open', { forAxe: true });
    const { page, problems } = open;
    await page.locator('tbody tr').nth(1).waitFor();
    await page.getByLabel('모두 선택').click();
    await page.getByRole('button', { name: '실행 2건 취소' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('이유').fill('기록을 바로잡은 뒤 다시 실행합니다');
    expect(await violationsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: '실행 취소' }).click();
    await dialog.getByText('취소하는 중').nth(1).waitFor();
    await page.getByText('조건에 맞는 실행이 없습니다.').waitFor();
    await dialog.getByText('취소하는 중').nth(1).waitFor();
    await dialog.getByRole('button', { name: '닫기' }).last().click();
    await dialog.waitFor({ state: 'detached' });
    for (const run of runs) await until(async () => (await statusOf(run)) === 'CANCELLED');
    expect(problems).toEqual([]);
  });

  it('cancel a backfill after its dialog has said what is not run', async () => {
    const day = addDays(world.lastNight, -2);
    const { backfill } = await dataOf<{ backfill: { backfill: { id: string } } }>(
      world.service.url,
      `mutation { backfill(input: { from: "${addDays(day, -1)}", to: "${day}", order: NEWEST_FIRST }) { ... on BackfillAccepted { backfill { id } } } }`,
    );
    await using open = await world.open(`/backfills/${backfill.backfill.id}`, { forAxe: true, theme: 'dark', width: 390 });
    const { page, problems } = open;
    await page.getByText('일시 중지').first().waitFor();
    await page.getByRole('button', { name: '취소' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('이유').fill('나중에 다시 실행합니다');
    expect(await violationsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: '취소' }).last().click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.lead').getByText('취소').waitFor();
    expect(problems).toEqual([]);
  });

  it('learn at once what another changed before them, and act on that without loading the page again', async () => {
    await using first = await world.open('/schedules', { language: 'en' });
    await using second = await world.open('/schedules', { language: 'en' });
    for (const { page } of [first, second]) {
      await page.getByRole('button', { name: 'Pause', exact: true }).first().click();
      await page.getByRole('dialog').getByLabel('Reason').fill('Chuseok');
    }
    await first.page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await first.page.getByRole('dialog').waitFor({ state: 'detached' });
    const { page } = second;
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await dialog.getByText('Another operator changed the schedule meanwhile.').waitFor();
    await page.keyboard.press('Escape');
    await page
      .getByRole('button', { name: /^Resume/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Pause', exact: true }).first().waitFor();
  });

  it('see in one tab what they ordered in another', async () => {
    await using open = await world.open('/schedules', { language: 'en' });
    const { page } = open;
    const pause = page.getByRole('button', { name: 'Pause', exact: true }).first();
    await pause.waitFor();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByRole('button', { name: 'Pause', exact: true }).first().click();
    await other.getByRole('dialog').getByLabel('Reason').fill('Chuseok');
    await other.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    const resume = page.getByRole('button', { name: /^Resume/ }).first();
    await resume.waitFor();
    await resume.click();
    await other.getByRole('button', { name: 'Pause', exact: true }).first().waitFor();
  });

  it('read why an order was refused, and find what is so now where they go on', async () => {
    const { schedules } = await dataOf<{ schedules: { nodes: { id: string }[] } }>(
      world.service.url,
      '{ schedules(first: 1) { nodes { id } } }',
    );
    const [schedule] = schedules.nodes;
    const order = (name: string, more = ''): Promise<unknown> =>
      dataOf(world.service.url, `mutation ($id: UUID!) { ${name}(id: $id${more}) { __typename } }`, schedule);
    await order('pauseSchedule', ', reason: "Chuseok"');
    await using open = await world.open('/schedules', { language: 'en' });
    const { page } = open;
    const resume = page.getByRole('button', { name: /^Resume/ }).first();
    await resume.waitFor();
    await order('resumeSchedule');
    await resume.click();
    await page.getByRole('alert').first().waitFor();
    await until(() => resume.evaluate((button) => button.matches(':focus')));
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Pause', exact: true }).first().waitFor();
  });
});
