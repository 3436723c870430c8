import { describe, expect, it } from '@jest/globals';
import { newVersionsAmong } from '../../src/domain/review/new-versions.js';
import { chooseSample, risksOf, scoreOf, type Candidate, type Reviewed } from '../../src/domain/review/risk.js';
import { rowKey, rowText } from '../../src/domain/review/row-key.js';

const RUN = '0b4f8a52-6d0c-4c62-9b8e-3f1f2a7c9d10';
const NOTHING: Reviewed = { points: new Set(), dishes: new Set(), doubted: new Set() };
const KNOWN: Reviewed = { points: new Set(['A', 'B', 'C', 'D', 'E']), dishes: new Set(['IBS-0001']), doubted: new Set() };

function candidate(version: number, parts: Partial<Candidate> = {}): Candidate {
  const key = { runId: RUN, chunk: 1, version };
  const plain = { points: ['A'], dishes: ['IBS-0001'], restrictions: 0, fallbackReason: null, hasViolations: false, newVersions: [] };
  return { key, ...plain, ...parts };
}
const versionsOf = (chosen: readonly { readonly candidate: Candidate }[]): number[] => chosen.map((each) => each.candidate.key.version);

describe('why a row is shown to a reviewer', () => {
  it.each<[string, Partial<Candidate>, Reviewed, object[]]>([
    ['nothing, where all of it is known', {}, KNOWN, []],
    ['points that no reviewer has seen', { points: ['A', 'X', 'Y'] }, KNOWN, [{ reason: 'NEW_POINT', items: ['X', 'Y'] }]],
    ['dishes that no reviewer has seen', { dishes: ['IBS-0001', 'IBS-0002'] }, KNOWN, [{ reason: 'NEW_DISH', items: ['IBS-0002'] }]],
    ['three allergies', { restrictions: 3 }, KNOWN, [{ reason: 'MANY_ALLERGIES', items: [] }]],
    ['not two allergies', { restrictions: 2 }, KNOWN, []],
    ['rules that stood in', { fallbackReason: 'BUDGET_REACHED' }, KNOWN, [{ reason: 'FALLBACK', items: ['BUDGET_REACHED'] }]],
    ['what the gate found', { hasViolations: true }, KNOWN, [{ reason: 'GATE_FOUND', items: [] }]],
    ['first days of a version', { newVersions: ['daily-4'] }, KNOWN, [{ reason: 'NEW_VERSION', items: ['daily-4'] }]],
    ['a point that a mark doubts', {}, { ...KNOWN, doubted: new Set(['A']) }, [{ reason: 'DOUBTED_POINT', items: ['A'] }]],
  ])('is %s', (_, parts, reviewed, expected) => {
    expect(risksOf(candidate(1, parts), reviewed)).toEqual(expected);
  });

  it('counts up to a limit: many new points do not outweigh everything', () => {
    const score = (parts: Partial<Candidate>, reviewed = KNOWN): number => {
      const row = candidate(1, parts);
      return scoreOf(risksOf(row, reviewed), row);
    };
    expect(score({})).toBe(0);
    expect(score({ points: ['X'] })).toBe(20);
    expect(score({ points: ['U', 'V', 'W', 'X', 'Y'] })).toBe(60);
    expect([3, 4, 6, 20].map((restrictions) => score({ restrictions }))).toEqual([10, 20, 40, 40]);
    expect(score({}, { ...KNOWN, doubted: new Set(['A']) })).toBe(40);
    expect(score({ fallbackReason: 'BUDGET_REACHED', hasViolations: true, newVersions: ['a', 'b'] })).toBe(40);
  });
});

describe('a sample', () => {
  it('shows as much that is new as its rows can: what one shows is not new in the next', () => {
    const rows = [candidate(1, { points: ['X', 'Y'] }), candidate(2, { points: ['X', 'Y'] }), candidate(3, { points: ['Z'] })];
    const chosen = chooseSample(rows, KNOWN, 3);
    expect(versionsOf(chosen)).toEqual([1, 3, 2]);
    expect(chosen.map(({ score }) => score)).toEqual([40, 20, 0]);
    expect(chosen[2]?.risks).toEqual([{ reason: 'RANDOM', items: [] }]);
  });

  it('asks about a doubt by one row', () => {
    const rows = [candidate(1), candidate(2), candidate(3, { hasViolations: true })];
    expect(versionsOf(chooseSample(rows, { ...KNOWN, doubted: new Set(['A']) }, 2))).toEqual([3, 1]);
  });

  it('is the same in whatever order its rows come', () => {
    const rows = Array.from({ length: 40 }, (_, at) => candidate(at + 1, { points: [`P${at % 7}`], restrictions: at % 5 }));
    const once = versionsOf(chooseSample(rows, NOTHING, 12));
    expect(versionsOf(chooseSample(rows.toReversed(), NOTHING, 12))).toEqual(once);
    expect(new Set(once).size).toBe(12);
    expect(versionsOf(chooseSample(rows, NOTHING, 100))).toHaveLength(40);
  });
});

const night = (recordDate: string, vocabulary: string | null, promptVersion: string | null = null) => {
  return { program: 'daily', recordDate, vocabulary, promptVersion };
};

describe('a version', () => {
  const of = newVersionsAmong([night('2026-03-01', 'points-a'), night('2026-03-10', 'points-b+recalls-1', 'daily-4'), night('2026-03-09', 'points-a', 'daily-4')]); // prettier-ignore

  it('is new for three nights from its first one on, whatever was taken out of it since', () => {
    expect(of(night('2026-03-10', 'points-b+recalls-2', 'daily-4'))).toEqual(['points-b', 'daily-4']);
    expect(of(night('2026-03-12', 'points-b', 'daily-4'))).toEqual(['points-b']);
    expect(of(night('2026-03-13', 'points-b', 'daily-4'))).toEqual([]);
    expect(of(night('2026-03-10', 'points-a'))).toEqual([]);
    expect(of(night('2026-03-10', null))).toEqual([]);
  });
});

describe('a row’s id', () => {
  it('leads back to the outcome, and no other text does', () => {
    const key = { runId: RUN, chunk: 3, version: 17 };
    expect(rowKey(rowText(key))).toEqual(key);
    expect(['', RUN, `${RUN}.1`, `${RUN}.1.x`, `${RUN}.1.2.3`, 'x.1.2'].map(rowKey)).toEqual(Array.from({ length: 6 }, () => undefined));
  });
});
