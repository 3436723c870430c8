import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { planChunks, splitUsers, usersPerChunk } from '../../../src/domain/run/chunks.js';

const rosters = fc.uniqueArray(fc.integer({ min: 1, max: 2_147_483_647 }), { maxLength: 400 }).map((ids) => ids.toSorted((a, b) => a - b));
const sizes = fc.integer({ min: 1, max: 10_000 });

describe('usersPerChunk', () => {
  it('cuts a roster into a hundred chunks where that leaves at least ten users to each', () => {
    expect([usersPerChunk(1_000, 1_000), usersPerChunk(2_500, 1_000), usersPerChunk(100_000, 1_000)]).toEqual([10, 25, 1_000]);
    expect([usersPerChunk(50, 1_000), usersPerChunk(1_099, 1_000)]).toEqual([10, 10]);
  });

  it('keeps within the size that was asked for, also below ten', () => {
    expect([usersPerChunk(1_000_000, 1_000), usersPerChunk(1_000, 3), usersPerChunk(0, 1_000)]).toEqual([1_000, 3, 10]);
  });

  it('moves a run in steps of one percent or less, unless a chunk would have fewer than ten users', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000 }), sizes, (roster, chunkSize) => {
        const size = usersPerChunk(roster, chunkSize);
        expect(size).toBeGreaterThanOrEqual(1);
        expect(size).toBeLessThanOrEqual(chunkSize);
        expect(size <= 10 || size <= roster / 100).toBe(true);
      }),
    );
  });
});

describe('planChunks', () => {
  it('partitions the roster: everybody is in one chunk, in order, and none is empty', () => {
    fc.assert(
      fc.property(rosters, fc.integer({ min: 1, max: 50 }), (roster, size) => {
        const chunks = planChunks(roster, size);
        expect(chunks.flatMap(({ userIds }) => userIds)).toEqual(roster);
        expect(chunks).toHaveLength(Math.ceil(roster.length / size));
        for (const { chunk, userIds } of chunks) {
          expect(chunk.roster).toBe(userIds.length);
          expect(userIds.length).toBeGreaterThan(0);
          expect(userIds.length).toBeLessThanOrEqual(size);
        }
      }),
    );
  });

  it('gives each chunk its users’ places in the roster, and no id', () => {
    fc.assert(
      fc.property(rosters, fc.integer({ min: 1, max: 50 }), (roster, size) => {
        for (const { chunk, userIds } of planChunks(roster, size)) expect(roster.slice(chunk.after, chunk.through)).toEqual(userIds);
      }),
    );
  });

  it('plans no chunk for nobody', () => {
    expect(planChunks([], 10)).toEqual([]);
  });
});

describe('splitting a chunk that kills its workers', () => {
  it('leaves every user in one part, in order, in parts of nearly the same size', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 2, maxLength: 3_000 }), (ids) => {
        const userIds = ids.toSorted((a, b) => a - b);
        const parts = splitUsers(userIds);
        expect(parts.flatMap((part) => part.userIds)).toEqual(userIds);
        expect(parts.length).toBeGreaterThan(1);
        expect(parts.length).toBeLessThanOrEqual(32);
        expect(Math.max(...parts.map((part) => part.userIds.length))).toBeLessThanOrEqual(Math.ceil(userIds.length / 32));
      }),
    );
  });

  it('finds one of a thousand users in two splits', () => {
    const userIds = Array.from({ length: 1_000 }, (_, at) => at + 1);
    const [part] = splitUsers(userIds);
    expect(part?.userIds.length).toBe(32);
    expect(splitUsers(part?.userIds ?? []).every((one) => one.userIds.length === 1)).toBe(true);
  });
});
