import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { begin, runToEnd } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { until } from '../support/until.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';

(canTryConsole ? describe : describe.skip)('Recalls in the console', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 80 });
    await runToEnd(world.service.url, { recordDate: world.lastNight, onExisting: 'REGENERATE' });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('are ordered only after it was seen what they come to, lead to their runs, and are lifted', async () => {
    await using open = await world.open('/system');
    const { page, problems } = open;
    await page.getByText('회수한 것이 없습니다.').waitFor();
    await page.getByRole('button', { name: '새 회수' }).click();
    const form = page.getByRole('dialog');
    const order = form.getByRole('button', { name: '회수', exact: true });
    await form.getByLabel('음식 코드').fill('IBS-9999');
    expect(await order.isDisabled()).toBe(true);
    await form.getByRole('button', { name: '먼저 보기' }).click();
    await form.getByText('이 서비스에 없는 음식').waitFor();
    expect(await order.isDisabled()).toBe(true);
    await form.getByLabel('음식 코드').fill('IBS-0001');
    await form.getByRole('button', { name: '먼저 보기' }).click();
    await form.getByText(/권고 [1-9]\d*건을 다시 씁니다/u).waitFor();
    await form.getByLabel('음식 코드').fill('IBS-0002');
    expect(await order.isDisabled()).toBe(true); // another thing was looked at
    await form.getByLabel('음식 코드').fill('IBS-0001');
    await form.getByRole('button', { name: '먼저 보기' }).click();
    await form.getByText(/권고 [1-9]\d*건을 다시 씁니다/u).waitFor();
    await form.getByText('운영자에게 알립니다').click();
    await form.getByRole('textbox', { name: /^이유/u }).fill('표기 누락');
    await order.click();
    const recalls = page.getByRole('list', { name: '회수' });
    await recalls.getByText('음식 쌀밥').waitFor();
    await recalls.getByText(/다시 쓴 권고 [1-9]\d*건/u).waitFor();
    await recalls.getByText('완료').waitFor();
    await recalls.getByRole('button', { name: /^회수 해제/u }).click();
    await recalls.getByText('에 해제').waitFor();
    await recalls.getByRole('link').first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(page.url()).toContain('/runs/');
    expect(problems).toEqual([]);
    const left = await world.database.column<number>(
      `select count(*)::int from ibsafe_interventionrecord where record_date = $1 and diet_target::text like '%"쌀밥 %' and outputs is not null`,
      [world.lastNight],
    );
    expect(left).toEqual([0]);
  });

  it('have runs that wait for another of the night, and say which one', async () => {
    const { url } = world.service;
    const first = await begin(url, { recordDate: world.lastNight, onExisting: 'REGENERATE' });
    await dataOf(url, `mutation ($id: UUID!) { pauseRun(runId: $id, reason: "a test") { __typename } }`, { id: first });
    const order = `mutation ($key: String!) { recall(input: { dish: "IBS-0002", idempotencyKey: $key }) { ... on RecallAccepted { recall { id } } } }`;
    await dataOf(url, order, { key: 'waits' });
    const asked = `{ runs(first: 1, filter: { triggers: [RECALL], statuses: [REQUESTED] }) { nodes { id waitsFor { id } } } }`;
    const found = async (): Promise<{ id: string; waitsFor: { id: string } | null } | undefined> =>
      (await dataOf<{ runs: { nodes: { id: string; waitsFor: { id: string } | null }[] } }>(url, asked)).runs.nodes[0];
    await until(async () => (await found()) !== undefined);
    const waiting = await found();
    expect(waiting?.waitsFor).toEqual({ id: first });
    await using open = await world.open(`/runs/${waiting?.id}`);
    const { page, problems } = open;
    await page.locator('.halt').getByText('일시 중지된 다른 실행이 끝나야 시작합니다').waitFor();
    await page.getByRole('link', { name: '그 실행 보기' }).click();
    await page.getByRole('button', { name: '재개' }).click();
    await page.goto(`${url}/console/runs/${waiting?.id}`);
    await page.getByText('100%').waitFor();
    expect(await page.locator('.halt').count()).toBe(0);
    expect(problems).toEqual([]);
  });
});
