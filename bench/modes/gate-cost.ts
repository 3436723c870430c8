import type { DailyAdvice } from '../../src/domain/advice/daily-advice.js';
import { foodBookOf } from '../../src/domain/advice/food-book.js';
import type { PatientInputs } from '../../src/domain/advice/patient-inputs.js';
import { createSafetyGate, type SafetyGate } from '../../src/domain/advice/safety-gate.js';
import type { UserId } from '../../src/domain/ids.js';
import type { LocalDate } from '../../src/domain/local-date.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { loadPoints } from '../../src/generators/points/points-file.js';
import { RulesGenerator } from '../../src/generators/rules-generator.js';

const GATE_USERS = 20_000;
const GATE_ROUNDS = 15;

/** What the gate adds to the making of an advice (checking the menu, judging the points and saying them), in µs: the least of many rounds with it less the least without, in turns. */
export function gateMicroseconds(): number {
  const catalogue = loadCatalogue();
  const tongue = { vocabulary: loadPoints(), language: 'ko' } as const;
  const book = foodBookOf(catalogue.dishes.map(({ code, nameKo }, at) => rowOf(at + 1, code, nameKo)), catalogue); // prettier-ignore
  const gate = createSafetyGate(catalogue, tongue);
  const least = new Map<SafetyGate, number>([[gate, Infinity], [openAs(gate, inputsOf(1, catalogue.dishes.length), book), Infinity]]); // prettier-ignore
  const inputs = Array.from({ length: GATE_USERS }, (_, at) => inputsOf(at + 1, catalogue.dishes.length));
  for (let round = 0; round < GATE_ROUNDS; round += 1) {
    for (const [each, before] of least) {
      const generator = new RulesGenerator([DAILY], { catalogue, tongue, gate: each, book: () => book });
      const began = performance.now();
      for (const one of inputs) generator.generate(one, DAILY);
      least.set(each, Math.min(before, ((performance.now() - began) * 1_000) / GATE_USERS));
    }
  }
  const [gated = 0, bare = 0] = least.values();
  return gated - bare;
}

/** A gate that looks at nothing and gives all users the advice of one patient. */
function openAs(gate: SafetyGate, inputs: PatientInputs, book: ReturnType<typeof foodBookOf>): SafetyGate {
  let advice: DailyAdvice | undefined;
  const catalogue = loadCatalogue();
  const tongue = { vocabulary: loadPoints(), language: 'ko' } as const;
  const keeping: SafetyGate = {
    pass(...given) {
      const passed = gate.pass(...given);
      if (!('violations' in passed)) advice = passed;
      return passed;
    },
  };
  new RulesGenerator([DAILY], { catalogue, tongue, gate: keeping, book: () => book }).generate(inputs, DAILY);
  const kept = advice;
  if (kept === undefined) throw new Error('the first patient of the measure has no advice: give it other records');
  return { pass: () => kept };
}

function rowOf(id: number, foodCode: string, foodName: string): Parameters<typeof foodBookOf>[0] extends Iterable<infer Row> ? Row : never {
  return { id, foodCode, foodName, fodmap: null, fodmapBasis: null, fibreGrams: null };
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
    amounts: today.map(() => 150),
    mealsEaten: today.map((_, at) => at % 3),
    recent,
    steps,
  };
}
