import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAlertReceiver, type AlertReceiver } from '../support/alert-receiver.js';
import { begin } from '../support/batch-client.js';
import { Keyboard } from '../support/keyboard.js';
import { until } from '../support/until.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld, mend, spoil } from '../support/console-world.js';

/** A port that was free a moment ago: the links of messages name the service's address before it has one. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

(canTryConsole ? describe : describe.skip)('Alerts in the console', () => {
  let receiver: AlertReceiver;
  let world: ConsoleWorld;
  beforeAll(async () => {
    receiver = await startAlertReceiver();
    const port = await freePort();
    world = await makeConsoleWorld({
      users: 60,
      environment: {
        PORT: String(port),
        CONSOLE_URL: `http://127.0.0.1:${port}`,
        ALERT_WEBHOOK_URL: receiver.url,
        ALERT_PATIENCE_MS: '100',
        BATCH_FAILURE_PAUSE_MIN_USERS: '20',
        BATCH_CHUNK_SIZE: '20',
      },
    });
  });
  afterAll(async () => {
    await world?.[Symbol.asyncDispose]();
    await receiver?.[Symbol.asyncDispose]();
  });

  const linkOf = (word: string): string | undefined =>
    receiver.arrived.map(({ body }) => JSON.parse(body) as { kind: string; link?: string }).find(({ kind }) => kind === word)?.link;

  it('shows a failing night while it happens, leads from the message to its cause, silences it with why, and sees its end', async () => {
    await using open = await world.open('/alerts');
    const { page, problems } = open;
    await page.getByText('발생 중인 알림이 없습니다.').waitFor();
    await spoil(world, world.lastNight, 1);
    const runId = await begin(world.service.url, { recordDate: world.lastNight });
    const firing = page.getByRole('list', { name: '지금 발생 중' });
    await firing.getByText('실행 일시 중지').waitFor(); // without a reload
    await firing.getByText('보냄').or(firing.getByText('대기 중')).first().waitFor();

    await firing.getByRole('button', { name: /알림 끄기/ }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: '알림 끄기', exact: true }).isDisabled()).toBe(true);
    await dialog.getByLabel('기간').selectOption('4');
    await dialog.getByLabel('이유').fill('기록을 고치는 중');
    await dialog.getByRole('button', { name: '알림 끄기', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await firing.getByText('꺼 둠').waitFor();
    const silences = page.getByRole('list', { name: '꺼 둔 알림' });
    await silences.getByText('“기록을 고치는 중”').waitFor();
    await silences.getByText('이 건만').waitFor();
    await silences.getByRole('button', { name: /다시 켜기/ }).click();
    await dialog.getByText('아직 계속되는 알림은 모든 채널로 바로 보냅니다.').waitFor();
    await dialog.getByRole('button', { name: '알림 다시 켜기', exact: true }).click();
    await silences.waitFor({ state: 'detached' });
    await firing.getByText('발생 중', { exact: true }).waitFor();

    await receiver.until(() => linkOf('RUN_PAUSED') !== undefined);
    await page.goto(linkOf('RUN_PAUSED') ?? '');
    expect(page.url()).toContain(`/console/runs/${runId}`);
    await page.getByRole('button', { name: /잘못된 기록/ }).waitFor();
    await mend(world, world.lastNight);
    await page.getByRole('button', { name: '재개' }).click();
    await page.getByText(/완료/).first().waitFor();

    await page.getByRole('link', { name: '알림', exact: true }).first().click();
    await page.getByRole('list', { name: '지난 알림' }).getByText('실행 일시 중지').waitFor();
    expect(problems).toEqual([]);
  });

  it('makes one silence where the answer to the first click was lost', async () => {
    await using open = await world.open('/alerts', { language: 'en' });
    const { page } = open;
    await page.getByRole('button', { name: 'Silence', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('the answer is lost');
    let lost = 0;
    await page.route('**/graphql', async (route) => {
      if (lost > 0 || !(route.request().postData() ?? '').includes('mutation SilenceAlerts')) return route.continue();
      lost += 1;
      await route.fetch(); // the service did it
      return route.abort();
    });
    const send = dialog.getByRole('button', { name: 'Silence', exact: true });
    await send.click();
    await dialog.getByRole('alert').waitFor();
    await send.click();
    await dialog.waitFor({ state: 'detached' });
    const silences = page.getByRole('list', { name: 'Silences' });
    await silences.getByText('the answer is lost').first().waitFor();
    expect([lost, await silences.getByText('the answer is lost').count()]).toEqual([1, 1]);
  });

  it('sends a test message through each channel, and says what came back', async () => {
    await using open = await world.open('/alerts', { language: 'en' });
    const { page, problems } = open;
    const before = receiver.arrived.length;
    await page.getByRole('button', { name: 'Send a test message' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('arrived', { exact: true }).waitFor();
    await new Keyboard(page).has('Send a test message'); // and is not lost with a button that waits
    await page.getByText('HTTP_200').waitFor();
    expect(receiver.arrived.slice(before).map(({ body }) => (JSON.parse(body) as { subject: string }).subject)).toContain('test');
    expect(problems).toEqual([]);
  });

  it('tells on the first screen of what fires and nothing else there tells, until an operator silences it', async () => {
    await using open = await world.open('', { language: 'en' });
    const { page, problems } = open;
    await page.getByRole('heading', { name: 'Last night' }).waitFor();
    await world.database.column(
      `insert into batch.alert (id, kind, subject, facts, first_at, last_at)
       values (gen_random_uuid(), 'SLOT_SKIPPED', gen_random_uuid()::text, '{"code": "OVERLAP", "slot": "2026-03-01T00:00:00Z"}', now(), now())`,
      [],
    );
    const finding = page.getByRole('listitem').filter({ hasText: 'An earlier run was still going' });
    await finding.getByRole('link', { name: 'Look at it' }).waitFor();
    await page.getByRole('link', { name: 'All alerts' }).click();
    await page.getByRole('list', { name: 'Firing now' }).getByRole('button', { name: 'Silence: Night skipped' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('All of this kind').click();
    await dialog.getByLabel('Reason').fill('the holiday');
    await dialog.getByRole('button', { name: 'Silence', exact: true }).click();
    const silences = page.getByRole('list', { name: 'Silences' }).getByRole('listitem');
    await silences.filter({ hasText: 'the holiday' }).getByText('all of this kind').waitFor();
    await page.getByRole('link', { name: 'Last night' }).first().click();
    await page.getByText('of them silenced').waitFor();
    expect(await finding.count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it('silences an alert with why by keyboard alone, and ends the silence so', async () => {
    await using open = await world.open('/alerts');
    const { page, problems } = open;
    const keys = new Keyboard(page);
    await world.database.column(
      `insert into batch.alert (id, kind, subject, facts, first_at, last_at)
       values (gen_random_uuid(), 'RUN_FAILED', gen_random_uuid()::text, '{"code": "FAULT", "program": "daily", "recordDate": "2026-03-01"}', now(), now())`,
      [],
    );
    const firing = page.getByRole('list', { name: '지금 발생 중' });
    const failed = firing.getByRole('listitem').filter({ hasText: '실행 실패' });
    await failed.waitFor();
    await keys.enter('알림 끄기: 실행 실패');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await keys.staysInDialog()).toBe(true);
    await keys.reach(/^이 건만/);
    await page.keyboard.press('ArrowDown');
    expect(await dialog.getByRole('radio', { name: /^이 종류 전체/ }).isChecked()).toBe(true);
    await keys.reach(/^기간/);
    await page.keyboard.press('ArrowUp');
    expect(await dialog.getByLabel('기간').inputValue()).toBe('4');
    await keys.type(/^이유/, '기록을 고치는 중');
    await page.keyboard.press('Enter'); // a form is sent from its field
    const silence = page.getByRole('list', { name: '꺼 둔 알림' }).getByRole('listitem').filter({ hasText: '실행 실패' });
    await silence.getByText('“기록을 고치는 중”').waitFor();
    await failed.getByText('꺼 둠').waitFor();
    await until(async () => (await keys.focused()) !== undefined); // the button that was pressed is gone, and the focus is not lost with it
    await keys.enter('알림 다시 켜기: 실행 실패');
    await page.getByRole('dialog', { name: '알림 다시 켜기: 실행 실패' }).waitFor();
    await keys.enter('알림 다시 켜기');
    await silence.waitFor({ state: 'detached' });
    await failed.getByText('꺼 둠').waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
  });
});
