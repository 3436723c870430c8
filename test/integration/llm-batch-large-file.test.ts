import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { HttpBatchEndpoint } from '../../src/generators/llm/batch/batch-endpoint.js';
import { AnswerReader } from '../../src/generators/llm/batch/batch-lines.js';

describe('the files of a batch', () => {
  test('a file of 190 MB is read by its lines: no more of it is in memory than the line that is under way', async () => {
    const junk = Buffer.from(`${'x'.repeat(9_999)}\n`.repeat(100));
    const send = async (response: ServerResponse): Promise<void> => {
      for (let sent = 0; sent < 190_000_000; sent += junk.byteLength) if (!response.write(junk)) await once(response, 'drain');
      response.end('{"custom_id":"c7","response":{"status_code":200,"body":{"choices":[{"message":{"content":"a"}}]}}}');
    };
    const server = createServer((_, response) => void send(response));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const endpoint = new HttpBatchEndpoint({ baseUrl: url, apiKey: 'key', timeoutMs: 60_000 });
    const read = new AnswerReader(new Map([['c7', { sentBytes: 70, limit: 500 }]]), new Date());
    let most = 0;
    const take = (line: string | undefined): void => {
      read.take(line);
      if (read.strange % 1_000 === 0) most = Math.max(most, process.memoryUsage().arrayBuffers);
    };
    const before = process.memoryUsage().arrayBuffers;
    expect(await endpoint.content('file' as Parameters<typeof endpoint.content>[0], take)).toBe(true);
    expect([read.strange, [...read.answers.keys()]]).toEqual([19_000, ['c7']]);
    // Pieces that came are given back in steps of some 64 MB; a file that is kept whole takes its length and more.
    expect(most - before).toBeLessThan(130_000_000);
    server.closeAllConnections();
    server.close();
  });
});
