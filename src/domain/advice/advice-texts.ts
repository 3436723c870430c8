import type { CatalogueFood, FoodCategory } from './catalogue-food.js';
import type { DietFigures } from './diet-figures.js';
import type { StepPlan } from './step-plan.js';

/** What the summary of a day's dishes says. */
export interface SummaryFacts {
  /** The user has an allergy or intolerance. */
  readonly avoidsAllergens: boolean;
  /** The user must avoid gluten or soy, which Korean soy sauce and soybean paste hold. */
  readonly avoidsSoySauce: boolean;
  /** Categories that ran dry, in the plan's order. */
  readonly short: readonly FoodCategory[];
}

/** The sentences of one language. They state what was recorded and suggest; they never promise an effect on health. */
export interface AdviceTexts {
  foodName(food: CatalogueFood): string;
  /** One to three sentences on FODMAP and fibre. */
  dietEvaluation(figures: DietFigures): string;
  dietSummary(facts: SummaryFacts): string;
  /** Level, regularity and goal. */
  exerciseEvaluation(plan: StepPlan): string;
}
