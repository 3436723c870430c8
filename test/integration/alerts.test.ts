import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pauseRun, resumeRun } from '../../src/application/run/pause-run.js';
import { readConfig } from '../../src/config/config.js';
import { judgeAlerts } from '../../src/doctor/alerts.js';
import { MAX_SILENCES } from '../../src/domain/alert/silence.js';
import { MAX_TRIES } from '../../src/domain/alert/delivery-waits.js';
import { type AlertGround, makeAlertGround, sendAll, WEBHOOK_SECRET } from '../support/alert-ground.js';
import { startAlertReceiver, taken, type Answer } from '../support/alert-receiver.js';
import { CANARIES, holdsCanary } from '../support/canaries.js';

let ground: AlertGround;
let batch: AlertGround['batch'];
beforeAll(async () => {
  ground = await makeAlertGround(100);
  ({ batch } = ground);
});
afterAll(() => batch.close());

const pause = (id: string): Promise<unknown> =>
  pauseRun(batch.deps, id, { cause: 'OPERATOR', reason: `${CANARIES.join(' ')} of user 47110815` }, 'test');

describe('An alert', () => {
  it('is raised once for an event, however many processes follow the log, and is over when a later run completes well', async () => {
    await ground.follow();
    await ground.forget();
    const id = await batch.run();
    await Promise.all([ground.follow(), ground.follow(), ground.follow()]);
    await ground.follow();
    const [alert, ...more] = await ground.about(id);
    expect([alert?.kind, alert?.count, alert?.state, more]).toEqual(['RUN_FAILURES', 1, 'OPEN', []]);
    expect(alert?.facts).toEqual({ program: 'daily', recordDate: expect.any(String), users: 10, of: 80 });
    expect(alert?.deliveries.map(({ channel, message, state }) => [channel, message, state])).toEqual([['WEBHOOK', 'RAISED', 'WAITING']]);
  });

  it('of a run that is repeated is counted in the one that is open, and a pause between two is no end', async () => {
    const id = await batch.request();
    await pause(id);
    await ground.follow();
    await resumeRun(batch.deps, id, 'test');
    while (await ground.follower(3_600_000).step());
    expect((await ground.about(id))[0]?.state).toBe('OPEN');
    await pause(id);
    await ground.follow();
    expect((await ground.about(id)).map(({ kind, count, state }) => [kind, count, state])).toEqual([['RUN_PAUSED', 2, 'OPEN']]);
  });

  it('says that advice was not ready, by what the log says of that time, and is over when the run has completed', async () => {
    await ground.forget();
    const readyBy = new Date(Date.now() - 1_000).toISOString();
    const id = await batch.request({ readyBy });
    await ground.follow();
    const [alert] = await ground.about(id);
    expect([alert?.kind, alert?.state, alert?.facts.users, alert?.facts.of]).toEqual(['NOT_READY', 'OPEN', 100, 100]);
  });

  it('is not made of a dry run, and one that is not due yet is not looked at', async () => {
    const dry = await batch.run({ dryRun: true });
    const later = await batch.request({ readyBy: new Date(Date.now() + 3_600_000).toISOString() });
    await ground.follow();
    expect([await ground.about(dry), await ground.about(later)]).toEqual([[], []]);
  });

  it('of a condition is open while it holds, once', async () => {
    await ground.forget();
    await ground.follow(new Map([['JOB_STORE_AWAY', true]]));
    await ground.follow(new Map([['JOB_STORE_AWAY', true]]));
    expect((await ground.about('service')).map(({ kind, count, state }) => [kind, count, state])).toEqual([['JOB_STORE_AWAY', 1, 'OPEN']]);
    await ground.follow(new Map());
    expect((await ground.about('service'))[0]?.state).toBe('OPEN');
    await ground.follow(new Map([['JOB_STORE_AWAY', false]]));
    await ground.follow();
    expect((await ground.about('service'))[0]?.state).toBe('RESOLVED');
  });
});

describe('A message', () => {
  const failures: readonly [string, Answer][] = [
    ['answers 500', (response) => void response.writeHead(500).end()],
    ['answers 429', (response) => void response.writeHead(429, { 'retry-after': '0' }).end()],
    ['answers with a redirect', (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['answers with garbage', (response) => void response.socket?.end('SSH-2.0-OpenSSH\r\n')],
    ['hangs up', (response) => void response.socket?.destroy()],
  ];

  it.each(failures)('is sent again, with the same key, to an endpoint that %s', async (_, fault) => {
    await ground.forget();
    await ground.follow(new Map([['LOG_LAGGING', true]]));
    await using receiver = await startAlertReceiver((response, message, nth) => (nth === 1 ? fault : taken)(response, message, nth));
    await sendAll(ground.senderTo(receiver, 1_000));
    expect(receiver.arrived.map(({ key }) => key)).toEqual([receiver.arrived[0]?.key, receiver.arrived[0]?.key]);
    expect((await ground.about('service'))[0]?.deliveries).toMatchObject([{ state: 'SENT', attempts: 2, lastCode: 'HTTP_200' }]);
    await sendAll(ground.senderTo(receiver));
    expect(receiver.arrived).toHaveLength(2);
  });

  const endings: readonly [string, Answer][] = [
    ['never ends its answer', (response) => void response.writeHead(200).write('x')],
    [
      'breaks its answer off',
      (response) => void response.writeHead(200, { 'content-length': 10 }).write('x', () => response.socket?.destroy()),
    ],
    ['answers with more than anybody reads', (response) => void response.writeHead(200).end('x'.repeat(2_000_000))],
  ];
  it.each(endings)('is sent once to an endpoint that says that it took it and %s', async (_, answer) => {
    await ground.forget();
    await ground.follow(new Map([['LOG_LAGGING', true]]));
    await using receiver = await startAlertReceiver(answer);
    await sendAll(ground.senderTo(receiver));
    await sendAll(ground.senderTo(receiver));
    expect(receiver.arrived).toHaveLength(1);
    expect((await ground.about('service'))[0]?.deliveries).toMatchObject([{ state: 'SENT', attempts: 1, lastCode: 'HTTP_200' }]);
  });

  it('is signed, holds no word of an operator and no user, and leads to the console; the end follows it', async () => {
    await ground.forget();
    const id = await batch.request();
    await pause(id);
    await ground.follow();
    await resumeRun(batch.deps, id, 'test');
    await ground.follow();
    await using receiver = await startAlertReceiver();
    await sendAll(ground.senderTo(receiver));
    const bodies = receiver.arrived.map(({ body }) => JSON.parse(body) as { state: string; link: string; id: string });
    expect(bodies.map(({ state }) => state)).toEqual(['OPEN', 'RESOLVED']);
    expect(bodies[0]?.link).toBe(`https://batch.example.org/console/runs/${id}`);
    for (const { headers, body, key } of receiver.arrived) {
      const signature = createHmac('sha256', WEBHOOK_SECRET).update(`${headers['x-ibsafe-timestamp']}.${body}`).digest('hex');
      expect(headers['x-ibsafe-signature']).toBe(`v1=${signature}`);
      expect([holdsCanary(body), /\b47110815\b/.test(body), (JSON.parse(body) as { id: string }).id]).toEqual([false, false, key]);
    }
  });

  it('is not sent during a silence, and is sent after it when it still goes on', async () => {
    await ground.forget();
    const order = { kind: 'RUN_PAUSED', until: new Date(Date.now() + 3_600_000), reason: 'the endpoint is being moved' } as const;
    const silence = await ground.desk.silence(order, { actor: 'test' });
    const [over, lasting] = [await batch.request(), await batch.request()];
    await pause(over);
    await pause(lasting);
    await ground.follow();
    await resumeRun(batch.deps, over, 'test');
    await ground.follow();
    await using receiver = await startAlertReceiver();
    await sendAll(ground.senderTo(receiver));
    expect([receiver.arrived, (await ground.about(over))[0]?.silenced]).toEqual([[], true]);
    await ground.desk.endSilence('id' in silence ? silence.id : '', 'test');
    await sendAll(ground.senderTo(receiver));
    expect(receiver.arrived.map(({ body }) => (JSON.parse(body) as { subject: string }).subject)).toEqual([lasting]);
    expect((await ground.about(over))[0]?.deliveries).toMatchObject([{ message: 'RAISED', state: 'SILENCED' }]);
  });

  it('is given up after its last try, which the doctor says', async () => {
    await ground.forget();
    await ground.follow(new Map([['MODEL_UNREADABLE', true]]));
    await batch.rows('update batch.alert_delivery set attempts = $1', [MAX_TRIES - 1]);
    await using receiver = await startAlertReceiver((response) => void response.writeHead(404).end());
    await sendAll(ground.senderTo(receiver));
    expect((await ground.about('service'))[0]?.deliveries).toMatchObject([
      { state: 'GIVEN_UP', attempts: MAX_TRIES, lastCode: 'HTTP_404' },
    ]);
    const found = await judgeAlerts(readConfig({}), batch.pool);
    expect([found.status, found.found]).toEqual(['warning', expect.stringContaining('1 message was given up, and 0 wait')]);
    expect(found.found).toContain('WEBHOOK HTTP_404');
    await batch.rows("update batch.alert_delivery set state = 'SENT', last_code = 'SMTP_550_FOR_1_OF_2'");
    const partly = await judgeAlerts(readConfig({}), batch.pool);
    expect(partly).toMatchObject({ status: 'warning', found: expect.stringMatching(/SMTP_550_FOR_1_OF_2\); 1 was refused for some/) });
  });
});

describe('A silence', () => {
  it.each([
    ['SILENCE_TOO_LONG', { until: new Date(Date.now() + 31 * 86_400_000), reason: 'r' }],
    ['SILENCE_TOO_LONG', { until: new Date(0), reason: 'r' }],
    ['REASON_MISSING', { until: new Date(Date.now() + 60_000), reason: ' ' }],
    ['REASON_UNPRINTABLE', { until: new Date(Date.now() + 60_000), reason: 'a\nb' }],
  ])('is refused with %s', async (code, order) => {
    expect(await ground.desk.silence({ kind: 'RUN_FAILED', ...order }, { actor: 'test' })).toMatchObject({ code });
  });

  it('is refused where no list would show them all, until others end', async () => {
    const order = { kind: 'RUN_PAUSED', until: new Date(Date.now() + 60_000), reason: 'r' } as const;
    const make = () => ground.desk.silence(order, { actor: 'test' });
    for (let going = (await ground.desk.silences()).length; going < MAX_SILENCES - 1; going += 1) await make();
    const atOnce = await Promise.all(Array.from({ length: 6 }, make)); // one of them is the last that there is room for
    expect(atOnce.filter((each) => 'id' in each)).toHaveLength(1);
    expect(await make()).toMatchObject({ code: 'TOO_MANY_SILENCES' });
    expect(await ground.desk.silences()).toHaveLength(MAX_SILENCES);
    for (const { id } of await ground.desk.silences()) await ground.desk.endSilence(id, 'test');
    expect(await make()).toHaveProperty('id');
  });
});
