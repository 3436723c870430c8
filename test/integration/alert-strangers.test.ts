import { networkInterfaces } from 'node:os';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlertWatch } from '../../src/alerts/alert-watch.js';
import { AlertFollower } from '../../src/alerts/follower.js';
import { emailChannel } from '../../src/alerts/channels/email.js';
import { webhookChannel } from '../../src/alerts/channels/webhook.js';
import { AlertSender } from '../../src/alerts/sender.js';
import type { Channel } from '../../src/alerts/channels/channel.js';
import { waitAfter } from '../../src/domain/alert/delivery-waits.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { startMailServer } from '../support/mail-server.js';
import { flood, startOddServer, trickle, words, type OddAnswer } from '../support/odd-server.js';
import { message } from '../support/told-alert.js';
import { until } from '../support/until.js';

const TOKEN = 'the-token-of-the-path';
const SECRET = 'a secret of the test of no less than 32 bytes';
const hook = (origin: string): Channel => webhookChannel({ url: `${origin}/${TOKEN}?key=${TOKEN}`, format: 'json', secret: SECRET });
const redirect = (status: number, to: string): OddAnswer => words(`HTTP/1.1 ${status} Elsewhere\r\nlocation: ${to}\r\ncontent-length: 0\r\n\r\n`); // prettier-ignore
const refusal = (after: string): OddAnswer => words(`HTTP/1.1 429 Later\r\nretry-after: ${after}\r\ncontent-length: 0\r\n\r\n`);

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

/** 100 MB of zeros, packed. */
const BOMB = gzipSync(Buffer.alloc(100_000_000));

/** ms in which an answer comes, however busy the machine is. */
const IN_TIME_MS = 60_000;

describe('What a webhook answers', () => {
  const odd: readonly [string, OddAnswer, string][] = [
    ['a header that trickles', trickle('HTTP/1.1 200 OK\r\nx-a: '), 'NO_ANSWER_IN_TIME'],
    ['a header without an end', flood('HTTP/1.1 200 OK\r\nx-a: ', 'x'.repeat(65_536)), 'NOT_HTTP'],
    ['headers without an end', flood('HTTP/1.1 200 OK\r\n', `${'x-a: 1'.padEnd(60, '1')}\r\n`.repeat(1_000)), 'NOT_HTTP'],
    ['interim answers without an end', flood('', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(100)), 'NOT_HTTP'],
    ['101', words('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'), 'NOT_HTTP'],
    ['an end without a word', (socket) => void socket.end(), 'NO_CONNECTION'],
    ['a reset without a word', (socket) => void socket.resetAndDestroy(), 'NO_CONNECTION'],
    ['an end in the middle of a header', (socket) => void socket.end('HTTP/1.1 200 OK\r\nx-a: '), 'NO_CONNECTION'],
    ['two lengths', words('HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 2\r\n\r\nab'), 'NOT_HTTP'],
    ['another protocol', words('220 mail.example.org ESMTP\r\n'), 'NOT_HTTP'],
    ['silence', () => undefined, 'NO_ANSWER_IN_TIME'],
  ];
  it.each(odd)('may be %s: the try ends in its time with a code, and its connection with it', async (_, answer, code) => {
    await using server = await startOddServer(answer);
    expect(await hook(server.origin).send(message(), AbortSignal.timeout(code === 'NO_ANSWER_IN_TIME' ? 700 : IN_TIME_MS))).toEqual({ ok: false, code }); // prettier-ignore
    await server.isLeft();
  });

  it.each([301, 302, 303, 307, 308])('may be %s to another host: nothing is sent there', async (status) => {
    await using other = await startOddServer(words('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
    await using server = await startOddServer(redirect(status, `${other.origin}/`));
    expect(await hook(server.origin).send(message(), AbortSignal.timeout(IN_TIME_MS))).toMatchObject({ ok: false, code: `HTTP_${status}` });
    expect([server.asked.length, other.asked]).toEqual([1, []]);
  });

  it.each(['file:///etc/passwd', '/the-same', 'http://[::1', ''])(
    'may lead to %j: it is one more answer that is no success',
    async (to) => {
      await using server = await startOddServer(redirect(307, to));
      expect(await hook(server.origin).send(message(), AbortSignal.timeout(IN_TIME_MS))).toMatchObject({ ok: false, code: 'HTTP_307' });
      expect(server.asked).toHaveLength(1);
    },
  );

  it.each([
    ['1', 5_000],
    ['60', 60_000],
    ['999999999999', 3_600_000],
    ['Fri, 31 Dec 2199 23:59:59 GMT', 3_600_000],
    ['Fri, 31 Dec 1999 23:59:59 GMT', 5_000],
    ['-5', 5_000],
    ['1e9', 5_000],
    ['soon', 5_000],
    ['Infinity', 5_000],
  ])('may ask for a wait of %j, which is heard within an hour', async (after, waitMs) => {
    await using server = await startOddServer(refusal(after));
    const sent = await hook(server.origin).send(message(), AbortSignal.timeout(IN_TIME_MS));
    expect(sent).toMatchObject({ ok: false, code: 'HTTP_429' });
    expect(waitAfter(1, 5_000, sent.ok ? 0 : sent.waitMs)).toBe(waitMs);
  });

  it.each<[string, OddAnswer]>([
    [
      'a body that unpacks to 100 MB',
      (socket) =>
        void socket.write(
          Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${BOMB.byteLength}\r\n\r\n`), BOMB]),
        ),
    ],
    ['more than it said', words('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nabHTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n')],
    [
      'interim answers before its own',
      words('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'),
    ],
    ['a body without an end', flood('HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n', 'x'.repeat(65_536))],
    ['a body that trickles', trickle('HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n')],
    ['less than it said', (socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\nab')],
    [
      'a reset in the middle of its body',
      (socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\nab', () => socket.resetAndDestroy()),
    ],
    ['a chunk of no size', words('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n')],
    ['a body where there is none', words('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\nabc')],
  ])('may be %s: what it says is heard, once, and the next message goes out as ever', async (_, answer) => {
    await using server = await startOddServer(answer);
    const held = process.memoryUsage().arrayBuffers;
    for (let nth = 1; nth <= 2; nth += 1) {
      expect(await hook(server.origin).send(message(), AbortSignal.timeout(IN_TIME_MS))).toEqual({ ok: true, code: 'HTTP_200' });
      expect(server.asked).toHaveLength(nth);
    }
    await server.isLeft();
    expect(process.memoryUsage().arrayBuffers - held).toBeLessThan(90_000_000);
  });

  (hasIpv6 ? it : it.skip)(`is heard from an address of IPv6${hasIpv6 ? '' : ' (not measured: this machine has none)'}`, async () => {
    await using server = await startOddServer(words('HTTP/1.1 204 Taken\r\n\r\n'), { host: '::1' });
    expect(await hook(server.origin).send(message(), AbortSignal.timeout(IN_TIME_MS))).toEqual({ ok: true, code: 'HTTP_204' });
  });
});

describe('What a mail server says', () => {
  it.each<[string, string]>([
    ['a line without an end', 'x'],
    ['lines without an end', '220-more\r\n'],
  ])('may be %s: the try ends in its time, and its connection with it', async (_, piece) => {
    for (const greets of [trickle('220-', piece), flood('220-', piece.repeat(10_000))]) {
      await using server = await startOddServer(greets, { speaksFirst: true });
      const channel = emailChannel({
        url: server.origin.replace('http', 'smtp'),
        from: 'a@example.org',
        to: ['b@example.org'],
        timeoutMs: 700,
      });
      expect(await channel.send(message(), AbortSignal.timeout(700))).toMatchObject({
        ok: false,
        code: expect.stringMatching(/^[A-Z_]+$/),
      });
      await server.isLeft();
    }
  });
});

describe('A webhook that takes its time for every message', () => {
  let batch: TestBatch;
  beforeAll(async () => {
    batch = await createTestBatch({ users: 1 });
  });
  afterAll(() => batch.close());

  it('keeps no mail waiting, and no alert from being raised', async () => {
    const mail = await startMailServer();
    await using server = await startOddServer(trickle('HTTP/1.1 200 OK\r\nx-a: '));
    const channels = [hook(server.origin), emailChannel({ url: mail.url, from: 'a@example.org', to: ['b@example.org'], timeoutMs: 5_000 })];
    // More than are sent at once, all of them due before the mails.
    await batch.rows(
      `with raised as (insert into batch.alert (id, kind, subject, facts, first_at, last_at)
         select gen_random_uuid(), 'RUN_FAILED', 'run ' || n, '{}', now(), now() from generate_series(1, 20) n returning id)
       insert into batch.alert_delivery (id, alert_id, channel, message, next_at)
         select gen_random_uuid(), id, channel, 'RAISED', now() - later * interval '1 minute' from raised, (values ('WEBHOOK', 2), ('EMAIL', 1)) as due (channel, later)`,
    );
    const follower = new AlertFollower(batch.pool, {
      channels: channels.map(({ name }) => name),
      failuresPercent: 1,
      readyPercent: 99,
      settleMs: 0,
    });
    const failures: unknown[] = [];
    const senders = channels.map(
      (channel) => new AlertSender(batch.pool, { channel, wording: { language: 'en', consoleUrl: undefined }, timeoutMs: 60_000, firstWaitMs: 0, onTry: () => undefined }), // prettier-ignore
    );
    const conditions = { seen: () => Promise.resolve(new Map([['LOG_LAGGING', true] as const])) };
    const watch = new AlertWatch({ follower, conditions, senders, everyMs: 5, onFailure: (_, error) => void failures.push(error) });
    watch.start();
    try {
      await until(() => Promise.resolve(server.asked.length >= 8)); // as many as are sent at once, and none of them ends
      await until(() => Promise.resolve(mail.ids.length >= 21)); // with the one that was raised meanwhile
      expect([mail.ids.length, server.asked.length, failures]).toEqual([21, 8, []]);
    } finally {
      await watch.stop(0);
      await mail.close();
    }
    await server.isLeft();
  });
});
