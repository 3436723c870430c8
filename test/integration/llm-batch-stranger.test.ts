import type { ServerResponse } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { openLocalModel, type LocalModel } from '../../src/local-model/local-model.js';
import { openBatchedWorld, type BatchedWorld } from '../support/batched-world.js';
import { startOddProvider, type Came, type OddProvider, type Oddity } from '../support/odd-provider.js';
import { Resources } from '../support/resources.js';
import { until } from '../support/until.js';

interface World extends AsyncDisposable {
  readonly world: BatchedWorld;
  readonly model: LocalModel;
  readonly odd: OddProvider;
}

/** A service that asks a model by batches through a provider that is odd. */
async function open(oddity: Oddity, environment: Readonly<Record<string, string>> = {}): Promise<World> {
  const resources = new Resources();
  const model = resources.use(await openLocalModel({ port: 0, behave: () => ({ kind: 'sound' }) }));
  const odd = resources.use(await startOddProvider(model.url, oddity));
  const world = resources.use(await openBatchedWorld(6, { environment: { LLM_BASE_URL: odd.url, ...environment } }));
  return { world, model, odd, [Symbol.asyncDispose]: () => resources.end() };
}

const isOrder = ({ method, path }: Came): boolean => method === 'POST' && path.endsWith('/batches');
const isList = ({ method, path }: Came): boolean => method === 'GET' && /\/(?:batches|files)\?/u.test(path);
const isContent = ({ path }: Came): boolean => path.endsWith('/content');
const isLook = ({ method, path }: Came): boolean => method === 'GET' && /\/batches\/[^/]+$/u.test(path);

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
const isInput = (path: string, asked: OddProvider['asked']): boolean => asked.some(({ body }) => isOrderOf(body, path));

/** How its users were asked, and how its batches ended. */
async function howOf(
  world: BatchedWorld,
  runId: string,
): Promise<{ asked: (string | null)[]; generators: (string | null)[]; ends: unknown[] }> {
  const outcomes = await world.outcomes(runId);
  const ended = await world.events(runId, 'ModelBatchEnded');
  return {
    asked: distinct(outcomes.map(({ batch }) => batch)),
    generators: distinct(outcomes.map(({ generator }) => generator)),
    ends: distinct(ended.map(({ end }) => end)),
  };
}

describe('a provider of batches', () => {
  test.each<[string, () => Oddity]>([
    ['puts a byte order mark before everything', () => ({ after: (_, told) => ({ ...told, body: `\uFEFF${told.body}` }) })],
    ['writes its states in capitals', () => ({ after: (_, told) => ({ ...told, body: told.body.replace(/"status":"(\w+)"/gu, (__, word: string) => `"status":"${word.toUpperCase()}"`) }) })], // prettier-ignore
    ['does not know a batch at the first looks', () => {
      let looks = 0;
      return { before: (came, response) => isLook(came) && (looks += 1) <= 2 && Boolean(response.writeHead(404).end('{}')) };
    }], // prettier-ignore
  ])('that %s is read as any other, and nobody is asked twice', async (_, oddity) => {
    await using opened = await open(oddity());
    const { world, model } = opened;
    const { runId, end } = await world.runToEnd();
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    expect(await howOf(world, runId)).toEqual({ asked: ['ANSWERED'], generators: ['LLM'], ends: ['COMPLETED'] });
    expect(model.account.calls.requests).toBe(0);
    expect(await world.charged(runId)).toBe(await world.costOf(runId));
  });

  test.each<[string, (came: Came) => string]>([
    ['a page of hundreds of thousands', () => `{"data":[${'0,'.repeat(450_000)}{"id":"x"}],"has_more":true}`],
    ['the same page for ever', () => '{"data":[{"id":"x"}],"has_more":true}'],
    ['no page that can be read', () => '<html>'],
  ])(
    'whose list is %s cannot tell of an order whose answer was lost: it stays charged, and its users are asked by calls',
    async (_, page) => {
      await using opened = await open({
        before: (came, response) => isList(came) && Boolean(response.writeHead(200).end(page(came))),
        after: (came, told) => (isOrder(came) ? { status: 200, body: 'thanks' } : told),
      });
      const { world } = opened;
      const { runId, end } = await world.runToEnd();
      expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
      expect(await howOf(world, runId)).toEqual({ asked: ['UNANSWERED'], generators: ['LLM'], ends: ['UNLISTED'] });
    },
  );

  test.each<[string, (came: Came, response: ServerResponse) => void]>([
    ['lead elsewhere', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
    ['are longer than any', (_, response) => void response.writeHead(200, { 'content-length': 300_000_000 }).write('x')],
    ['are refused', (_, response) => response.writeHead(403).end('{}')],
    ['are no answer of HTTP', (_, response) => response.socket?.end('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n')],
  ])('whose files %s is not waited for till late: it says so, stays charged, and its users are asked by calls', async (_, answer) => {
    await using opened = await open({
      before: (came, response) => {
        if (!isContent(came)) return false;
        answer(came, response);
        return true;
      },
    });
    const { world, odd } = opened;
    const { runId, end } = await world.runToEnd();
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    expect(await howOf(world, runId)).toEqual({ asked: ['UNANSWERED'], generators: ['LLM'], ends: ['UNREADABLE'] });
    const cancelled = odd.asked.filter(({ path }) => path.endsWith('/cancel'));
    expect([odd.asked.some(isContent), cancelled]).toEqual([true, []]);
    const charged = await world.events(runId, 'ModelBatchEnded');
    expect(charged.every(({ chargedMicros }) => Number(chargedMicros) > 0)).toBe(true);
  });

  test('that refuses an order without a status of HTTP is asked no second time: its users are asked by calls at once', async () => {
    await using opened = await open({
      before: (came, response) =>
        isOrder(came) && Boolean(response.writeHead(200).end('{"error":{"message":"no","type":"invalid_request_error"}}')),
    });
    const { world, odd } = opened;
    const { runId, end } = await world.runToEnd();
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    expect(await howOf(world, runId)).toEqual({ asked: ['UNANSWERED'], generators: ['LLM'], ends: ['REFUSED'] });
    expect(odd.asked.filter(isOrder)).toHaveLength((await world.events(runId, 'ModelBatchEnded')).length);
  });

  test('whose batch is in progress for ever, though it was told to end it, is left at its deadline', async () => {
    await using opened = await open(
      { after: (came, told) => (isLook(came) ? { ...told, body: told.body.replace(/"status":"\w+"/u, '"status":"in_progress"') } : told) },
      { LLM_BATCH_WINDOW_MS: '1000' },
    );
    const { world, odd } = opened;
    const { runId, end } = await world.runToEnd();
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    expect(await howOf(world, runId)).toEqual({ asked: ['UNANSWERED'], generators: ['LLM'], ends: ['LATE'] });
    expect(odd.asked.some(({ path }) => path.endsWith('/cancel'))).toBe(true);
  });

  test('whose list has new pages without an end, each of them slow, makes no night late: what it was sent stays charged', async () => {
    let pages = 0;
    await using opened = await open(
      {
        before: (came, response) => {
          if (isList(came)) setTimeout(() => response.writeHead(200).end(`{"data":[{"id":"x${(pages += 1)}"}],"has_more":true}`), 400);
          return isList(came);
        },
        after: (came, told) => (isOrder(came) ? { status: 200, body: 'thanks' } : told),
      },
      { LLM_BATCH_WINDOW_MS: '1000' },
    );
    const { world } = opened;
    const { runId, end } = await world.runToEnd();
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    expect(await howOf(world, runId)).toEqual({ asked: ['UNANSWERED'], generators: ['LLM'], ends: ['LATE'] });
    expect(pages).toBeLessThan(50); // the search was ended before its last page
  });

  test('that keeps a file for good keeps no other one: each is deleted by itself', async () => {
    const kept = new Set<string>();
    let asked: OddProvider['asked'] = [];
    await using opened = await open({
      before: ({ method, path }, response) => {
        if (method !== 'DELETE' || !isInput(path, asked)) return false;
        kept.add(path);
        response.writeHead(403).end('{}');
        return true;
      },
    });
    asked = opened.odd.asked;
    const { world, model } = opened;
    await world.runToEnd();
    await until(() => Promise.resolve(model.files.length > 0 && model.files.every((name) => name.startsWith('ibsafe-'))));
    expect(kept.size).toBe(2);
    expect(model.files).toHaveLength(2);
  });

  test('that refuses an order and can list nothing keeps no file of it: it is deleted while its id is known', async () => {
    await using opened = await open({
      before: (came, response) => (isOrder(came) || isList(came)) && Boolean(response.writeHead(400).end('{}')),
    });
    const { world, model } = opened;
    const { runId } = await world.runToEnd();
    expect(await howOf(world, runId)).toEqual({ asked: ['UNANSWERED'], generators: ['LLM'], ends: ['REFUSED'] });
    expect(opened.odd.asked.filter(({ method, path }) => method === 'POST' && path.endsWith('/files'))).toHaveLength(2);
    expect(model.files).toEqual([]);
    await world.nothingLeft();
  });
});

/** Whether an order was of this file. */
function isOrderOf(body: Buffer, path: string): boolean {
  const text = body.toString();
  return text.startsWith('{"input_file_id"') && (JSON.parse(text) as { input_file_id: string }).input_file_id === path.split('/').at(-1);
}
