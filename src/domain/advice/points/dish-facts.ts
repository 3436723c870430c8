import { FOOD_CATEGORIES, MEALS } from '../catalogue/dish.js';
import { isProteinDish, isVegetableDish } from '../catalogue/dish-kinds.js';
import { FIBRE_SOURCE_GRAMS } from '../day-figures.js';
import { figure, flag, word, writtenFigure, type Fact } from './fact.js';
import type { OfferedDish } from './scene.js';

/** One dish of the advice: the argument `dish`. Figures are those of a serving as offered. */
export const DISH_FACTS: readonly Fact[] = [
  word('dish.category', 'DISH', { is: 'its category', words: FOOD_CATEGORIES }, ({ dish }) => dish?.dish.category),
  word('dish.meal', 'DISH', { is: 'the meal at which it is offered', words: MEALS }, ({ dish }) => dish?.meal),
  flag('dish.isComposed', 'DISH', 'it belongs to the composed meal, not to the alternatives', ({ dish }) => dish?.isComposed),
  flag('dish.isProtein', 'DISH', 'a serving holds at least 40 g of meat, fish, egg or soy food', ({ dish }) =>
    dish === null ? undefined : isProteinDish(dish.offer),
  ),
  flag('dish.isVegetable', 'DISH', 'a serving holds at least 50 g of vegetables, mushrooms or seaweed', ({ dish }) =>
    dish === null ? undefined : isVegetableDish(dish.offer),
  ),
  flag('dish.isHot', 'DISH', 'hot by chilli', ({ dish }) => dish?.offer.judged.hot),
  flag('dish.isChanged', 'DISH', 'it is offered with changes of the usual recipe', ({ dish }) =>
    dish === null ? undefined : dish.offer.changes.length > 0,
  ),
  flag('dish.isFibreSource', 'DISH', 'at least 3 g of fibre in 100 g', ({ dish }) => densityAtLeast(dish, FIBRE_SOURCE_GRAMS)),
  flag('dish.isSoluble', 'DISH', 'at least a third of its fibre is soluble', ({ dish }) => isSoluble(dish)),
  writtenFigure(figure('dish.serving', 'DISH', 'grams of a serving', ({ dish }) => dish?.dish.servingGrams)),
  writtenFigure(figure('dish.fibre', 'DISH', 'grams of fibre in a serving', ({ dish }) => dish?.offer.judged.fibreGrams)),
  writtenFigure(figure('dish.energy', 'DISH', 'kcal of a serving', ({ dish }) => dish?.offer.judged.energyKcal)),
];

function densityAtLeast(dish: OfferedDish | null, least: number): boolean | undefined {
  const judged = dish?.offer.judged;
  return judged?.fibreGrams === null || judged === undefined ? undefined : (judged.fibreGrams * 100) / judged.grams >= least;
}

function isSoluble(dish: OfferedDish | null): boolean | undefined {
  const { solubleGrams = null, fibreGrams = null } = dish?.offer.judged ?? {};
  return solubleGrams === null || fibreGrams === null ? undefined : fibreGrams > 0 && solubleGrams * 3 >= fibreGrams;
}
