import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runToEnd } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { violationsOf } from '../support/console-page.js';
import { readsOf } from '../support/person-reads.js';
import { until } from '../support/until.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';

(canTryConsole ? describe : describe.skip)('The audit of reads in the console', () => {
  let world: ConsoleWorld;
  let patient: number;
  beforeAll(async () => {
    world = await makeConsoleWorld();
    const { runId } = await runToEnd(world.service.url, { recordDate: world.lastNight });
    [patient = 0] = await world.database.column<number>('select user_id from batch.outcome_view where run_id = $1 order by user_id', [
      runId,
    ]);
    await dataOf(world.service.url, `query ($id: Int!) { patient(id: $id) { active } }`, { id: patient });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('stands below a patient, is asked for by hand, and tells of that look the next time', async () => {
    await using open = await world.open(`/patients/${patient}`, { forAxe: true });
    const { page, problems } = open;
    const card = page.locator('section', { has: page.getByRole('heading', { name: '이 환자를 열람한 사람' }) });
    await card.getByText('이 목록을 보는 일도 기록됩니다.').waitFor();
    expect(await card.getByText('이 컴퓨터').count()).toBe(0);
    await until(async () => (await readsOf(world.database, world.service, 'local')).some(({ what }) => what === 'UserTimeline')); // written after the answer
    await card.getByRole('button', { name: '보기' }).click();
    await card.getByText('이 컴퓨터').first().waitFor();
    await card.getByText('콘솔 또는 GraphQL').first().waitFor();
    const look = card.getByRole('listitem').filter({ hasText: '날짜별 결과와 이유.' }).first(); // in words: the names of the schema are folded below
    await look.getByText('조회한 필드').click();
    await look.getByText(/^UserTimeline \(/).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.reload();
    await card.getByRole('button', { name: '보기' }).click();
    await card.getByText('이 열람 기록.').first().waitFor();
    expect(problems).toEqual([]);
  });
});
