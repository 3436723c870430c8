import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { FoodBookCache } from '../../src/records/food-book-cache.js';

const MINUTE_MS = 60_000;

/** A table that can be read until it is taken away. */
function world(): { foods: FoodBookCache; table: { isThere: boolean; reads: number } } {
  const table = { isThere: true, reads: 0 };
  const row = { id: 7, foodCode: '', foodName: '흰죽', fodmap: null, fodmapBasis: null, fibreGrams: null };
  const query = async (text: string): Promise<{ rows: object[] }> => {
    if (!text.includes('ibsafe_food')) return { rows: [] }; // the types of its columns are asked for before
    table.reads += 1;
    if (!table.isThere) throw new Error('canceling statement due to lock timeout');
    return { rows: [row] };
  };
  return { foods: new FoodBookCache({ query } as never, loadCatalogue()), table };
}

describe("IBSafe's foods in memory", () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('serve on where they cannot be read anew, for an hour, and are asked for again before long', async () => {
    const { foods, table } = world();
    await foods.keepFresh();
    table.isThere = false;
    jest.advanceTimersByTime(6 * MINUTE_MS);
    await foods.keepFresh();
    await foods.keepFresh();
    expect([foods.current.get(7)?.name, table.reads]).toEqual(['흰죽', 2]);
    jest.advanceTimersByTime(MINUTE_MS);
    table.isThere = true;
    await foods.keepFresh();
    expect(table.reads).toBe(3);
    table.isThere = false;
    jest.advanceTimersByTime(61 * MINUTE_MS);
    await expect(foods.keepFresh()).rejects.toThrow('lock timeout');
  });

  it('are needed for the first advice', async () => {
    const { foods, table } = world();
    table.isThere = false;
    await expect(foods.keepFresh()).rejects.toThrow('lock timeout');
  });
});
