import { AlertDesk, type Alert } from '../../src/alerts/alert-desk.js';
import { webhookChannel } from '../../src/alerts/channels/webhook.js';
import { AlertFollower, type Conditions } from '../../src/alerts/follower.js';
import { AlertSender } from '../../src/alerts/sender.js';
import type { AlertReceiver } from './alert-receiver.js';
import { createTestBatch, type TestBatch } from './batch-fixture.js';
import { until } from './until.js';

/** Signs what a sender of the ground sends. */
export const WEBHOOK_SECRET = 'a secret of the test of no less than 32 bytes';

/** A database of patients, whose log a test follows for alerts and whose messages it sends. Over when its `batch` is closed. */
export interface AlertGround {
  readonly batch: TestBatch;
  readonly desk: AlertDesk;
  readonly follower: (settleMs?: number) => AlertFollower;
  /** Follows the log to its end. */
  readonly follow: (conditions?: Conditions) => Promise<void>;
  readonly senderTo: (receiver: AlertReceiver, timeoutMs?: number) => AlertSender;
  /** Alerts of a subject. */
  readonly about: (subject: string) => Promise<readonly Alert[]>;
  /** Takes away what other tests left: it is none of a test's own. */
  readonly forget: () => Promise<unknown>;
}

export async function makeAlertGround(users: number): Promise<AlertGround> {
  const batch = await createTestBatch({ users });
  const desk = new AlertDesk(batch.pool);
  const follower: AlertGround['follower'] = (settleMs = 0) =>
    new AlertFollower(batch.pool, { channels: ['WEBHOOK'], failuresPercent: 1, readyPercent: 99, settleMs });
  return {
    batch,
    desk,
    follower,
    async follow(conditions) {
      // A transaction of another test in this cluster hides events until it ends.
      const hidden = 'select from batch.event where xid >= (select batch.log_horizon()) limit 1';
      await until(async () => (await batch.rows(hidden)).length === 0);
      while (await follower().step(conditions));
    },
    senderTo: (receiver, timeoutMs = 5_000) =>
      new AlertSender(batch.pool, {
        channel: webhookChannel({ url: receiver.url, format: 'json', secret: WEBHOOK_SECRET }),
        wording: { language: 'en', consoleUrl: 'https://batch.example.org' },
        timeoutMs,
        firstWaitMs: 0,
        onTry: () => undefined,
      }),
    about: async (subject) => (await desk.list({}, { first: 100 })).rows.filter((alert) => alert.subject === subject),
    forget: () => batch.rows('delete from batch.alert'),
  };
}

/** Sends until nothing is due. */
export async function sendAll(sender: AlertSender): Promise<void> {
  while ((await sender.sendDue(new AbortController().signal)) > 0);
}
