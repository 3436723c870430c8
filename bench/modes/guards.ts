import { startBenchWorker } from '../bench-worker.js';
import { median } from '../load.js';
import { reset, withClient } from '../sql-limit.js';
import { whole, type Bench } from './bench-mode.js';
import { gateMicroseconds } from './gate-cost.js';

/** A guard of the database, and how it is taken off and put back. */
interface Guard {
  readonly name: string;
  readonly off: string;
  readonly on: string;
}

const GUARDS: readonly Guard[] = [
  {
    name: 'the key that refuses a second outcome',
    off: 'alter table batch.event_log drop constraint event_outcome',
    on: 'alter table batch.event_log add constraint event_outcome unique (run_month, run_id, subject)',
  },
  {
    name: 'the trigger that takes events only from batch.append',
    off: 'alter table only batch.event_log disable trigger event_only_append',
    on: 'alter table only batch.event_log enable trigger event_only_append',
  },
];
const LANES = 4;

/** What a guard costs: runs without it beside runs with all of them, in turns. */
export async function benchGuards({ users, rounds, say, add, keep }: Bench, url: string): Promise<void> {
  const worker = await startBenchWorker(url, LANES);
  const pace = async (): Promise<number> => {
    await reset(url);
    const { roster, ms } = await worker.run();
    return (roster * 1_000) / ms;
  };
  await pace(); // warms up
  const costs = new Map<string, number[]>(GUARDS.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, off, on } of GUARDS) {
      const guarded = await pace();
      await withClient(url, (client) => client.query(off));
      const bare = await pace();
      await withClient(url, (client) => client.query(on));
      say(`${whole(guarded)} users/s with ${name}, ${whole(bare)} without`);
      costs.get(name)?.push(1 - guarded / bare);
    }
  }
  await worker.close();
  for (const [name, shares] of costs) add([`${whole(users)} users: cost of ${name}`, `${(100 * median(shares)).toFixed(0)} %`, '']);
  const gateUs = gateMicroseconds();
  add(['cost of the safety gate, µs of one core a user', gateUs.toFixed(1), '']);
  keep({ guards: Object.fromEntries(costs), gateUs });
}
