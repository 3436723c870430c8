import { startServiceProcess } from '../../support/service-process.js';
import { holdWorkers } from '../../support/table-hold.js';
import { Draws } from '../draws.js';
import type { Scene, SeedVerdict } from '../fault.js';
import { overlap } from '../log/overlapping-appends.js';
import { heirOn } from '../heir.js';
import { runGround, SHORT_LEASE } from '../run-ground.js';
import { batchesScene } from '../model/provider-batches.js';
import { strangerScene } from '../model/stranger.js';
import { frozenScene } from '../workers/frozen.js';

/** A deliberate break of the service, and the fault that it cannot survive. */
export interface Mutant {
  readonly name: string;
  readonly under: string;
  /** @returns what the checkers say, in words; nothing when the mutant got past them */
  readonly tryIt: () => Promise<readonly string[]>;
}

/** Each must be caught: that shows that a quiet checker has something to say. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'no fence: a claim does not raise it',
    under: 'a suspended machine that goes on while another works (3b)',
    tryIt: async () => {
      const scene = await frozenScene('ITS CLOCK STANDS STILL', (database) => database.rows(NO_FENCE));
      return firstCaught(scene, [1, 2, 3, 4, 5, 6]);
    },
  },
  {
    name: 'order by position only',
    under: 'appends that overlap (13)',
    tryIt: async () => told(await overlap(new Draws(1), 'by position')),
  },
  {
    name: 'order by position below the oldest transaction',
    under: 'appends that overlap (13)',
    tryIt: async () => {
      for (let seed = 1; seed <= 5; seed += 1) {
        const caught = told(await overlap(new Draws(seed), 'by position, below the oldest transaction'));
        if (caught.length > 0) return caught;
      }
      return [];
    },
  },
  { name: 'no unique key (outcome)', under: 'a user planned into two chunks', tryIt: plannedTwice },
  ...(
    [
      { name: 'figures as told', trouble: 'TELLS FIGURES' },
      { name: 'resume untried', trouble: 'COMES AND GOES' },
      { name: 'refusals are everyones own', trouble: 'REFUSES EVERYBODY' },
    ] as const
  ).map((mutant) => ({
    name: mutant.name,
    under: 'a model’s endpoint that is a stranger (32)',
    tryIt: async () => firstCaught(await strangerScene(mutant), [1]),
  })),
  ...(['batches sent unsought', 'batches said afterwards'] as const).map((name) => ({
    name,
    under: 'kills around a provider’s batch (34)',
    tryIt: async () => firstCaught(await batchesScene(undefined, name), [1, 2, 3]),
  })),
  { name: 'write before generate: the outcome before its advice', under: 'SIGKILL between the two (1)', tryIt: killedBetween },
];

const NO_FENCE = `create function batch.no_fence() returns trigger language plpgsql as $$ begin new.fence := least(new.fence, 1); return new; end $$;
create trigger no_fence before update on batch.chunk_work for each row execute function batch.no_fence()`;

/** Whatever the checkers say of a seed. */
function told({ lost, doubled, broken }: SeedVerdict): string[] {
  return [...(lost > 0 ? [`${lost} lost`] : []), ...(doubled > 0 ? [`${doubled} doubled`] : []), ...broken];
}

async function firstCaught(scene: Scene, seeds: readonly number[]): Promise<string[]> {
  try {
    for (const seed of seeds) {
      const caught = told(await scene.strike(new Draws(seed)));
      if (caught.length > 0) return caught;
    }
    return [];
  } finally {
    await scene[Symbol.asyncDispose]();
  }
}

async function plannedTwice(): Promise<string[]> {
  const ground = await runGround({ users: 40 });
  try {
    await ground.database.rows('alter table batch.event_log drop constraint event_outcome');
    await heirOn(ground);
    const hold = await holdWorkers(ground.database, 'READING');
    const runId = await ground.begin({ chunkSize: 5 });
    await hold.keeps(2);
    await ground.database.rows(
      `update batch.chunk_work set user_ids = (select user_ids[1] from batch.chunk_work where run_id = $1 and chunk = 0) || user_ids
       where run_id = $1 and chunk = 4`,
      [runId],
    );
    await hold.release();
    await ground.ended(runId);
    return told(await ground.verdict(runId, { bites: 1 }));
  } finally {
    await ground.resources.end();
  }
}

async function killedBetween(): Promise<string[]> {
  const ground = await runGround({ users: 40 });
  try {
    const mutant = ground.resources.use(
      await startServiceProcess(ground.database, 'worker', { ...SHORT_LEASE, TEST_MUTANT: 'write before generate' }),
    );
    const runId = await ground.begin({ chunkSize: 10 });
    await ground.chunksDone(runId, 1, mutant.workerId);
    mutant.child.kill('SIGKILL');
    await mutant.ended;
    await heirOn(ground);
    await ground.ended(runId);
    return told(await ground.verdict(runId, { bites: 1 }));
  } finally {
    await ground.resources.end();
  }
}
