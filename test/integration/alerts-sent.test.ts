import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlertDesk, type Alert } from '../../src/alerts/alert-desk.js';
import { webhookChannel } from '../../src/alerts/channels/webhook.js';
import { AlertFollower, type Conditions } from '../../src/alerts/follower.js';
import { AlertSender } from '../../src/alerts/sender.js';
import { MAX_TRIES } from '../../src/domain/alert/delivery-waits.js';
import { startAlertReceiver, type AlertReceiver } from '../support/alert-receiver.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { until } from '../support/until.js';

const SECRET = 'a secret of the test of no less than 32 bytes';
const never = new AbortController().signal;

let batch: TestBatch;
let desk: AlertDesk;
beforeAll(async () => {
  batch = await createTestBatch({ users: 10 });
  desk = new AlertDesk(batch.pool);
});
afterAll(() => batch.close());

const follower = (settleMs = 0): AlertFollower =>
  new AlertFollower(batch.pool, { channels: ['WEBHOOK'], failuresPercent: 1, readyPercent: 99, settleMs });
async function follow(conditions?: Conditions): Promise<void> {
  // A transaction of another test in this cluster hides events until it ends.
  const hidden = 'select from batch.event where xid >= (select batch.log_horizon()) limit 1';
  await until(async () => (await batch.rows(hidden)).length === 0);
  while (await follower().step(conditions));
}
const senderTo = (receiver: AlertReceiver, timeoutMs = 5_000): AlertSender =>
  new AlertSender(batch.pool, {
    channel: webhookChannel({ url: receiver.url, format: 'json', secret: SECRET }),
    wording: { language: 'en', consoleUrl: 'https://batch.example.org' },
    timeoutMs,
    firstWaitMs: 0,
    onTry: () => undefined,
  });
async function sendAll(sender: AlertSender): Promise<void> {
  while ((await sender.sendDue(never)) > 0);
}
const about = async (subject: string): Promise<readonly Alert[]> =>
  (await desk.list({}, { first: 100 })).rows.filter((alert) => alert.subject === subject);
/** What other tests left is none of a test's own. */
const forget = (): Promise<unknown> => batch.rows('delete from batch.alert');

describe('A message', () => {
  it('is not given up by a stop of ours, which is no try', async () => {
    await forget();
    await follow(new Map([['LOG_LAGGING', true]]));
    await batch.rows('update batch.alert_delivery set attempts = $1', [MAX_TRIES - 1]);
    await using receiver = await startAlertReceiver(() => undefined);
    const stop = new AbortController();
    const sending = senderTo(receiver).sendDue(stop.signal);
    await until(() => Promise.resolve(receiver.arrived.length === 1));
    stop.abort();
    await sending;
    expect((await about('service'))[0]?.deliveries).toMatchObject([{ state: 'WAITING', attempts: MAX_TRIES - 1 }]);
  });

  it('of a kind that a later release knows is sent by its name, and keeps no other waiting', async () => {
    await forget();
    await follow(new Map([['LOG_LAGGING', true]]));
    await batch.rows("update batch.alert set kind = 'OF_A_LATER_RELEASE'");
    await follow(new Map([['JOB_STORE_AWAY', true]]));
    await using receiver = await startAlertReceiver();
    await sendAll(senderTo(receiver));
    const bodies = receiver.arrived.map(({ body }) => JSON.parse(body) as { kind: string; title: string });
    expect(bodies.map(({ kind }) => kind).toSorted()).toEqual(['JOB_STORE_AWAY', 'OF_A_LATER_RELEASE']);
    expect(bodies.find(({ kind }) => kind === 'OF_A_LATER_RELEASE')?.title).toContain('OF_A_LATER_RELEASE');
  });
});
