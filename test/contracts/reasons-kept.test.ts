import { describe, expect, it } from '@jest/globals';
import { refuseReason } from '../../src/domain/operator-reason.js';
import { REASON_LENGTH } from '../../src/domain/operator-text.js';
import { encode } from '../../src/eventlog/codec.js';

const RUN = { program: 'daily', recordDate: '2026-03-01', trigger: 'MANUAL', generator: 'RULES', language: 'ko', dryRun: false, onExisting: 'SKIP' }; // prettier-ignore
const BACKFILL = { program: 'daily', from: '2026-03-01', to: '2026-03-01', generator: 'RULES', onExisting: 'SKIP', order: 'OLDEST_FIRST', maxActiveRuns: 1 }; // prettier-ignore

const MARK = { row: { runId: '0b4f8a52-6d0c-4c62-9b8e-3f1f2a7c9d10', chunk: 1, version: 2 }, verdict: 'FINE', points: [], dishes: [], seenPoints: ['SWAP'], seenDishes: ['IBS-0001'], generator: 'RULES' }; // prettier-ignore

describe('a reason that an operator may give', () => {
  it.each([
    ['RunRequested', RUN, 'reason'],
    ['RunRequested', RUN, 'withoutSchedule'],
    ['RunPaused', { cause: 'OPERATOR' }, 'reason'],
    ['RunCancelRequested', {}, 'reason'],
    ['SchedulePaused', { effectiveAt: '2026-03-01T00:00:00Z' }, 'reason'],
    ['BackfillRequested', BACKFILL, 'reason'],
    ['BackfillRequested', BACKFILL, 'withoutSchedule'],
    ['BackfillCancelled', {}, 'reason'],
    ['RecallRequested', { cause: { kind: 'DISH', dish: 'IBS-0001' }, allergen: false, since: '2026-03-01' }, 'reason'],
    ['RecallLifted', {}, 'reason'],
    ['RolloutShareChanged', { sharePercent: 5 }, 'reason'],
    ['RolloutStopped', { cause: 'OPERATOR' }, 'reason'],
    ['RolloutPromoted', {}, 'reason'],
    ['AdviceMarked', MARK, 'reason'],
    ['PointTurnedOff', {}, 'reason'],
    ['PointTurnedOn', {}, 'reason'],
  ])('enters the log with %s, however long it may be: %j, as %s', (type, data, field) => {
    for (const letter of ['x', '가', '🙂']) {
      const reason = letter.repeat(REASON_LENGTH);
      expect(refuseReason(reason)).toBeUndefined();
      expect(encode(type, { ...data, [field]: reason })).toMatchObject({ [field]: reason });
    }
  });
});
