import { describe, expect, it } from '@jest/globals';
import type { Fault } from './fault.js';
import { FAULTS, FAULTS_OF } from './registry.js';
import { rowOf } from './report.js';
import { runFault } from './run-fault.js';

const PASSES: Fault = {
  id: '0',
  what: 'a fault of this test',
  promise: 'none',
  open: () =>
    Promise.resolve({
      strike: () => Promise.resolve({ bites: 1, lost: 0, doubled: 0, broken: [] }),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    }),
};

const failing: Fault['open'] = () => Promise.reject(new Error('it was opened'));
const ids = (faults: readonly Fault[]): string[] => faults.map(({ id }) => id).toSorted();

describe('a fault', () => {
  it('that this machine lacks something for is not opened, and told as not measured with the reason', async () => {
    const result = await runFault({ ...PASSES, lacks: () => Promise.resolve('no second moon'), open: failing }, [1, 2]);
    expect(result).toMatchObject({ notMeasured: 'no second moon', seeds: [] });
    expect(rowOf(result).at(-1)).toBe('not measured: no second moon');
  });

  it('that never struck, or that fails to open its scene or to strike, has not been survived', async () => {
    const strikes = (strike: () => Promise<never> | Promise<object>): Fault =>
      ({ ...PASSES, open: () => Promise.resolve({ strike, [Symbol.asyncDispose]: () => Promise.resolve() }) }) as Fault;
    const idle = await runFault(
      strikes(() => Promise.resolve({ bites: 0, lost: 0, doubled: 0, broken: [] })),
      [1],
    );
    expect(idle.seeds).toMatchObject([{ broken: ['the fault never struck'] }]);
    const broken = await runFault(
      strikes(() => Promise.reject(new Error('no such table'))),
      [1],
    );
    expect(broken.seeds).toMatchObject([{ broken: ['failed: no such table'] }]);
    await expect(runFault({ ...PASSES, open: failing }, [1])).rejects.toThrow('it was opened');
  });

  it('that is survived says how often it struck', async () => {
    expect(await runFault(PASSES, [1, 2])).toMatchObject({
      seeds: [
        { seed: 1, bites: 1 },
        { seed: 2, bites: 1 },
      ],
    });
  });

  it('of the suite is among the drills, every one and once', () => {
    expect(ids(Object.values(FAULTS_OF).flat())).toEqual(ids(FAULTS));
    expect(new Set(ids(FAULTS)).size).toBe(FAULTS.length);
  });
});
