import { describe, expect, it } from '@jest/globals';
import { webhookChannel } from '../../src/alerts/channels/webhook.js';
import { startOddServer } from '../support/odd-server.js';
import { message } from '../support/told-alert.js';

/** ms in which an answer comes, however busy the machine is. */
const IN_TIME_MS = 60_000;

describe('The connection of a webhook', () => {
  it('may be closed by the other side in the moment of the next message: that goes out over one of its own', async () => {
    const used = new WeakSet<object>();
    await using server = await startOddServer((socket) => {
      if (used.has(socket)) socket.resetAndDestroy();
      else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'); // and might be kept
      used.add(socket);
    });
    const hook = webhookChannel({ url: `${server.origin}/hook`, format: 'json', secret: undefined });
    for (let nth = 1; nth <= 2; nth += 1)
      expect(await hook.send(message(), AbortSignal.timeout(IN_TIME_MS))).toEqual({ ok: true, code: 'HTTP_200' });
    expect(server.asked).toHaveLength(2);
  });
});
