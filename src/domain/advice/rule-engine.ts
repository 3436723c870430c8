import type { AdviceTexts } from './advice-texts.js';
import type { Catalogue } from './catalogue.js';
import type { AdviceFailure, DailyAdvice } from './daily-advice.js';
import { dietFiguresOf } from './diet-figures.js';
import { DietPicker } from './diet-picker.js';
import { invalidField } from './invalid-field.js';
import { MEAL_PLAN, shortageCodeOf, shortCategories, type ShortageCode } from './meal-plan.js';
import { allergenBit, allergensToAvoid, type FoodBook, type PatientInputs } from './patient-inputs.js';
import { adviceSeed } from './seeded-random.js';
import { stepPlanOf } from './step-plan.js';
import { adviceTexts, type AdviceLanguage } from './texts.js';

/** The version of the rules. Part of the seed: raise it when a rule, the plan or the catalogue changes what users get. */
export const RULE_VERSION = 'rules-1';

/** Makes advice by rule. */
export interface RuleEngine {
  readonly version: string;
  /** Same inputs and book, same advice: neither the clock nor whoever came before has a say. Throws only for a bug. */
  advise(inputs: PatientInputs, book: FoodBook): DailyAdvice | AdviceFailure;
}

/** A rule engine over a catalogue, which the book's `catalogueIndex` must refer to. One serves all users of a process. */
export function createRuleEngine(catalogue: Catalogue, language: AdviceLanguage, version: string = RULE_VERSION): RuleEngine {
  const texts = adviceTexts(language);
  const names = catalogue.foods.map((food) => texts.foodName(food));
  const picker = new DietPicker(catalogue);
  const summaries = new Summaries(texts);

  function advise(inputs: PatientInputs, book: FoodBook): DailyAdvice | AdviceFailure {
    const field = invalidField(inputs);
    if (field !== null) return { failed: 'INVALID_INPUT', field };
    const { meals, shortSlots } = picker.pick(inputs, book, adviceSeed(inputs.userId, inputs.recordDate, version));
    const [breakfast = [], lunch = [], dinner = []] = meals;
    const figures = dietFiguresOf(inputs.today, book);
    const steps = stepPlanOf(inputs.steps);
    return {
      dietEvaluation: texts.dietEvaluation(figures),
      dietTarget: {
        Breakfast: named(breakfast, names),
        Lunch: named(lunch, names),
        Dinner: named(dinner, names),
        Summary: summaries.of(inputs.allergens, shortSlots),
      },
      dietFoods: breakfast.concat(lunch, dinner),
      fodmapCount: { low: figures.low, moderate: figures.moderate, high: figures.high, unknown: figures.unknown },
      exerciseEvaluation: texts.exerciseEvaluation(steps),
      exerciseTarget: steps.goal,
      shortages: shortSlots === 0 ? NO_SHORTAGES : shortagesOf(shortSlots),
    };
  }

  return { version, advise };
}

function named(foods: readonly number[], names: readonly string[]): string[] {
  return foods.map((food) => names[food] ?? '');
}

const NO_SHORTAGES: readonly ShortageCode[] = [];

function shortagesOf(shortSlots: number): ShortageCode[] {
  return MEAL_PLAN.filter((_, at) => (shortSlots & (1 << at)) !== 0).map(shortageCodeOf);
}

const SOY_SAUCE = allergenBit('GLUTEN') | allergenBit('SOY');

/** Summaries by what they say: a handful serve everyone, so each is written once. */
class Summaries {
  readonly #known = new Map<number, string>();

  constructor(private readonly texts: AdviceTexts) {}

  of(allergens: number, shortSlots: number): string {
    const avoid = allergensToAvoid(allergens);
    const avoidsSoySauce = (avoid & SOY_SAUCE) !== 0;
    const key = shortSlots * 4 + (avoid === 0 ? 0 : 2) + (avoidsSoySauce ? 1 : 0);
    let summary = this.#known.get(key);
    if (summary === undefined) {
      summary = this.texts.dietSummary({ avoidsAllergens: avoid !== 0, avoidsSoySauce, short: shortCategories(shortSlots) });
      this.#known.set(key, summary);
    }
    return summary;
  }
}
