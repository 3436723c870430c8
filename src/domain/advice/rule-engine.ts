import type { Catalogue } from './catalogue/catalogue.js';
import type { AdviceFailure, DailyAdvice, InputField } from './daily-advice.js';
import { dayNumber } from './day-number.js';
import { DietPicker } from './diet-picker.js';
import type { FoodBook, PatientInputs } from './patient-inputs.js';
import type { ChosenPoint } from './points/point.js';
import type { SafetyGate } from './safety-gate.js';
import { personSeed } from './seeded-random.js';
import type { ViolationCode } from './violation-codes.js';
import { LACTOSE_INTOLERANCE_BIT } from './restrictions.js';

const ALLERGEN_MASKS = LACTOSE_INTOLERANCE_BIT * 2;

/**
 * The first field that no sensible record can hold, null when there is none: 1 to 7 days of whole steps, not all of them below zero (days that nobody can have walked are left out, and cost a patient no
 * advice on food: decision 061), and only allergens that the catalogue knows, since a bit without a meaning here may be an allergy that would be ignored.
 */
export function invalidField({ allergens, steps }: PatientInputs): InputField | null {
  if (!Number.isInteger(allergens) || allergens < 0 || allergens >= ALLERGEN_MASKS) return 'allergens';
  if (steps.length < 1 || steps.length > 7) return 'steps';
  for (const count of steps) if (!Number.isInteger(count)) return 'steps';
  return steps.every((count) => count < 0) ? 'steps' : null;
}

/** The version of the rules. Part of the seed: raise it when a rule or the plan changes what users get. */
export const RULE_VERSION = 'rules-14';

/** Makes advice by rule. */
export interface RuleEngine {
  readonly version: string;
  /** Same inputs and book, same advice: neither the clock nor an earlier user has a say. Throws only for a bug. */
  advise(inputs: PatientInputs, book: FoodBook): DailyAdvice | AdviceFailure | { readonly violations: readonly ViolationCode[] };
}

/** The rules choose no points: of what nothing was chosen for, the gate says what the rules say (`choosePoints`). */
const nothingMore = (): readonly ChosenPoint[] => [];

/** A rule engine over a catalogue, which the book's dishes must refer to. What it chooses passes the gate like every choice. One serves all users of a process. */
export function createRuleEngine(
  catalogue: Catalogue,
  { gate }: { readonly gate: SafetyGate },
  version: string = RULE_VERSION,
): RuleEngine {
  const picker = new DietPicker(catalogue);
  return {
    version,
    advise(inputs, book) {
      const field = invalidField(inputs);
      if (field !== null) return { failed: 'INVALID_INPUT', field };
      const seed = { person: personSeed(inputs.userId, version), day: dayNumber(inputs.recordDate) };
      const { meals } = picker.pick(inputs, book, seed);
      return gate.pass({ meals, points: nothingMore }, inputs, { book });
    },
  };
}
