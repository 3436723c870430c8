import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MAX_TRIES } from '../../src/domain/alert/delivery-waits.js';
import { type AlertGround, makeAlertGround, sendAll } from '../support/alert-ground.js';
import { startAlertReceiver } from '../support/alert-receiver.js';
import { until } from '../support/until.js';

let ground: AlertGround;
let batch: AlertGround['batch'];
beforeAll(async () => {
  ground = await makeAlertGround(10);
  ({ batch } = ground);
});
afterAll(() => batch.close());

describe('A message', () => {
  it('is not given up by a stop of ours, which is no try', async () => {
    await ground.forget();
    await ground.follow(new Map([['LOG_LAGGING', true]]));
    await batch.rows('update batch.alert_delivery set attempts = $1', [MAX_TRIES - 1]);
    await using receiver = await startAlertReceiver(() => undefined);
    const stop = new AbortController();
    const sending = ground.senderTo(receiver).sendDue(stop.signal);
    await until(() => Promise.resolve(receiver.arrived.length === 1));
    stop.abort();
    await sending;
    expect((await ground.about('service'))[0]?.deliveries).toMatchObject([{ state: 'WAITING', attempts: MAX_TRIES - 1 }]);
  });

  it('of a kind that a later release knows is sent by its name, and keeps no other waiting', async () => {
    await ground.forget();
    await ground.follow(new Map([['LOG_LAGGING', true]]));
    await batch.rows("update batch.alert set kind = 'OF_A_LATER_RELEASE'");
    await ground.follow(new Map([['JOB_STORE_AWAY', true]]));
    await using receiver = await startAlertReceiver();
    await sendAll(ground.senderTo(receiver));
    const bodies = receiver.arrived.map(({ body }) => JSON.parse(body) as { kind: string; title: string });
    expect(bodies.map(({ kind }) => kind).toSorted()).toEqual(['JOB_STORE_AWAY', 'OF_A_LATER_RELEASE']);
    expect(bodies.find(({ kind }) => kind === 'OF_A_LATER_RELEASE')?.title).toContain('OF_A_LATER_RELEASE');
  });
});
