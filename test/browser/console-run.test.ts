import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { begin, runToEnd } from '../support/batch-client.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld, mend, spoil } from '../support/console-world.js';
import { holdWorkers } from '../support/table-hold.js';
import { until } from '../support/until.js';

(canTryConsole ? describe : describe.skip)('A run in the console', () => {
  let world: ConsoleWorld;
  let runId: string;
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 300 });
    await spoil(world, world.lastNight, 7);
    ({ runId } = await runToEnd(world.service.url, { recordDate: world.lastNight }));
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('shows whom a reason stands for, keeps that in the address, and leads on to the patient', async () => {
    await using open = await world.open(`/runs/${runId}`, { language: 'en' });
    const { page, problems } = open;
    const list = page.getByRole('region', { name: 'Patients of the run' });
    await list.getByRole('link').first().waitFor();
    await page.getByRole('button', { name: /Records that cannot be/ }).click();
    await page.getByText('negative steps').waitFor();
    await list.getByText('Records that cannot be').first().waitFor();
    expect(await list.getByText('Advice written').count()).toBe(0);
    await page.reload();
    await list.getByText('Records that cannot be').first().waitFor();
    expect(await list.getByText('Advice written').count()).toBe(0);
    const first = list.getByRole('link').first();
    const userId = await first.textContent();
    await first.click();
    await page.getByRole('heading', { name: `Patient ${userId}` }).waitFor();
    expect(problems).toEqual([]);
  });

  it('draws only the patients that are seen, and fetches the others as they are scrolled to', async () => {
    await using open = await world.open(`/runs/${runId}`, { language: 'en' });
    const { page } = open;
    const list = page.getByRole('region', { name: 'Patients of the run' });
    await list.getByRole('link').first().waitFor();
    expect(await list.getByRole('listitem').count()).toBeLessThan(60);
    const [all] = await world.database.column<number>('select count(*)::int from batch.outcome_view where run_id = $1', [runId]);
    const told = page.getByText(`100 of ${all}: more come as you scroll`);
    await told.waitFor();
    await page.route('**/graphql', (route) => route.abort());
    const again = page.getByRole('button', { name: 'Try again' });
    await until(async () => {
      await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      return again.isVisible(); // a list that was cut short says so
    });
    await page.unroute('**/graphql');
    await again.click();
    const last = (
      await world.database.column<number>('select user_id from batch.outcome_view where run_id = $1 order by subject desc limit 1', [runId])
    )[0];
    const end = list.getByRole('link', { name: String(last), exact: true });
    await until(async () => {
      await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      return (await end.count()) === 1;
    });
    await told.waitFor({ state: 'detached' });
  });

  it('says what a run by batch waits for at the provider of its model, and until when at most', async () => {
    const hold = await holdWorkers(world.database, 'READING');
    const waiting = await begin(world.service.url, { recordDate: world.lastNight, onExisting: 'REGENERATE' });
    await world.database.rows(`update batch.run_view set mode = 'BATCH' where run_id = $1`, [waiting]);
    await world.database.rows(
      `insert into batch.model_batch (key, run_id, chunks, state, requests, lines, reserved_micros, wait_until)
        select gen_random_uuid(), $1, '{0}', 'SENT', 40, '[]', 1, now() + interval '2 h' from generate_series(1, 2)`,
      [waiting],
    );
    for (const [language, words] of [
      ['en', '80 patients in 2 batches'],
      ['ko', '배치 2개, 환자 80명'],
    ] as const) {
      await using open = await world.open(`/runs/${waiting}`, { language });
      await open.page.getByText(words).waitFor();
      expect(open.problems).toEqual([]);
    }
    await world.database.rows('delete from batch.model_batch');
    await world.database.rows(`update batch.run_view set mode = null where run_id = $1`, [waiting]);
    await hold.release();
    const ended = 'select 1 from batch.run_view where run_id = $1 and ended_at is not null';
    await until(async () => (await world.database.column(ended, [waiting])).length === 1); // another run of the same night would be refused
  });

  it('retries those with one reason, and shows what happened in order', async () => {
    await using open = await world.open(`/runs/${runId}`, { language: 'en' });
    const { page, problems } = open;
    await page.getByRole('button', { name: /Records that cannot be/ }).click();
    await page.getByRole('button', { name: 'Retry these' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('tried once more');
    await dialog.getByRole('button', { name: 'Retry', exact: true }).click();
    await page.getByText('tried once more').waitFor();
    await page.getByText('Finished, some failed').first().waitFor();
    await page.getByRole('tab', { name: 'What happened' }).click();
    const events = page.getByRole('tabpanel');
    await events.getByText('It ended').waitFor();
    expect((await events.getByRole('listitem').first().textContent()) ?? '').toContain('The run was asked for');
    expect(problems).toEqual([]);
  });

  it('offers a retry to those who are still without advice, and expects no advice for those who have it', async () => {
    const day = addDays(world.lastNight, -2);
    await spoil(world, day, 9);
    const { runId: first } = await runToEnd(world.service.url, { recordDate: day });
    const without = await world.database.column<number>(
      "select user_id from batch.outcome_view where run_id = $1 and type = 'UserFailed' order by 1",
      [first],
    );
    const [one] = without;
    await mend(world, day);
    await runToEnd(world.service.url, { recordDate: day, userIds: [one] });
    await using open = await world.open(`/runs/${first}?outcome=FAILED&reason=INVALID_INPUT`, { language: 'en' });
    const { page, problems } = open;
    await page.getByRole('button', { name: `Retry the ${without.length - 1} who failed` }).click();
    const dialog = page.getByRole('dialog', { name: `Retry ${without.length - 1} patients` });
    await dialog.getByRole('button', { name: 'Retry', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    const { runId: rest } = await runToEnd(world.service.url, { recordDate: day });
    await page.getByText('All of that day have advice by now.').waitFor();
    await page.getByRole('button', { name: /^Retry/ }).first().waitFor({ state: 'detached' }); // prettier-ignore
    await page.goto(`${world.service.url}/console/runs/${rest}`);
    const [forecast] = await world.database.column<number>("select (forecast->>'eligible')::int from batch.run_view where run_id = $1", [
      rest,
    ]);
    const [existed] = await world.database.column<number>(
      `select count(*)::int from batch.event where run_id = $1 and type = 'UserSkipped' and data->'reasons' ? 'INTERVENTION_EXISTS'`,
      [rest],
    );
    expect(existed).toBeGreaterThan(without.length);
    await page.getByText(`(estimated when it was planned: ${Math.max(0, (forecast ?? 0) - (existed ?? 0))})`).waitFor();
    expect(problems).toEqual([]);
  });

  it('pauses a run with a reason, resumes it, and cancels another after it has said who is left without advice', async () => {
    const hold = await holdWorkers(world.database, 'WRITING');
    const slow = await begin(world.service.url, { recordDate: world.lastNight, onExisting: 'REGENERATE' });
    await hold.reached(1);
    await using open = await world.open(`/runs/${slow}`, { language: 'en' });
    const { page, problems } = open;
    await page.getByRole('button', { name: 'Pause' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pause the run' });
    expect(await dialog.getByRole('button', { name: 'Pause' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('the dietitian looks first');
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('“the dietitian looks first”').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('“the dietitian looks first”').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Cancel' }).click();
    const cancel = page.getByRole('dialog', { name: 'Cancel the run' });
    await cancel.getByText(/get no advice from this run|Nobody will get advice/).waitFor();
    await cancel.getByRole('button', { name: 'Cancel the run' }).click();
    await hold.release();
    await page.getByText('Cancelled', { exact: true }).first().waitFor();
    expect(problems).toEqual([]);
  });

  it('shows the patients of a run that failures pause, to a reader who came before the first of them', async () => {
    const day = addDays(world.lastNight, -1);
    await spoil(world, day, 1);
    const hold = await holdWorkers(world.database, 'READING');
    const failing = await begin(world.service.url, { recordDate: day });
    await hold.reached(1);
    await using open = await world.open(`/runs/${failing}`);
    const { page, problems } = open;
    await page.getByText('아직 처리된 환자가 없습니다.').waitFor();
    await hold.release();
    await page.getByText(/가장 많은 원인은 잘못된 기록입니다/).waitFor();
    await page.getByRole('region', { name: '실행 대상 환자' }).getByText('잘못된 기록').first().waitFor();
    expect(problems).toEqual([]);
  });
});
