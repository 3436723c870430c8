import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeEvents, type ReadableEvents } from '../../src/doctor/readable-events.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { BEGIN_HELD } from '../support/held-transaction.js';

const MANY = 500;

let batch: TestBatch;
beforeAll(async () => {
  batch = await createTestBatch({ users: 0 });
});
afterAll(() => batch.close());

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What a model's advice for a user leaves in the log: all its figures and hashes are its own. */
function outcomeOf(user: number): Readonly<Record<string, unknown>> {
  const figures = {
    durationMs: 3_000 + user,
    attempts: 1 + (user % 3),
    tokensIn: 900 + user,
    tokensOut: 300 + user,
    costMicros: 70 + user,
  };
  const hashes = { inputsHash: hashOf(`in ${user}`), responseHash: hashOf(`out ${user}`) };
  return { interventionId: 10_000 + user, generator: 'LLM', promptVersion: 'daily-ko-1', model: 'model-1', ...figures, ...hashes };
}

/** Decodes a log that also holds these outcomes, of users 1, 2, … of a run of their own, and forgets them again. */
async function decodeWith(outcomes: readonly object[]): Promise<ReadableEvents> {
  const client = await batch.pool.connect();
  try {
    await client.query(BEGIN_HELD);
    const run = randomUUID();
    const text = `select batch.append($1, 0, '2026-03-01', $2, 'test', $2, null, array_fill('InterventionGenerated'::text, array[cardinality($3::jsonb[])]),
      (select array_agg(n::int) from generate_series(1, cardinality($3::jsonb[])) n), $3::jsonb[])`;
    if (outcomes.length > 0) await client.query(text, [`run-${run}/chunk-0`, run, outcomes.map((outcome) => JSON.stringify(outcome))]);
    return await decodeEvents(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const all = Array.from({ length: MANY }, (_, user) => outcomeOf(user + 1));

describe('outcomes of a model that differ in their figures and hashes', () => {
  it('are few shapes, of each of which one is decoded', async () => {
    const before = await decodeWith([]);
    const { events, decoded } = await decodeWith(all);
    expect(events - before.events).toBe(MANY);
    expect(decoded - before.decoded).toBe(1);
  });

  it.each([
    { attempts: 0 },
    { interventionId: 0 },
    { durationMs: null },
    { inputsHash: 'kimchi' },
    { responseHash: `${hashOf('in')}\n` },
    { responseHash: 7 },
    { meal: 'kimchi' },
  ])('do not hide one among them that the codec refuses: %j', async (wrong) => {
    const outcomes = all.with(MANY / 2, { ...outcomeOf(MANY / 2 + 1), ...wrong });
    await expect(decodeWith(outcomes)).rejects.toThrow(
      new RegExp(`cannot be read: .*${Object.keys(wrong)[0] === 'meal' ? 'data' : Object.keys(wrong)[0]}`),
    );
  });

  // Logs of earlier releases hold what an endpoint made up: such a figure is read as none, and keeps nobody from reading the log.
  it.each([{ tokensIn: -1 }, { tokensOut: 1.5 }, { costMicros: 1e300 }, { costMicros: '70' }, { tokens: [7] }])(
    'are read where one has a figure that cannot be: %j',
    async (absurd) => {
      const { events } = await decodeWith(all);
      const outcomes = all.with(MANY / 2, { ...outcomeOf(MANY / 2 + 1), ...absurd });
      await expect(decodeWith(outcomes)).resolves.toMatchObject({ events });
    },
  );

  it('may be nought where the codec takes nought', async () => {
    await expect(decodeWith(all.with(1, { ...outcomeOf(2), durationMs: 0, costMicros: 0 }))).resolves.toMatchObject({
      decoded: expect.any(Number),
    });
  });
});
