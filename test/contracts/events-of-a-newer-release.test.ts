import { afterEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { decode, decodeWhole, encode } from '../../src/eventlog/codec.js';
import { makeAlertGround, type AlertGround } from '../support/alert-ground.js';

const id = '00000000-0000-4000-8000-000000000001';
const tally = { generated: 1, skipped: 0, failed: 0, cancelled: 0, reasons: {} };
const chunk = { after: 0, through: 9, roster: 9 };
const plan = { eligible: 1, tokensIn: 1, tokensOut: 1, costMicros: 1, seconds: null, basis: 'ESTIMATE' };
const basis = { ...plan, byBatch: { costMicros: 1, seconds: 1 } };
const outcome = { interventionId: 1, generator: 'RULES', attempts: 1, durationMs: 0, rollout: { id, arm: 'CANDIDATE' } };
const cause = { kind: 'DISH', dish: 'D1' };

/** What a newer release may write: the type, what this release knows of it, and with fields that it does not know. */
const NEWER: readonly [type: string, known: object, newer: object][] = [
  ['RunStarted', {}, { where: 'elsewhere' }],
  ['RunCompleted', tally, { ...tally, postponed: 3 }],
  ['RunPlanned', { roster: 9, chunks: [chunk] }, { roster: 9, chunks: [{ ...chunk, weight: 2 }], shards: 4 }],
  ['RunPlanned', { roster: 9, chunks: [], forecast: basis }, { roster: 9, chunks: [], forecast: { ...basis, watts: 5, byBatch: { ...basis.byBatch, watts: 5 } } }],
  ['InterventionGenerated', outcome, { ...outcome, mood: 1, rollout: { ...outcome.rollout, weight: 1 } }],
  ['RecallRequested', { cause, allergen: false, since: '2026-05-01' }, { cause: { ...cause, part: 1 }, allergen: false, since: '2026-05-01' }],
]; // prettier-ignore

describe('an event of a known type with fields of a newer release', () => {
  let ground: AlertGround | undefined;
  afterEach(() => ground?.batch.close());

  it.each(NEWER)('is read as this release knows it: %s', (type, known, newer) => {
    expect(decode(type, newer)).toEqual(known);
    expect(() => encode(type, newer)).toThrow('another shape');
    expect(() => decodeWhole(type, newer)).toThrow('unrecognized_keys');
    expect(decodeWhole(type, known)).toEqual(known);
  });

  it('is refused where what this release knows is wrong beside it', () => {
    expect(() => decode('RunCompleted', { ...tally, failed: -1, postponed: 3 })).toThrow('failed (too_small)');
    expect(() => decode('RunPaused', { why: 'OPERATOR', reason: 'r' })).toThrow('cause');
  });

  it('keeps no alert from being raised', async () => {
    ground = await makeAlertGround(10);
    const { batch, follow, about } = ground;
    const runId = await batch.request();
    const [run] = await batch.rows<{ month: string; version: number }>(
      'select run_month::text as month, max(version)::int as version from batch.event where stream = $1 group by 1',
      [`run-${runId}`],
    );
    const data = JSON.stringify({ cause: 'FAILURE_RATE', reason: 'too many', untilThen: 'tomorrow' });
    await batch.rows('select batch.append($1, $2, $3::date, $4, $5, $6, null, array[$7]::text[], array[null]::int[], array[$8]::jsonb[])', [
      `run-${runId}`,
      run?.version,
      run?.month,
      runId,
      'test',
      randomUUID(),
      'RunPaused',
      data,
    ]);
    await follow();
    expect((await about(runId)).map(({ kind }) => kind)).toEqual(['RUN_PAUSED']);
  });
});
