import { createSafetyGate, type SafetyGate } from '../../src/domain/advice/safety-gate.js';
import { foodBookOf } from '../../src/domain/advice/food-book.js';
import type { PatientInputs } from '../../src/domain/advice/patient-inputs.js';
import type { UserId } from '../../src/domain/ids.js';
import type { LocalDate } from '../../src/domain/local-date.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { RulesGenerator } from '../../src/generators/rules-generator.js';

const GATE_USERS = 20_000;
const GATE_ROUNDS = 15;

/** What the gate adds to the making of an advice, in µs: the least of many rounds with it less the least without, in turns. */
export function gateMicroseconds(): number {
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
