import type { Catalogue } from '../src/domain/advice/catalogue/catalogue.js';
import { MEALS } from '../src/domain/advice/catalogue/dish.js';
import { MEAL_PLAN } from '../src/domain/advice/meal-plan.js';
import { recordedAdvice } from '../src/domain/advice/points/explain.js';
import type { InterventionRow } from '../src/domain/programs/intervention-row.js';
import type { EvalResult } from './evaluate.js';

/** How well dishes and points were chosen, by every generator. */
export interface ChoiceFigures {
  /** Share of the categories of the plan of which a meal holds a dish, over all meals of all patients. */
  readonly planCovered: number;
  /** Points that were said, and those that were chosen and left out because they are not true. */
  readonly pointsSaid: number;
  readonly pointsDropped: number;
}

/** Judges the choices of an evaluation. */
export function choicesOf(results: readonly EvalResult[], catalogue: Catalogue): ChoiceFigures {
  const categories = new Map(
    catalogue.offers.flatMap(({ labelKo, labelEn, dish }) =>
      [labelKo, labelEn].map((label) => [label, catalogue.dishes[dish]?.category] as const),
    ),
  );
  const rows = results.flatMap(({ generated }) => (generated.status === 'generated' ? [generated.row] : []));
  const slots = rows.flatMap((row) =>
    MEAL_PLAN.map(({ meal, category }) => mealOf(row, meal).some((label) => categories.get(label) === category)),
  );
  const outputs = rows.map((row) => JSON.parse(row.outputs ?? '{}') as { droppedPoints?: number });
  return {
    planCovered: slots.filter(Boolean).length / Math.max(1, slots.length),
    pointsSaid: outputs.reduce((sum, each) => sum + (recordedAdvice(each)?.points.length ?? 0), 0),
    pointsDropped: outputs.reduce((sum, { droppedPoints }) => sum + (droppedPoints ?? 0), 0),
  };
}

function mealOf({ dietTarget }: InterventionRow, meal: (typeof MEALS)[number]): readonly string[] {
  return [dietTarget?.Breakfast, dietTarget?.Lunch, dietTarget?.Dinner][MEALS.indexOf(meal)] ?? [];
}
