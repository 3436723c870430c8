import { createSafetyGate, type SafetyGate } from '../../src/domain/advice/safety-gate.js';
import { foodBookOf } from '../../src/domain/advice/food-book.js';
import type { PatientInputs } from '../../src/domain/advice/patient-inputs.js';
import type { UserId } from '../../src/domain/ids.js';
import type { LocalDate } from '../../src/domain/local-date.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { loadCatalogue } from '../../src/generators/catalogue-file.js';
import { RulesGenerator } from '../../src/generators/rules-generator.js';
import { startBenchWorker } from '../bench-worker.js';
import { median } from '../load.js';
import { reset, withClient } from '../sql-limit.js';
import { whole, type Bench } from './bench-mode.js';

/** A guard of the database, and how it is taken off and put back. */
interface Guard {
  readonly name: string;
  readonly off: string;
  readonly on: string;
}

const GUARDS: readonly Guard[] = [
  {
    name: 'the key that refuses a second outcome',
    off: 'alter table batch.event drop constraint event_outcome',
    on: 'alter table batch.event add constraint event_outcome unique (run_month, run_id, user_id)',
  },
  {
    name: 'the trigger that takes events only from batch.append',
    off: 'alter table only batch.event disable trigger event_only_append',
    on: 'alter table only batch.event enable trigger event_only_append',
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

const GATE_USERS = 20_000;
const GATE_ROUNDS = 15;

/** What the gate adds to the making of an advice, in µs: the least of many rounds with it less the least without, in turns. */
function gateMicroseconds(): number {
  const catalogue = loadCatalogue();
  const rows = catalogue.foods.map(({ code, nameKo }, at) => ({
    id: at + 1,
    foodCode: code,
    foodName: nameKo,
    fodmap: null,
    fibreType: null,
    fibreGrams: null,
  }));
  const book = foodBookOf(rows, catalogue);
  const open: SafetyGate = { check: () => [] };
  const least = new Map<SafetyGate, number>([[createSafetyGate(catalogue, 'ko'), Infinity], [open, Infinity]]); // prettier-ignore
  const inputs = Array.from({ length: GATE_USERS }, (_, at) => inputsOf(at + 1, rows.length));
  for (let round = 0; round < GATE_ROUNDS; round += 1) {
    for (const [gate, before] of least) {
      const generator = new RulesGenerator([DAILY], { catalogue, language: 'ko', gate, book: () => book });
      const began = performance.now();
      for (const each of inputs) generator.generate(each, DAILY);
      least.set(gate, Math.min(before, ((performance.now() - began) * 1_000) / GATE_USERS));
    }
  }
  const [gated = 0, bare = 0] = least.values();
  return gated - bare;
}

/** A user like those of the demo: six foods of the day, twenty in three days, a week of steps. */
function inputsOf(userId: number, foods: number): PatientInputs {
  const food = (at: number): number => 1 + ((userId * 7_919 + at * 104_729) % foods);
  const today = Array.from({ length: 6 }, (_, at) => food(at));
  const recent = Array.from({ length: 20 }, (_, at) => food(at));
  const steps = Array.from({ length: 7 }, (_, at) => 3_000 + ((userId * 31 + at * 997) % 5_000));
  return {
    userId: userId as UserId,
    recordDate: '2026-01-31' as LocalDate,
    allergens: userId % 5 === 0 ? userId % 127 : 0,
    today,
    recent,
    steps,
  };
}
