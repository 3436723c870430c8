import type { Catalogue } from '../../domain/advice/catalogue/catalogue.js';
import { isProteinDish, isStaple, isVegetableDish } from '../../domain/advice/catalogue/dish-kinds.js';
import { dailyScene } from '../../domain/advice/daily-scene.js';
import type { DishOffer } from '../../domain/advice/dish-offer.js';
import type { FoodBook, PatientInputs } from '../../domain/advice/patient-inputs.js';
import { holdsOf } from '../../domain/advice/points/condition.js';
import type { Point } from '../../domain/advice/points/point.js';
import type { OfferedDish, Scene } from '../../domain/advice/points/scene.js';
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

/** What options are made of. */
export interface OptionContext {
  readonly offer: DishOffer;
  readonly catalogue: Catalogue;
  readonly vocabulary: Vocabulary;
  /** Places in the vocabulary of the points that may be chosen. */
  readonly places: readonly number[];
}

/** Foods that a point is offered with, and dishes that it is offered with for each: a model has to choose few of either. */
const MAX_FOODS = { alone: 2, withDish: 1 };
const MAX_DISHES = 2;
/** Points of one field that are offered, the more important first: more than a text has room for. */
const MAX_OF_FIELD = 5;

/** What may be said to a patient who is offered these dishes, in the order of `places`. */
export function pointOptions(
  inputs: PatientInputs,
  book: FoodBook,
  { offer, catalogue, vocabulary, places }: OptionContext,
): PointOption[] {
  const composed = offer.meals.map(({ length }) => length);
  const scene = dailyScene(inputs, book, { meals: offer.meals, composed, shortSlots: 0 }, catalogue);
  // Which dishes a model composes is not known yet: those that can belong to a set meal count as if they did, and are set first where a point names them.
  const dishes = scene.dishes.map((dish) => (canBeSet(dish) ? dish : asAlternative(dish)));
  const options = places.flatMap((place) => {
    const point = vocabulary.points[place];
    return point === undefined ? [] : optionsOf(place, point, scene, dishes);
  });
  return mostImportant(options, vocabulary, scene.turn);
}

function optionsOf(place: number, { args, when }: Point, scene: Scene, dishes: readonly OfferedDish[]): PointOption[] {
  scene.eaten = scene.dish = null;
  if (!holdsOf(when.patient, scene)) return [];
  const foods = args.includes('eaten') ? scene.eatenFoods : NO_ARGUMENT;
  const mostFoods = args.includes('dish') ? MAX_FOODS.withDish : MAX_FOODS.alone;
  const options: PointOption[] = [];
  for (const eaten of foods) {
    if (options.length === mostFoods) break;
    scene.eaten = eaten;
    scene.dish = null;
    if (!holdsOf(when.eaten, scene)) continue;
    const fits = args.includes('dish') ? dishesOf(when, scene, dishes) : [];
    if (args.includes('dish') ? fits.length > 0 : holdsOf(when.dish, scene))
      options.push({ point: place, eaten: eaten?.id ?? -1, dishes: fits });
  }
  return options;
}

/** The first dishes of which a point is true, about the scene's food where it is about one. */
function dishesOf({ dish: holds }: Point['when'], scene: Scene, dishes: readonly OfferedDish[]): number[] {
  const fits: number[] = [];
  for (const dish of dishes) {
    if (fits.length === MAX_DISHES) break;
    scene.dish = dish;
    if (holdsOf(holds, scene)) fits.push(dish.place);
  }
  return fits;
}

const NO_ARGUMENT: readonly [null] = [null];

/** Whether a dish can belong to a set meal: fruit, drinks and snacks that are neither protein nor vegetables cannot. */
function canBeSet({ dish: { category }, offer }: OfferedDish): boolean {
  return isStaple(category) || category === 'SOUP_STEW' || isProteinDish(offer) || isVegetableDish(offer);
}

function asAlternative({ place, offer, dish, meal }: OfferedDish): OfferedDish {
  return { place, offer, dish, meal, isComposed: false };
}

/** Of each field the most important; among equals other ones each day. */
function mostImportant(options: readonly PointOption[], vocabulary: Vocabulary, turn: number): PointOption[] {
  const count = options.length;
  const ranked = options.map((option, at) => ({
    option,
    rank: -(vocabulary.points[option.point]?.priority ?? 0) * count + ((at + turn) % count),
  }));
  const ofFields = Map.groupBy(ranked, ({ option }) => vocabulary.points[option.point]?.field);
  const kept = new Set([...ofFields.values()].flatMap((own) => own.toSorted((a, b) => a.rank - b.rank).slice(0, MAX_OF_FIELD)));
  return ranked.filter((each) => kept.has(each)).map(({ option }) => option);
}
