import { expect, it } from '@jest/globals';
import { type ArmsGenerator } from '../../../src/application/rollouts/arms.js';
import { RolloutWatch, watchRollouts, type Watching } from '../../../src/application/rollouts/watch-rollouts.js';

const broken = new Error('permission denied');

function watching(find: (rolloutId: string) => Promise<undefined>): Watching {
  const parts = { rollouts: { find, allGoing: () => Promise.resolve([{ rolloutId: 'first' }, { rolloutId: 'second' }]) } };
  return { ...parts, settings: { workerId: 'w' } } as unknown as Watching;
}

it('A look at a rollout that fails is told to the operator, once a chunk, and costs the chunk nothing', async () => {
  const told: unknown[] = [];
  const deps = { ...watching(() => Promise.reject(broken)), onSetback: (...what: unknown[]) => void told.push(what) };
  const watch = new RolloutWatch(deps, { rolloutId: 'first', isAway: false } as ArmsGenerator);
  await watch.look();
  await watch.look();
  expect(told).toEqual([['LOOK_AT_ROLLOUT', broken]]);
});

it('A rollout that cannot be looked at keeps no other from being looked at', async () => {
  const looked: string[] = [];
  const deps = watching((id) => (looked.push(id), id === 'first' ? Promise.reject(broken) : Promise.resolve(undefined)));
  await expect(watchRollouts(deps)).rejects.toBe(broken);
  expect(looked).toEqual(['first', 'second']);
});
