import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { openLocalModel } from '../../src/local-model/local-model.js';
import { openBatchedWorld } from '../support/batched-world.js';
import { Resources } from '../support/resources.js';

/** Stands before a model and hands on whatever is asked for; the content of files begins at once, and comes after so many ms or never. */
async function slowFiles(resources: Resources, afterMs?: number): Promise<string> {
  const model = resources.use(await openLocalModel({ port: 0, behave: () => ({ kind: 'sound' }) }));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '', headers } = request;
    if (url.endsWith('/content')) {
      response.writeHead(200, { 'content-type': 'application/jsonl' }).write('\n');
      if (afterMs === undefined) return;
      const content = await (await fetch(new URL(url, model.url))).text();
      return void setTimeout(() => response.end(content), afterMs);
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = chunks.length > 0 && { body: Buffer.concat(chunks) };
    const told = await fetch(new URL(url, model.url), { method, headers: { 'content-type': headers['content-type'] ?? '' }, ...body });
    response.writeHead(told.status, { 'content-type': 'application/json' }).end(await told.text());
  };
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  resources.use({ [Symbol.asyncDispose]: () => new Promise<void>((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }) }); // prettier-ignore
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

describe('a batch whose file is slow', () => {
  test('but comes whole is read after its time: it is paid for, and nobody is asked again', async () => {
    const resources = new Resources();
    const url = await slowFiles(resources, 4_000);
    const environment = { LLM_BASE_URL: url, LLM_BATCH_WINDOW_MS: '2000' };
    const world = resources.use(await openBatchedWorld(6, { environment }));
    const { runId, end } = await world.runToEnd();
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    const outcomes = await world.outcomes(runId);
    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.map(({ batch, generator }) => [batch, generator])).toEqual(outcomes.map(() => ['ANSWERED', 'LLM']));
    const ended = await world.events(runId, 'ModelBatchEnded');
    expect(ended.map(({ end: how }) => how)).toEqual(ended.map(() => 'COMPLETED'));
    await resources.end();
  });

  test('and has no end holds a run for as long as files may take and no longer: it is given up then, stays charged, and its patients are asked by calls', async () => {
    const resources = new Resources();
    const url = await slowFiles(resources);
    const environment = { LLM_BASE_URL: url, LLM_BATCH_WINDOW_MS: '1000', LLM_TIMEOUT_MS: '1500' };
    const world = resources.use(await openBatchedWorld(6, { environment }));
    const { runId, end } = await world.runToEnd();
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    const outcomes = await world.outcomes(runId);
    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.map(({ batch, generator }) => [batch, generator])).toEqual(outcomes.map(() => ['UNANSWERED', 'LLM']));
    const ended = await world.events(runId, 'ModelBatchEnded');
    expect(ended.map(({ end: how, chargedMicros }) => [how, Number(chargedMicros) > 0])).toEqual(ended.map(() => ['LATE', true]));
    await resources.end();
  });
});
