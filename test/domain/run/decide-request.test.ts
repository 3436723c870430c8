import { describe, expect, it } from '@jest/globals';
import { localDate } from '../../../src/domain/local-date.js';
import { decideRequest, MAX_USER_IDS, type RequestFacts, type RequestRun } from '../../../src/domain/run/decide-request.js';

const TODAY = localDate('2026-03-02');
const OTHER_RUN = '018f0000-0000-7000-8000-000000000001';

function facts(changes: Partial<RequestFacts> = {}): RequestFacts {
  return {
    today: TODAY,
    activeSchedules: 1,
    activeRunId: undefined,
    unknownUserIds: [],
    defaults: { generator: 'RULES', language: 'ko', mode: 'CALLS' },
    generators: ['RULES'],
    programs: ['daily'],
    ...changes,
  };
}

function order(changes: Partial<RequestRun> = {}): RequestRun {
  return { trigger: 'MANUAL', ...changes };
}

describe('deciding on an order for a run', () => {
  it('completes an empty order to last night’s batch over everybody', () => {
    expect(decideRequest(order(), facts())).toEqual({
      program: 'daily',
      recordDate: '2026-03-01',
      trigger: 'MANUAL',
      generator: 'RULES',
      language: 'ko',
      dryRun: false,
      onExisting: 'SKIP',
    });
  });

  it('reads today’s records for sleep, also when it says which run stands in the way', () => {
    const both = facts({ programs: ['daily', 'sleep'] });
    expect(decideRequest(order({ program: 'sleep' }), both)).toMatchObject({ program: 'sleep', recordDate: TODAY });
    expect(decideRequest(order({ program: 'sleep' }), { ...both, activeRunId: OTHER_RUN })).toMatchObject({
      code: 'RUN_ALREADY_ACTIVE',
      message: expect.stringContaining(`for ${TODAY} is`),
    });
  });

  it('keeps what the order says, and puts the users in order, each once', () => {
    const asked = { recordDate: localDate('2026-02-01'), chunkSize: 7, dryRun: true, onExisting: 'REGENERATE' as const, reason: 'a test' };
    expect(decideRequest(order({ ...asked, userIds: [30, 4, 30, 100] }), facts())).toMatchObject({ ...asked, userIds: [4, 30, 100] });
  });

  it('takes today’s records, the first day of 2000, the whole range of chunk sizes and a reason of 500 characters', () => {
    for (const edge of [{ recordDate: TODAY }, { recordDate: localDate('2000-01-01') }, { chunkSize: 1 }, { chunkSize: 10_000 }])
      expect(decideRequest(order(edge), facts())).toMatchObject(edge);
    expect(decideRequest(order({ reason: 'r'.repeat(500) }), facts())).toMatchObject({ reason: 'r'.repeat(500) });
  });

  it.each<[string, Partial<RequestRun>, Partial<RequestFacts>, RegExp]>([
    ['NO_ACTIVE_SCHEDULE', {}, { activeSchedules: 0 }, /found none\. Create or resume a schedule/],
    ['RUN_ALREADY_ACTIVE', {}, { activeRunId: OTHER_RUN }, /2026-03-01 is already active .*wait until it has ended/],
    ['DATE_IN_FUTURE', { recordDate: localDate('2026-03-03') }, {}, /2026-03-02 or earlier, found 2026-03-03\. Choose/],
    ['DATE_TOO_OLD', { recordDate: localDate('1999-12-31') }, {}, /2000-01-01 or later, found 1999-12-31\. Choose/],
    ['EMPTY_USER_IDS', { userIds: [] }, {}, /found none\. Leave it out/],
    ['TOO_MANY_USER_IDS', { userIds: Array.from({ length: MAX_USER_IDS + 1 }, (_, at) => at + 1) }, {}, /found 10001\. Leave it out/],
    ['UNKNOWN_USERS', { userIds: [5, 6] }, { unknownUserIds: [6] }, /these are not: 6\. Remove them/],
    ['CHUNK_SIZE_OUT_OF_RANGE', { chunkSize: 0 }, {}, /from 1 to 10000, found 0/],
    ['CHUNK_SIZE_OUT_OF_RANGE', { chunkSize: 10_001 }, {}, /found 10001/],
    ['CHUNK_SIZE_OUT_OF_RANGE', { chunkSize: 1.5 }, {}, /found 1\.5/],
    ['GENERATOR_NOT_AVAILABLE', { generator: 'LLM' }, {}, /Available: RULES/],
    ['PROGRAM_NOT_AVAILABLE', { program: 'sleep' }, {}, /Available: daily/],
    ['REASON_TOO_LONG', { reason: 'r'.repeat(501) }, {}, /found 501\. Shorten it/],
    ['REASON_UNPRINTABLE', { reason: 'two\nlines' }, {}, /one line .*Leave them out/],
    ['REASON_UNPRINTABLE', { reason: 'half a pair \ud83d' }, {}, /Leave them out/],
  ])('refuses with %s and says what to do: %j', (code, asked, world, message) => {
    const refused = decideRequest(order(asked), facts(world));
    expect(refused).toMatchObject({ status: 'rejected', code, message: expect.stringMatching(message) });
  });

  it('names the run that stands in the way', () => {
    expect(decideRequest(order(), facts({ activeRunId: OTHER_RUN }))).toMatchObject({ runId: OTHER_RUN });
  });

  it('lets a dry run go beside an active one: it writes nothing', () => {
    expect(decideRequest(order({ dryRun: true }), facts({ activeRunId: OTHER_RUN }))).toMatchObject({ dryRun: true });
  });

  it('keeps a reason without the space around it, counts an emoji as one character, and keeps none that is blank', () => {
    expect(decideRequest(order({ reason: ` ${'🙂'.repeat(500)} ` }), facts())).toMatchObject({ reason: '🙂'.repeat(500) });
    expect(decideRequest(order({ reason: '   ' }), facts())).toEqual(decideRequest(order(), facts()));
    expect(decideRequest(order({ withoutSchedule: ' holiday ' }), facts({ activeSchedules: 0 }))).toMatchObject({
      withoutSchedule: 'holiday',
    });
  });

  it('names ten unknown users at most, and keeps an operator’s reason out of its messages', () => {
    const unknownUserIds = Array.from({ length: 12 }, (_, at) => at + 1);
    const refused = decideRequest(order({ userIds: unknownUserIds, reason: 'said in confidence' }), facts({ unknownUserIds }));
    expect(refused).toMatchObject({ message: expect.stringContaining('1, 2, 3, 4, 5, 6, 7, 8, 9, 10 …') });
    const tooLong = decideRequest(order({ reason: 'secret'.repeat(100) }), facts());
    expect(tooLong).toMatchObject({ status: 'rejected', message: expect.stringContaining('500') });
    expect(JSON.stringify(tooLong)).not.toContain('secret');
  });
});
