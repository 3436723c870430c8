import { describe, expect, it } from '@jest/globals';
import type { MarkData, MarkVerdict } from '../../src/domain/review/mark-events.js';
import { openCases } from '../../eval/open-cases.js';

const row = { runId: '0b4f8a52-6d0c-4c62-9b8e-3f1f2a7c9d10', chunk: 0, version: 1 };
const mark = (markId: string, verdict: MarkVerdict, points: readonly string[], dishes: readonly string[] = []) => {
  const data: Omit<MarkData, 'reason'> = { row, verdict, points, dishes, seenPoints: [], seenDishes: [], generator: 'RULES' };
  return { markId, markedAt: '2026-03-10T00:00:00.000Z', data };
};
const named = (marks: readonly ReturnType<typeof mark>[]) =>
  openCases(marks).map(({ markId, points, dishes }) => [markId, ...points, ...dishes]);

describe('Marks as cases', () => {
  it('are those that say wrong or harmful of a point or a dish', () => {
    const marks = [mark('d', 'HARMFUL', ['SWAP'], ['IBS-0001']), mark('c', 'WRONG', []), mark('b', 'UNCLEAR', ['SWAP']), mark('a', 'WRONG', [], ['IBS-0002'])]; // prettier-ignore
    expect(named(marks)).toEqual([['d', 'SWAP', 'IBS-0001'], ['a', 'IBS-0002']]); // prettier-ignore
  });

  it('end with a later mark that says fine of the same, and not with an earlier one', () => {
    const [bad, fine] = [mark('bad', 'HARMFUL', ['SWAP'], ['IBS-0001']), mark('fine', 'FINE', ['SWAP'])];
    expect(named([fine, bad])).toEqual([['bad', 'IBS-0001']]);
    expect(named([bad, fine])).toEqual([['bad', 'SWAP', 'IBS-0001']]);
    expect(named([mark('fine', 'FINE', ['SWAP'], ['IBS-0001']), bad])).toEqual([]);
  });
});
