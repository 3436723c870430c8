import type { Eaten } from './eaten.js';

/** g of all foods together; null where more than half of the grams eaten have no figure, or no amount. */
export function sumOf(foods: readonly Eaten[], figure: 'fibre' | 'soluble'): number | null {
  const grams = foods.reduce((sum, food) => sum + food.grams, 0);
  const without = foods.filter((food) => !counts(food, figure)).reduce((sum, food) => sum + food.grams, 0);
  if (grams === 0 || without > grams / 2) return null;
  const sum = foods.filter((food) => counts(food, figure)).reduce((all, food) => all + (food.grams * (food[figure] ?? 0)) / 100, 0);
  return Number(sum.toFixed(6)); // as exact as decimal figures are: half a gram is half a gram
}

/** Whether it is known how much a food brought: of one without a usual serving somebody must have said how much there was. */
function counts(food: Eaten, figure: 'fibre' | 'soluble'): boolean {
  return food[figure] !== null && (food[figure] === 0 || food.isMeasured || food.dish !== undefined);
}
