import { describe, expect, it } from '@jest/globals';
import type { AskedLine } from '../../src/application/ports.js';
import { HttpBatchEndpoint, type BatchEndpoint } from '../../src/generators/llm/batch/batch-endpoint.js';
import { EndpointBatches, type EndpointBatchesParts } from '../../src/generators/llm/batch/endpoint-batches.js';
import { providerIdOf } from '../../src/generators/llm/batch/provider-batch.js';
import { failureOf, ModelFailure } from '../../src/generators/llm/model-failure.js';
import { USUAL_BATCH } from '../../src/generators/llm/settings.js';

const LINES = [{ text: '{}' }] as unknown as readonly AskedLine[];
const FILE = providerIdOf('file-1');
const unending = new AbortController().signal;

/** Batches of an endpoint that does as a test says, and what was ordered of it. */
function batchesOf(behaviour: Partial<BatchEndpoint>) {
  const ordered: string[] = [];
  const removed: string[] = [];
  const endpoint = {
    remove: (file: string) => Promise.resolve(void removed.push(file)),
    onItsWayMs: 330_000,
    upload: () => Promise.resolve(FILE),
    ...behaviour,
    create: (key: string, ...rest: never[]) => {
      ordered.push(key);
      return (behaviour.create as (...args: unknown[]) => Promise<never>)(key, ...rest);
    },
  };
  const settings = { batch: USUAL_BATCH, price: { input: 1, cachedInput: 1, output: 1 }, timeoutMs: 60_000 };
  return { ordered, removed, batches: new EndpointBatches({ endpoint, settings } as unknown as EndpointBatchesParts) };
}

const refusal = (status: number): Promise<never> => Promise.reject(failureOf({ status, headers: {}, code: '' }, new Date()));

describe('an order of a batch', () => {
  it.each([
    [400, 'REFUSED'],
    [401, 'REFUSED'],
    [404, 'REFUSED'],
    [413, 'REFUSED'],
    [408, 'UNKNOWN'],
    [409, 'UNKNOWN'],
    [425, 'UNKNOWN'],
    [500, 'UNKNOWN'],
    [503, 'UNKNOWN'],
    [429, 'NOT_SENT'],
  ])('that is answered with %i is %s', async (status, expected) => {
    const { batches, removed } = batchesOf({ create: () => refusal(status) });
    expect(await batches.send('a-key', LINES, unending)).toEqual({ status: expected });
    expect(removed).toEqual(expected === 'UNKNOWN' ? [] : [FILE]); // its file is kept as long as the order may have arrived
  });

  it('is not given once the claim was lost while its file was on the way', async () => {
    const lost = new AbortController();
    const { batches, ordered, removed } = batchesOf({
      upload: () => {
        lost.abort(new Error('another owner has the chunk'));
        return Promise.resolve(FILE as never);
      },
      create: () => refusal(500),
    });
    expect(await batches.send('a-key', LINES, lost.signal)).toEqual({ status: 'NOT_SENT' });
    expect(ordered).toEqual([]);
    expect(removed).toEqual([FILE]);
  });

  it('of which nothing came back when it was cut off may have arrived', async () => {
    const { batches, ordered } = batchesOf({ create: () => Promise.reject(new ModelFailure('CUT_OFF')) });
    expect(await batches.send('a-key', LINES, unending)).toEqual({ status: 'UNKNOWN' });
    expect(ordered).toEqual(['a-key']);
  });

  it('is sought for longer than its file and itself can be on their way', () => {
    const { batches } = batchesOf({});
    expect((batches.vainSearches - 1) * batches.pollMs).toBeGreaterThanOrEqual(330_000);
  });
});

describe('a request about a batch', () => {
  it('has shares of the time for a call: a file is given longest', () => {
    const endpoint = new HttpBatchEndpoint({ baseUrl: 'http://127.0.0.1:1/v1', timeoutMs: 60_000 });
    expect(endpoint.onItsWayMs).toBe(330_000);
  });

  it('ends with the signal of its caller, and says no more than that it was cut off', async () => {
    const endpoint = new HttpBatchEndpoint({ baseUrl: 'http://127.0.0.1:1/v1', timeoutMs: 60_000 });
    const stopped = AbortSignal.abort(new Error('the process stops'));
    for (const asked of [endpoint.upload('a-key', ['{}'], stopped), endpoint.get(FILE as never, stopped)])
      await expect(asked).rejects.toMatchObject({ kind: 'CUT_OFF' });
  });
});
