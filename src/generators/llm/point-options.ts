import type { Catalogue } from '../../domain/advice/catalogue/catalogue.js';
import { isProteinDish, isStaple, isVegetableDish } from '../../domain/advice/catalogue/dish-kinds.js';
import { dailyScene } from '../../domain/advice/daily-scene.js';
import type { DishOffer } from '../../domain/advice/dish-offer.js';
import type { FoodBook, PatientInputs } from '../../domain/advice/patient-inputs.js';
import type { Point } from '../../domain/advice/points/point.js';
import type { Scene } from '../../domain/advice/points/scene.js';
import { isTrue } from '../../domain/advice/points/truth.js';
import type { Vocabulary } from '../../domain/advice/points/vocabulary.js';

/** A point that is true of a patient, whichever dishes are chosen; one about a dish is true if one of these is chosen. */
export interface PointOption {
  /** Place in the vocabulary. */
  readonly point: number;
  /** Id of the food in IBSafe's table; -1 for a point about none. */
  readonly eaten: number;
  /** Places in `Catalogue.offers`; empty for a point about no dish. */
  readonly dishes: readonly number[];
}

/** Foods that a point is offered with, and dishes that it is offered with for each: a model has to choose few of either. */
const MOST_FOODS = { alone: 2, withDish: 1 };
const MOST_DISHES = 2;
/** Points of one field that are offered, the more important first: twice what a text has room for. */
const MOST_OF_FIELD = 6;

/** What may be said to a patient who is offered these dishes, in the vocabulary's order. `places` are the points that may be chosen. */
export function pointOptions(
  inputs: PatientInputs,
  book: FoodBook,
  { offer, catalogue, vocabulary, places }: OptionContext,
): PointOption[] {
  const menu = (isComposed: boolean): Scene => {
    const composed = offer.meals.map(({ length }) => (isComposed ? length : 0));
    return dailyScene(inputs, book, { meals: offer.meals, composed, shortSlots: 0 }, catalogue);
  };
  const [asSet, asOthers] = [menu(true), menu(false)];
  const options = places.flatMap((place) => {
    const point = vocabulary.points[place];
    return point === undefined ? [] : optionsOf(place, point, { asSet, asOthers, vocabulary });
  });
  return mostImportant(options, vocabulary, asSet.turn);
}

/** What options are made of. */
export interface OptionContext {
  readonly offer: DishOffer;
  readonly catalogue: Catalogue;
  readonly vocabulary: Vocabulary;
  readonly places: readonly number[];
}

interface Judging {
  /** The dishes as a set meal, for those that can belong to one, and as alternatives for the rest. */
  readonly asSet: Scene;
  readonly asOthers: Scene;
  readonly vocabulary: Vocabulary;
}

function optionsOf(place: number, { args }: Point, { asSet, asOthers, vocabulary }: Judging): PointOption[] {
  const foods = args.includes('eaten') ? asSet.eatenFoods.map(({ id }) => id) : [-1];
  const dishes = args.includes('dish') ? asSet.dishes.map((dish) => dish.place) : [-1];
  const mostFoods = args.includes('dish') ? MOST_FOODS.withDish : MOST_FOODS.alone;
  const options: PointOption[] = [];
  for (const eaten of foods) {
    if (options.length === mostFoods) break;
    const fits: number[] = [];
    for (const dish of dishes) {
      if (fits.length === MOST_DISHES) break;
      if (isTrue({ point: place, eaten, dish }, dish < 0 || canBeSet(dish, asSet) ? asSet : asOthers, vocabulary)) fits.push(dish);
    }
    if (fits.length === 0) continue;
    options.push({ point: place, eaten, dishes: fits.filter((dish) => dish >= 0) });
  }
  return options;
}

/** Whether a dish can belong to a set meal: fruit, drinks and snacks that are neither protein nor vegetables cannot. */
function canBeSet(place: number, { dishes }: Scene): boolean {
  const found = dishes.find((each) => each.place === place);
  if (found === undefined) return false;
  const { category } = found.dish;
  return isStaple(category) || category === 'SOUP_STEW' || isProteinDish(found.offer) || isVegetableDish(found.offer);
}

/** Of each field the most important; among equals other ones each day. */
function mostImportant(options: readonly PointOption[], vocabulary: Vocabulary, turn: number): PointOption[] {
  const count = options.length;
  const rank = (option: PointOption): number =>
    -(vocabulary.points[option.point]?.priority ?? 0) * count + ((options.indexOf(option) + turn) % count);
  const ofFields = Map.groupBy(options, ({ point }) => vocabulary.points[point]?.field);
  const kept = new Set([...ofFields.values()].flatMap((own) => own.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_OF_FIELD)));
  return options.filter((option) => kept.has(option));
}
