import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Awaited, watchBatches } from '../../src/cli/run/watch-batches.js';

const UNTIL = new Date('2026-03-02T00:00:00Z');

describe('A command that follows a run by batch', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('tells what the run waits for at once, again when that changes, and no more after its end', async () => {
    const found: (Awaited | undefined | Error)[] = [
      { batches: 2, requests: 40, until: UNTIL },
      { batches: 2, requests: 40, until: UNTIL },
      new Error('the database is away'),
      { batches: 1, requests: 20, until: UNTIL },
      undefined,
      { batches: 1, requests: 20, until: UNTIL },
      { batches: 9, requests: 180, until: UNTIL },
    ];
    const looks = [...found];
    const told: string[] = [];
    const look = (): Promise<Awaited | undefined> => {
      const next = looks.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    };
    const watching = watchBatches(look, 'Asia/Seoul', (line) => told.push(line));
    await jest.advanceTimersByTimeAsync(0);
    expect(told).toEqual([expect.stringMatching(/2 batches .*40 patients.*2026-03-02 09:00:00/)]);
    while (looks.length > 1) await jest.advanceTimersByTimeAsync(2_000);
    watching.stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(looks).toHaveLength(1);
    expect(told.map((line) => /(\d) batch/.exec(line)?.[1])).toEqual(['2', '1', '1']);
  });
});
