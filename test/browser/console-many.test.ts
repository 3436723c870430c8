import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld, spoil } from '../support/console-world.js';

/** One more than the newest runs that the page of last night asks for. */
const RUNS = 41;

/** As many as the page of last night asks for at once. */
const SCHEDULES = 100;

/** Made newer than the first one, and due long after it. */
const MONTHLY = `mutation ($name: String!, $day: Int!, $minute: Int = 0) {
  createSchedule(input: { name: $name, frequency: MONTHLY, dayOfMonth: $day, hour: 4, minute: $minute }) { __typename } }`;

(canTryConsole ? describe : describe.skip)('A night with more than a page shows', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 40 });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('is told of with what failed in its first run, whatever came for single patients since', async () => {
    await spoil(world, world.lastNight, 9);
    const { url } = world.service;
    const { end } = await runToEnd(url, { recordDate: world.lastNight });
    expect(end.failed).toBeGreaterThan(0);
    const [one] = await world.database.column<number>('select user_id from ibsafe_interventionrecord order by updated_at desc limit 1');
    for (let run = 0; run < RUNS; run += 1) await runToEnd(url, { recordDate: world.lastNight, userIds: [one] });
    await using open = await world.open();
    const { page, problems } = open;
    const finding = page.locator('.findings').getByText(`${end.failed}명이 실패하여 권고를 받지 못했습니다.`);
    await finding.waitFor();
    expect(await page.locator('.verdict').getAttribute('class')).toContain('warn');
    expect(problems).toEqual([]);
  });

  it('warns of two schedules of one program and time that stand on different pages', async () => {
    const { url } = world.service;
    const asked = '{ schedules(first: 1) { nodes { name hour minute } } }';
    const { schedules } = await dataOf<{ schedules: { nodes: { name: string; hour: number; minute: number }[] } }>(url, asked);
    const [first] = schedules.nodes;
    const daily =
      'mutation ($name: String!, $hour: Int!, $minute: Int!) { createSchedule(input: { name: $name, frequency: DAILY, hour: $hour, minute: $minute }) { __typename } }';
    for (let made = 0; made < 20; made += 1) await dataOf(url, MONTHLY, { name: `apart ${made}`, day: farDay(world), minute: 1 + made });
    const newest = await dataOf(url, daily, { name: 'the newest', hour: first?.hour, minute: first?.minute });
    expect(newest).toEqual({ createSchedule: { __typename: 'ScheduleAccepted' } });
    await using open = await world.open('/schedules', { language: 'en' });
    const { page, problems } = open;
    const warned = page.locator('.notice.warn').filter({ hasText: 'run the same program at the same time' });
    await warned.waitFor();
    expect(await warned.textContent()).toContain('“the newest”');
    expect(await warned.textContent()).toContain(`“${first?.name}”`);
    expect(
      await page
        .locator('.schedule-card')
        .getByText(first?.name ?? '')
        .count(),
    ).toBe(0); // it is on the second page
    expect(problems).toEqual([]);
  });

  it('tells the next time of the oldest schedule, and that it is paused, behind a hundred newer ones', async () => {
    const { url } = world.service;
    const { schedules } = await dataOf<{ schedules: { nodes: { id: string; name: string }[] } }>(url, '{ schedules(first: 1) { nodes { id name } } }'); // prettier-ignore
    const [first] = schedules.nodes;
    for (let made = 0; made < SCHEDULES; made += 1) await dataOf(url, MONTHLY, { name: `monthly ${made}`, day: farDay(world) });
    await using open = await world.open('', { language: 'en' });
    const { page, problems } = open;
    await page
      .locator('.coming')
      .getByText(first?.name ?? '')
      .first()
      .waitFor();
    const pause = 'mutation ($id: UUID!) { pauseSchedule(id: $id, reason: "a holiday") { __typename } }';
    await dataOf(url, pause, { id: first?.id });
    await page.reload();
    await page.getByText(`The schedule “${first?.name}” is paused`).waitFor();
    expect(problems).toEqual([]);
  });
});

/** A day of the month that is half a month away, whenever this runs: what is due then stands behind what comes within days. */
function farDay({ lastNight }: ConsoleWorld): number {
  return Number(addDays(lastNight, 15).slice(8));
}
