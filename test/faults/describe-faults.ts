import { afterAll, describe, expect, it } from '@jest/globals';
import type { Fault, Scene } from './fault.js';
import { strike } from './run-fault.js';

/** Has faults run in the ordinary test run, each with a few fixed seeds. The suite (`npm run test:faults`) runs many. */
export function describeFaults(subject: string, faults: readonly (readonly [Fault, readonly number[]])[]): void {
  describe(`${subject}:`, () => {
    const scenes = new Map<Fault, Scene>();
    afterAll(async () => {
      for (const scene of scenes.values()) await scene[Symbol.asyncDispose]();
    });
    for (const [fault, seeds] of faults) {
      it.each(seeds)(
        `${fault.what} (fault ${fault.id}, seed %i) breaks no promise`,
        async (seed) => {
          const opened = scenes.get(fault) ?? (await fault.open());
          if ('notMeasured' in opened) {
            console.log(`fault ${fault.id} not measured: ${opened.notMeasured}`);
            return;
          }
          scenes.set(fault, opened);
          const { bites, ...verdict } = await strike(opened, seed);
          expect(verdict).toMatchObject({ lost: 0, doubled: 0, broken: [] });
          expect(bites).toBeGreaterThan(0);
        },
        120_000,
      );
    }
  });
}
