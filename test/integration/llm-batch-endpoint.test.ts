import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { HttpBatchEndpoint } from '../../src/generators/llm/batch/batch-endpoint.js';
import { AnswerReader, askingLine, type LineAnswers } from '../../src/generators/llm/batch/batch-lines.js';
import type { ProviderBatch } from '../../src/generators/llm/batch/provider-batch.js';
import { GatheredLines } from '../../src/base/gathered-lines.js';
import { MAX_BODY } from '../../src/base/bounded-post.js';
import { ModelFailure } from '../../src/generators/llm/model-failure.js';
import type { BatchBehaviour, BatchFault } from '../../src/local-model/batch-faults.js';
import { openLocalModel, type LocalModel, type LocalModelOptions } from '../../src/local-model/local-model.js';

const KEY = '0198f0a0-0000-4000-8000-00000000000b';
const QUESTION = { model: 'local', messages: [{ role: 'user', content: 'b 2: 1죽/2두부*\nl 2: 3밥/4나물+\nd 1: 5국\np: [1]' }] };
const SENT = { sentBytes: 70, limit: 500 };
const folder = mkdtempSync(join(tmpdir(), 'local-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A line that answers the nth question. */
const lineOf = (n: number, more: object = {}): string =>
  JSON.stringify({ custom_id: `c${n}`, response: { status_code: 200, body: { choices: [{ message: { content: 'a' } }] } }, ...more });

describe('the batches of an endpoint, over HTTP', () => {
  test('a batch is sent, found by its key, read, and leaves no file behind', async () => {
    await using world = await open();
    const { endpoint, model } = world;
    const batch = await send(world, 4);
    expect(await endpoint.withKey(KEY)).toEqual([expect.objectContaining({ id: batch.id, key: KEY })]);
    expect(await endpoint.withKey('another')).toEqual([]);
    const { ended, read } = await fetched(world, batch, 4);
    expect(ended).toMatchObject({ state: 'ENDED', isWhole: true });
    expect([...read.answers.keys()].toSorted()).toEqual(['c0', 'c1', 'c2', 'c3']);
    expect(read).toMatchObject({ repeated: 0, strange: 0 });
    for (const file of [ended.inputFile, ended.outputFile, ended.errorFile]) if (file !== undefined) await endpoint.remove(file);
    expect(model.files).toEqual([]);
    expect(model.account.batches.requests).toBe(4);
  });

  test.each<[BatchFault, { answered: number; failed: number; repeated?: number; strange?: number }]>([
    ['expires', { answered: 3, failed: 3 }],
    ['cancels', { answered: 3, failed: 3 }],
    ['half', { answered: 3, failed: 3 }],
    ['twice', { answered: 6, failed: 0, repeated: 3 }],
    ['never', { answered: 4, failed: 0 }],
    ['strange', { answered: 6, failed: 0, strange: 3 }],
    ['deep', { answered: 3, failed: 0, strange: 3 }],
  ])('a batch that "%s" is read as far as it was answered', async (fault, { answered, failed, repeated = 0, strange = 0 }) => {
    await using world = await open({ behaveBatch: () => ({ fault }) });
    const { read } = await fetched(world, await send(world, 6), 6);
    const failures = [...read.answers.values()].filter((answer) => answer instanceof ModelFailure);
    expect({ answered: read.answers.size - failures.length, failed: failures.length }).toEqual({ answered, failed });
    expect(read).toMatchObject({ repeated, strange });
  });

  test('a line that neither answers nor says that it does not counts as one that is in no file: it may have been paid for', () => {
    const told: readonly object[] = [
      { response: null, error: null },
      { response: { status_code: '200', body: {} }, error: null },
      { response: { status_code: 200, body: { choices: [] } }, error: null },
      { response: { status_code: 200 } },
      { response: null, error: { code: 'batch_expired' } },
      { response: { status_code: 500, body: null } },
      { response: { status_code: 200, body: { error: { message: 'no' } } } },
    ];
    const file = told.map((line, n) => JSON.stringify({ custom_id: `c${n}`, ...line })).join('\n');
    const read = readAnswers(file, new Map(told.map((_, n) => [`c${n}`, SENT])), 1);
    expect([...read.answers.keys()]).toEqual(['c4', 'c5', 'c6']);
    expect([...read.answers.values()].every((answer) => answer instanceof ModelFailure)).toBe(true);
    expect(read.strange).toBe(4);
  });

  test('a line as long as a file is read by no reader, and costs no other patient', () => {
    const file = [lineOf(0), lineOf(1, { padding: [0].concat(Array.from({ length: 600_000 }, () => 0)) }), lineOf(2)].join('\n');
    const read = readAnswers(file, new Map([0, 1, 2].map((n) => [`c${n}`, SENT])));
    expect([...read.answers.keys()]).toEqual(['c0', 'c2']);
    expect(read.strange).toBe(1);
  });

  test('an output that breaks off loses the line in which it does, and those after it', async () => {
    await using world = await open({ behaveBatch: () => ({ fault: 'cut' }) });
    const { read } = await fetched(world, await send(world, 6), 6);
    expect(read.answers.size).toBeLessThan(6);
    expect(read.strange).toBe(1);
  });

  test('a batch that fails before its first line holds no answers', async () => {
    await using world = await open({ behaveBatch: () => ({ fault: 'fails' }) });
    const batch = await send(world, 2);
    expect(await world.endpoint.get(batch.id)).toMatchObject({ state: 'FAILED', outputFile: undefined });
    expect(world.model.account.batches.requests).toBe(0);
  });

  test('a batch whose answer was lost is found by its key, also where metadata is not kept', async () => {
    await using world = await open({ behaveBatch: () => ({ fault: 'lost' }) });
    await expect(send(world, 2)).rejects.toMatchObject({ name: 'ModelFailure', kind: 'OVERLOADED' });
    expect(await world.endpoint.withKey(KEY)).toHaveLength(1);
    await using forgetful = await open();
    const file = await forgetful.endpoint.upload(KEY, lines(1));
    await forgetful.endpoint.create('of another', file);
    expect(await forgetful.endpoint.withKey(KEY)).toHaveLength(1); // by the name of its file
  });

  test('a key is found behind more than a page of others', async () => {
    await using world = await open();
    const mine = await send(world, 1);
    const file = await world.endpoint.upload('other', lines(1));
    for (let n = 0; n < 105; n += 1) await world.endpoint.create(`other-${n}`, file);
    expect(await world.endpoint.withKey(KEY)).toEqual([expect.objectContaining({ id: mine.id })]);
  });

  test('an endpoint without batches, and one that cannot list, say so', async () => {
    await using none = await open({ behaveBatch: () => ({ fault: 'refused' }) });
    await expect(send(none, 1)).rejects.toMatchObject({ kind: 'BAD_REQUEST', status: 404 });
    await using silent = await open({ lists: false });
    await send(silent, 1);
    expect(await silent.endpoint.withKey(KEY)).toBeUndefined();
    expect(await silent.endpoint.filesOf(KEY)).toEqual([]);
  });

  test('a cancelled batch is read as far as it came; cancelling it again, or what is gone, is no failure', async () => {
    await using world = await open({ behaveBatch: () => ({ delayMs: 3_600_000 }) });
    const { endpoint } = world;
    const batch = await send(world, 2);
    expect(await endpoint.get(batch.id)).toMatchObject({ state: 'WAITS' });
    await endpoint.cancel(batch.id);
    await endpoint.cancel(batch.id);
    expect(await endpoint.get(batch.id)).toMatchObject({ state: 'ENDED', isWhole: false });
    const gone = { ...batch, id: `${batch.id}x` as typeof batch.id };
    await endpoint.cancel(gone.id);
    expect(await endpoint.get(gone.id)).toBeUndefined();
    if (batch.inputFile !== undefined) await endpoint.remove(batch.inputFile);
    if (batch.inputFile !== undefined) await endpoint.remove(batch.inputFile); // gone already
  });

  test('figures of a line are believed only where they fit the texts', async () => {
    await using world = await open({ behave: () => ({ kind: 'usage', usage: '{"prompt_tokens":4294967295,"completion_tokens":-3}' }) });
    const { read } = await fetched(world, await send(world, 1), 1);
    expect(read.answers.get('c0')).toMatchObject({ usage: { estimated: 'ABSURD' } });
  });

  test('an endpoint that is killed knows its batches again', async () => {
    let batch: ProviderBatch;
    {
      await using world = await open({ folder, behaveBatch: () => ({ delayMs: 60_000 }) });
      batch = await send(world, 2);
    }
    await using again = await open({ folder });
    expect(await again.endpoint.get(batch.id)).toMatchObject({ id: batch.id, key: KEY, state: 'WAITS' });
  });
});

interface World extends AsyncDisposable {
  readonly model: LocalModel;
  readonly endpoint: HttpBatchEndpoint;
}

async function open(options: Partial<LocalModelOptions> & { behaveBatch?: () => BatchBehaviour } = {}): Promise<World> {
  const model = await openLocalModel({ port: 0, behave: () => ({ kind: 'sound' }), ...options });
  return {
    model,
    endpoint: new HttpBatchEndpoint({ baseUrl: model.url, apiKey: 'key', timeoutMs: 4_000 }),
    [Symbol.asyncDispose]: () => model.close(),
  };
}

function lines(count: number): string[] {
  return Array.from({ length: count }, (_, n) => askingLine(`c${n}`, QUESTION));
}

async function send({ endpoint }: World, count: number): Promise<ProviderBatch> {
  return endpoint.create(KEY, await endpoint.upload(KEY, lines(count)));
}

async function fetched({ endpoint }: World, { id }: ProviderBatch, count: number): Promise<{ ended: ProviderBatch; read: LineAnswers }> {
  const ended = await endpoint.get(id);
  if (ended === undefined) throw new Error('the batch is gone');
  const files = [ended.outputFile, ended.errorFile].filter((file) => file !== undefined);
  const sent = new Map(Array.from({ length: count }, (_, n) => [`c${n}`, SENT]));
  const read = new AnswerReader(sent, new Date());
  for (const file of files) await endpoint.content(file, read.take);
  return { ended, read };
}

/** What a file holds that came in pieces of this length. */
function readAnswers(file: string, sent: ConstructorParameters<typeof AnswerReader>[0], pieces = 7_919): LineAnswers {
  const read = new AnswerReader(sent, new Date());
  const gathered = new GatheredLines(MAX_BODY, read.take);
  const bytes = Buffer.from(file);
  for (let at = 0; at < bytes.byteLength; at += pieces) gathered.add(bytes.subarray(at, at + pieces));
  gathered.end();
  return read;
}
