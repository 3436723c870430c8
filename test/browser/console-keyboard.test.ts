import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { begin, runToEnd } from '../support/batch-client.js';
import type { ConsoleOptions } from '../support/console-page.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld, mend, spoil } from '../support/console-world.js';
import { Keyboard } from '../support/keyboard.js';
import { until } from '../support/until.js';

/** An operator's tasks with Tab, arrows, Enter, Escape and typing, and without a pointer. */
(canTryConsole ? describe : describe.skip)('By keyboard alone an operator', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    const environment = { BATCH_FAILURE_PAUSE_MIN_USERS: '20', BATCH_CHUNK_SIZE: '20' };
    world = await makeConsoleWorld({ users: 150, days: 75, history: true, environment });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  const sit = async (path: string, options: ConsoleOptions = { language: 'en' }) => {
    const open = await world.open(path, options);
    return { ...open, keys: new Keyboard(open.page), [Symbol.asyncDispose]: () => open[Symbol.asyncDispose]() };
  };

  /** A start makes up for a slot that it finds due, and a task before may have left a run: what is asked for next would be refused. */
  const allEnded = async (): Promise<void> => {
    const open =
      "select count(*)::int from batch.run_view where status not in ('COMPLETED', 'COMPLETED_WITH_FAILURES', 'CANCELLED', 'FAILED')";
    await until(async () => (await world.database.column<number>(open))[0] === 0);
  };

  it('finds a night that failures paused, sees the cause, resumes it, retries, and watches it end', async () => {
    await allEnded();
    await spoil(world, world.lastNight, 1);
    const runId = await begin(world.service.url, { recordDate: world.lastNight, onExisting: 'REGENERATE' });
    await using open = await sit('');
    const { page, keys, problems } = open;
    await page.getByText('A run is paused: Too many patients failed.').waitFor();
    await keys.enter('Look at it');
    await page.getByRole('heading', { name: 'Why' }).waitFor();
    await keys.enter(/^Records that cannot be right/);
    await page.getByText('Have the patient’s records for that day mended').waitFor();
    expect(page.url()).toContain(runId);
    await mend(world, world.lastNight);
    await keys.enter('Resume');
    await page.getByText('Finished, some failed').first().waitFor();
    await until(async () => (await keys.focused()) !== undefined); // the button that was pressed is gone, and the focus is not lost with it
    await keys.enter(/^Retry the \d+ who failed/);
    await page.getByRole('dialog').waitFor();
    await keys.type(/^Reason/, 'mended');
    await keys.enter('Retry');
    await page.getByText('mended').first().waitFor();
    await page.getByText('100%').waitFor();
    expect(problems).toEqual([]);
  });

  it('asks why patient 93 got nothing, and goes from day to day', async () => {
    await using open = await sit('/patients');
    const { page, keys, problems } = open;
    await page.getByRole('heading', { name: 'Patients' }).waitFor();
    await keys.type(/Number or user name/, '93');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Patient 93' }).waitFor();
    await page.locator('.why-sentence').waitFor();
    await keys.reach(/: (Advised|Skipped|Failed|Was there)/);
    const before = page.url();
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL((url) => url.href !== before);
    await page.keyboard.press('ArrowUp');
    await keys.reach('Earlier days');
    expect(problems).toEqual([]);
  });

  it('sees why a time was skipped, and the runs of that day', async () => {
    await using open = await sit('/schedules');
    const { page, keys, problems } = open;
    await page.locator('.calendar .mark.skipped').first().waitFor();
    await keys.reach(/skipped: An earlier run was still going/);
    await keys.enter('Runs of that day');
    await page.waitForURL(/\/console\/runs\?from=/);
    await page.locator('tbody tr').first().waitFor();
    expect(problems).toEqual([]);
  });

  it('backfills a week: types both days, looks at the forecast, and starts it', async () => {
    await using open = await sit('/backfills');
    const { page, keys, problems } = open;
    await page.getByRole('heading', { name: 'Backfills' }).waitFor();
    await keys.enter('New backfill');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await keys.typeDay('First day of records', addDays(world.lastNight, -9));
    await keys.typeDay('Last day of records', addDays(world.lastNight, -3));
    await keys.type(/^Reason/, 'records came late');
    await keys.enter('Forecast first');
    await dialog.getByText(/advice would be written/).waitFor();
    await keys.enter('Run 7 days');
    await page.getByRole('heading', { name: 'Days' }).waitFor();
    await page.getByText('records came late').waitFor();
    expect(await page.locator('.backfill-days li').count()).toBe(7);
    expect(problems).toEqual([]);
  });

  it('pauses a schedule for a holiday and resumes it; a dialog keeps the focus, lets it go with Escape, and gives it back', async () => {
    await using open = await sit('/schedules', { language: 'ko' });
    const { page, keys, problems } = open;
    await page.getByRole('heading', { level: 1 }).waitFor();
    await keys.enter('일시 중지');
    await page.getByRole('dialog').waitFor();
    expect(await keys.staysInDialog()).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await keys.has('일시 중지');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await keys.type(/^이유/, '추석 연휴');
    await page.keyboard.press('Enter'); // a form is sent from its field
    await page.getByText('“추석 연휴”').waitFor();
    await until(async () => (await keys.focused()) !== undefined);
    await keys.enter(/스케줄 재개/);
    await page.getByText('“추석 연휴”').waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
  });

  it('runs yesterday by hand: the kind by arrows, the day by its own keys', async () => {
    await using open = await sit('');
    const { page, keys, problems } = open;
    await allEnded();
    await page.getByRole('heading', { name: 'Last night' }).waitFor();
    await keys.enter('Run now');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await keys.typeDay('Day of the records', world.lastNight);
    await keys.reach(/^Keep it/);
    await page.keyboard.press('ArrowRight');
    expect(await dialog.getByRole('radio', { name: /Replace it/ }).isChecked()).toBe(true);
    await keys.type(/^Reason/, 'the app was away');
    await page.keyboard.press('Enter');
    await page.getByText('the app was away').waitFor();
    expect(problems).toEqual([]);
  });

  it('retries last night’s failures, and sees who is still without advice in a list of which one row is reached by Tab', async () => {
    await allEnded();
    await spoil(world, world.lastNight, 7);
    const { runId } = await runToEnd(world.service.url, { recordDate: world.lastNight, onExisting: 'REGENERATE' });
    await using open = await sit('/failures');
    const { page, keys, problems } = open;
    await page.locator(`a[href*="${runId}"]`).first().waitFor();
    await keys.enter('Retry these');
    await page.getByRole('dialog').waitFor();
    await keys.enter('Retry');
    await page.getByText('100%').waitFor();
    const list = page.getByRole('region', { name: 'Patients of the run' });
    await list.getByRole('link').first().waitFor();
    await keys.reach('Patients of the run');
    await page.keyboard.press('ArrowDown');
    const [first, second] = await list.getByRole('link').allTextContents();
    await keys.has(first ?? '');
    await page.keyboard.press('ArrowDown');
    await keys.has(second ?? '');
    await page.keyboard.press('End');
    await until(async () => (await keys.focused())?.name === (await list.getByRole('link').allTextContents()).at(-1));
    await page.keyboard.press('Tab');
    expect(await list.locator(':focus').count()).toBe(0); // and not the next of a hundred thousand
    await keys.reach(/^Patients$/, 'Shift+Tab'); // the tabs above
    await page.keyboard.press('ArrowRight');
    await keys.has('Work');
    await page.keyboard.press('ArrowRight');
    await keys.has('What happened');
    await mend(world, world.lastNight);
    expect(problems).toEqual([]);
  });

  it('reads a chart night by night, and the table behind it', async () => {
    await using open = await sit('/trends');
    const { page, keys, problems } = open;
    await page.getByRole('slider').first().waitFor();
    await keys.reach(/^Outcomes: arrow keys/);
    await page.keyboard.press('Home');
    const slider = page.getByRole('slider').first();
    expect(await slider.getAttribute('aria-valuenow')).toBe('0');
    await page.keyboard.press('ArrowRight');
    expect(await slider.getAttribute('aria-valuenow')).toBe('1');
    await keys.reach('As a table');
    await page.keyboard.press('Enter');
    await keys.reach('Save as CSV');
    expect(problems).toEqual([]);
  });

  it('skips the navigation, and is led by it in the order in which it is seen', async () => {
    await using open = await sit('');
    const { page, keys } = open;
    await page.getByRole('heading', { name: 'Last night' }).waitFor();
    await page.keyboard.press('Tab');
    expect((await keys.focused())?.name).toBe('To the contents');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect((await keys.focused())?.name).toBe('Run now');
    await keys.reach('System', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'System', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Look at everything now' }).waitFor(); // what comes later would push the place of the focus out of the window
    await keys.reach('Look at everything now');
  });
});
