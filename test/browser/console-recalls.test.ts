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
    const search = form.getByLabel('이름이나 코드로 찾기');
    const look = form.getByRole('button', { name: '먼저 보기' });
    await search.fill('IBS-9999');
    await form.getByText('찾는 이름이 없습니다.').waitFor();
    expect([await look.isDisabled(), await order.isDisabled()]).toEqual([true, true]);
    await search.fill('쌀밥');
    await form.getByRole('radio', { name: /^쌀밥.*IBS-0001/u }).check();
    await look.click();
    await form.getByText(/권고 [1-9]\d*건을 다시 씁니다/u).waitFor();
    expect(await form.getByRole('status').textContent()).toMatch(/^권고 [1-9]\d*건을 다시 씁니다\.$/u); // nothing is told of none
    await search.fill('ibs-0002'); // by its code, whatever the case
    await form.getByRole('radio', { name: /IBS-0002/u }).check();
    expect(await order.isDisabled()).toBe(true); // another thing was looked at
    await search.fill('white rice');
    await form.getByRole('radio', { name: /IBS-0001/u }).check();
    await look.click();
    await form.getByText(/권고 [1-9]\d*건을 다시 씁니다/u).waitFor();
    await form.getByText('운영자에게 알립니다').click();
    await form.getByRole('textbox', { name: /^이유/u }).fill('표기 누락');
    await order.click();
    const recalls = page.getByRole('list', { name: '회수' });
    await recalls.getByText('음식 쌀밥').waitFor();
    await recalls.getByText(/다시 쓴 권고 [1-9]\d*건/u).waitFor();
    await recalls.getByText('완료').waitFor();
    await recalls.getByRole('button', { name: /^회수 해제: 쌀밥/u }).click();
    await form.getByText('다시 들어갈 수 있습니다').waitFor();
    await form.getByText('재료를 확인한 뒤에만 해제하세요').waitFor();
    const lift = form.getByRole('button', { name: '회수 해제', exact: true });
    expect(await lift.isDisabled()).toBe(true); // without a reason
    await form.getByRole('textbox', { name: /^이유/u }).fill('표기 수정');
    await lift.click();
    await recalls.getByText('에 해제').waitFor();
    await recalls.getByText('“표기 수정”').waitFor();
    const audit = page.locator('section.card').filter({ has: page.getByRole('heading', { name: '변경 이력' }) });
    await audit.getByText('— 쌀밥 · “표기 수정”').waitFor(); // with all kinds shown
    await audit.getByText('— 쌀밥 · 알레르기 성분 때문 · “표기 누락”').waitFor();
    const told = (await recalls.textContent()) ?? '';
    expect([/\d+월 \d+일/u.test(told), /\d{4}-\d{2}-\d{2}/.test(told)]).toEqual([true, false]); // days in words
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
