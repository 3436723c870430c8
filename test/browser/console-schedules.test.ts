import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';
import { dataOf } from '../support/graphql-client.js';

(canTryConsole ? describe : describe.skip)('Schedules in the console', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 20 });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('pauses one for a holiday with why, tells of it on the first screen, and resumes it there', async () => {
    await using open = await world.open('/schedules');
    const { page, problems } = open;
    const card = page.getByRole('article').filter({ hasText: '일일 중재 권고사항 생성' });
    await card.getByRole('button', { name: '일시 중지' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/실행되지 않을 첫 예정 시각/).waitFor();
    await dialog.getByLabel('이유').fill('설 연휴');
    await dialog.getByRole('button', { name: '일시 중지' }).click();
    await card.getByText('“설 연휴”').waitFor();

    await page.getByRole('link', { name: '어젯밤' }).first().click();
    await page.getByText('“설 연휴”').waitFor();
    await page.getByRole('button', { name: /재개/ }).click();
    await page.getByText('“설 연휴”').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: '스케줄', exact: true }).first().click();
    await card.getByRole('link').click();
    await page.getByText('스케줄 재개').waitFor(); // who did what
    await page.getByRole('button', { name: '변경' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel(/준비 시각/).fill('10:30');
    await form.getByRole('button', { name: '저장' }).click();
    await page.getByText('— 준비 시각: 10:30').waitFor(); // and to what it was changed
    expect(problems).toEqual([]);
  });

  it('makes one with its next ten times beside the fields, told with daylight saving, and says what cannot be used', async () => {
    await using open = await world.open('/schedules', { language: 'en' });
    const { page, problems } = open;
    await page.getByRole('button', { name: 'New schedule' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').fill('New York by night');
    await form.getByLabel('Time zone').fill('Atlantis/Nowhere');
    await form.locator('.problems').getByText('Atlantis/Nowhere').waitFor();
    await form.getByLabel('Time zone').fill('America/New_York');
    await form.getByText('Cron expression').click();
    await form.getByRole('textbox', { name: 'Cron expression' }).fill('30 2 8-14 3 0');
    await form.getByText('The next ten times').waitFor();
    await form
      .getByText(/daylight saving/)
      .first()
      .waitFor();
    await form.getByText('Daily', { exact: true }).click();
    await form.getByLabel('At', { exact: true }).fill('');
    expect(await form.getByRole('button', { name: 'Make it' }).isDisabled()).toBe(true); // an emptied time is no midnight
    await form.getByLabel('At', { exact: true }).fill('02:30');
    await form.getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('article').filter({ hasText: 'New York by night' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('says in words what a program and a day of the week were changed to', async () => {
    const input = { name: 'Weekly', program: 'DAILY', frequency: 'WEEKLY', hour: 3, minute: 0, dayOfWeek: 1, timeZone: 'Asia/Seoul' };
    const { createSchedule } = await dataOf<{ createSchedule: { schedule: { id: string } } }>(
      world.service.url,
      'mutation ($input: ScheduleInput!) { createSchedule(input: $input) { ... on ScheduleAccepted { schedule { id } } } }',
      { input },
    );
    const { id } = createSchedule.schedule;
    const change =
      'mutation ($id: UUID!, $input: ScheduleInput!) { updateSchedule(id: $id, input: $input, expectedVersion: 1) { __typename } }';
    await dataOf(world.service.url, change, { id, input: { ...input, program: 'SLEEP', dayOfWeek: 3 } });
    await using open = await world.open(`/schedules/${id}`, { language: 'en' });
    const { page, problems } = open;
    const told = await page.getByText(/— .*Day of the week: Wednesday/).textContent();
    expect(told).toContain('Program: Sleep');
    const remove = 'mutation ($id: UUID!) { deleteSchedule(id: $id, expectedVersion: 2) { __typename } }';
    await dataOf(world.service.url, remove, { id });
    expect(problems).toEqual([]);
  });

  it('shows every day of four weeks, however many times are in them', async () => {
    const input = { name: 'Every hour', program: 'DAILY', frequency: 'CRON', cron: '7 * * * *', timeZone: 'Asia/Seoul' };
    const made = await dataOf<{ createSchedule: { schedule: { id: string } } }>(
      world.service.url,
      'mutation ($input: ScheduleInput!) { createSchedule(input: $input) { ... on ScheduleAccepted { schedule { id } } } }',
      { input },
    );
    await using open = await world.open('/schedules', { language: 'en' });
    const { page, problems } = open;
    const days = page.getByRole('table', { name: 'Calendar of times' }).getByRole('cell');
    await days.last().getByRole('listitem').first().waitFor();
    expect(await days.count()).toBe(28);
    const remove = 'mutation ($id: UUID!) { deleteSchedule(id: $id, expectedVersion: 1) { __typename } }';
    await dataOf(world.service.url, remove, { id: made.createSchedule.schedule.id });
    expect(problems).toEqual([]);
  });

  it('overwrites nobody: of two operators who change one at the same time the second is told', async () => {
    await using first = await world.open('/schedules', { language: 'en' });
    await using second = await world.open('/schedules', { language: 'en' });
    const change = async ({ page }: typeof first): Promise<void> => {
      const card = page.getByRole('article').filter({ hasText: '일일 중재' });
      await card.getByRole('button', { name: 'Change' }).click();
      await page.getByRole('dialog').getByLabel('At', { exact: true }).waitFor();
    };
    await Promise.all([change(first), change(second)]);
    await first.page.getByRole('dialog').getByLabel('At', { exact: true }).fill('08:15');
    await first.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await first.page.getByRole('dialog').waitFor({ state: 'detached' });
    await second.page.getByRole('dialog').getByLabel('At', { exact: true }).fill('07:45');
    await second.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await second.page.getByText('Another operator changed the schedule meanwhile.').waitFor();
    const { schedules } = await dataOf<{ schedules: { nodes: { hour: number; minute: number; name: string }[] } }>(
      world.service.url,
      '{ schedules { nodes { name hour minute } } }',
    );
    expect(schedules.nodes.filter(({ name }) => name.startsWith('일일'))).toMatchObject([{ hour: 8, minute: 15 }]);
    expect([...first.problems, ...second.problems]).toEqual([]);
  });
});
