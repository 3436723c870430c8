import { expect, it } from '@jest/globals';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { DeadManSwitch } from '../../src/alerts/dead-man-switch.js';
import { briefAgent } from '../../src/runtime/tracing/brief-agent.js';
import { createTestBatch } from '../support/batch-fixture.js';
import { flood, startOddServer, trickle, words, type OddAnswer } from '../support/odd-server.js';

/** ms in which an answer comes, however busy the machine is. */
const IN_TIME_MS = 60_000;
const nothing = (): void => undefined;
const redirect = (to: string): OddAnswer => words(`HTTP/1.1 307 Elsewhere\r\nlocation: ${to}\r\ncontent-length: 0\r\n\r\n`);

it("A dead man's switch whose watch answers without an end is tried again, and sends nothing where it is led", async () => {
  const batch = await createTestBatch({ users: 1 });
  try {
    await using other = await startOddServer(words('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
    for (const [answer, code] of [
      [redirect(`${other.origin}/`), 'HTTP_307'],
      [trickle('HTTP/1.1 200 OK\r\nx-a: '), 'NO_ANSWER_IN_TIME'],
      [flood('HTTP/1.1 200 OK\r\nx-a: ', 'x'.repeat(65_536)), 'NOT_HTTP'],
    ] as const) {
      await using server = await startOddServer(answer);
      await batch.rows('update batch.dead_man_switch set next_at = now()');
      const ping = new DeadManSwitch(batch.pool, { url: `${server.origin}/ping`, everyMs: 60_000, timeoutMs: 700, signs: () => Promise.resolve([]), onChange: nothing, onFailure: nothing }); // prettier-ignore
      expect(await ping.turn()).toEqual({ signs: [], code, ok: false });
      if (code !== 'HTTP_307') await server.isLeft();
    }
    await using endless = await startOddServer(trickle('HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n'));
    await batch.rows('update batch.dead_man_switch set next_at = now()');
    const heard = new DeadManSwitch(batch.pool, { url: endless.origin, everyMs: 60_000, timeoutMs: IN_TIME_MS, signs: () => Promise.resolve([]), onChange: nothing, onFailure: nothing }); // prettier-ignore
    expect(await heard.turn()).toEqual({ signs: [], code: 'HTTP_200', ok: true });
    await endless.isLeft();
    expect(other.asked).toEqual([]);
  } finally {
    await batch.close();
  }
});

it('A collector of traces that answers without an end is let go, so that the next spans are sent', async () => {
  await using server = await startOddServer(trickle('HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n'));
  const exporter = new OTLPTraceExporter({ url: `${server.origin}/v1/traces`, httpAgentOptions: (protocol) => briefAgent(protocol, 300) });
  const { promise, resolve } = Promise.withResolvers<unknown>();
  exporter.export([], resolve);
  expect(await promise).toEqual({ code: 1, error: expect.any(Error) });
  await server.isLeft();
  await exporter.shutdown();
});
