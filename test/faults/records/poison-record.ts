import { outcomesOf } from '../../support/outcome-list.js';
import { healthyUsers, letPoisonIn, POISONS, type Poison } from '../../support/poisoned-records.js';
import { sceneOf, type Fault } from '../fault.js';
import { heirOn } from '../heir.js';
import { runGround } from '../run-ground.js';

/** 15: more users' records break with each seed, and stay broken. */
export const POISON_RECORD: Fault = {
  id: '15',
  what: 'poison records (NaN, 1 MB name, NUL, null profile …)',
  promise: 'invariant 9: the outcome of a user with one is theirs alone',
  open: async () => {
    const ground = await runGround({ users: 240 });
    await heirOn(ground);
    const healthy = await healthyUsers(ground.database);
    await letPoisonIn(ground.database);
    const poisoned = new Map<number, Poison>();
    return sceneOf(ground.resources, async (draws) => {
      const victims = draws.some(
        healthy.filter((id) => !poisoned.has(id)),
        draws.between(1, 4),
      );
      for (const userId of victims) {
        const poison = draws.pick(POISONS);
        await poison.put(ground.database, userId);
        poisoned.set(userId, poison);
      }
      const runId = await ground.begin({ chunkSize: draws.between(5, 60) });
      await ground.ended(runId);
      const outcomes = new Map((await outcomesOf(ground.url, runId)).map((each) => [each.userId, each]));
      const broken: string[] = [];
      for (const userId of healthy) {
        const expected = poisoned.get(userId)?.outcome ?? { outcome: 'GENERATED' };
        const found: Readonly<Record<string, unknown>> = { ...outcomes.get(userId) };
        const differs = Object.entries(expected).filter(([field, value]) => JSON.stringify(found[field]) !== JSON.stringify(value));
        if (differs.length > 0)
          broken.push(`user ${userId} (${poisoned.get(userId)?.name ?? 'healthy'}) has ${JSON.stringify(found['outcome'])}`);
      }
      return ground.verdict(runId, { bites: poisoned.size, broken });
    });
  },
};
