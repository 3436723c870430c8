import { holdsOf } from './condition.js';
import type { ChosenPoint, Point } from './point.js';
import type { Scene } from './scene.js';
import type { Vocabulary } from './vocabulary.js';

/** Whether a point is true of a scene with these arguments: it is in the vocabulary, has the arguments that it takes and no others, and its condition holds. Leaves the scene with them. */
export function isTrue(chosen: ChosenPoint, scene: Scene, vocabulary: Vocabulary): boolean {
  const point = vocabulary.points[chosen.point];
  if (point === undefined || !setArguments(point, chosen, scene)) return false;
  const { patient, eaten, dish } = point.when;
  return holdsOf(patient, scene) && holdsOf(eaten, scene) && holdsOf(dish, scene);
}

/** Sets the scene's arguments. @returns false for an argument that is missing, not there or not taken */
export function setArguments(point: Point, chosen: ChosenPoint, scene: Scene): boolean {
  scene.eaten = chosen.eaten < 0 ? null : eatenOf(scene, chosen.eaten);
  scene.dish = chosen.dish < 0 ? null : dishOf(scene, chosen.dish);
  const { args } = point;
  if (args.length === 0) return chosen.eaten === -1 && chosen.dish === -1;
  return isWhole(chosen.eaten, scene.eaten, args.includes('eaten')) && isWhole(chosen.dish, scene.dish, args.includes('dish'));
}

function isWhole(given: number, found: object | null, taken: boolean): boolean {
  return taken ? found !== null : given === -1;
}

function eatenOf({ eatenFoods }: Scene, id: number): Scene['eaten'] {
  for (const eaten of eatenFoods) if (eaten.id === id) return eaten;
  return null;
}

function dishOf({ dishes }: Scene, place: number): Scene['dish'] {
  for (const dish of dishes) if (dish.place === place) return dish;
  return null;
}

/** What a text spoke of already: ids of foods, places of offers. */
export interface SpokenOf {
  readonly eaten: number[];
  readonly dishes: number[];
}

/**
 * The first arguments with which a point is true; null when there are none. Foods and dishes are tried in the scene's order, and what is true of the patient is asked once.
 */
export function truthOf(place: number, scene: Scene, vocabulary: Vocabulary, used: SpokenOf = NONE): ChosenPoint | null {
  const point = vocabulary.points[place];
  if (point === undefined) return null;
  const { when, args } = point;
  scene.eaten = scene.dish = null;
  if (!holdsOf(when.patient, scene)) return null;
  if (args.length === 0) return holdsOf(when.eaten, scene) && holdsOf(when.dish, scene) ? { point: place, eaten: -1, dish: -1 } : null;
  if (!args.includes('eaten')) return ofDishes(place, scene, vocabulary, used);
  const dishes = args.includes('dish') ? scene.dishes : NO_ARGUMENT;
  for (const eaten of scene.eatenFoods) {
    if (used.eaten.includes(eaten.id)) continue;
    scene.eaten = eaten;
    scene.dish = null;
    if (!holdsOf(when.eaten, scene)) continue;
    for (const dish of dishes) {
      if (dish !== null && used.dishes.includes(dish.place)) continue;
      if (when.isOfComposed && dish?.isComposed === false) break;
      scene.dish = dish;
      if (holdsOf(when.dish, scene)) return { point: place, eaten: eaten.id, dish: dish?.place ?? -1 };
    }
  }
  return null;
}

/** The first dish of which a point about a dish alone is true. */
function ofDishes(place: number, scene: Scene, vocabulary: Vocabulary, used: SpokenOf): ChosenPoint | null {
  const { when } = vocabulary.points[place] as Point;
  const { dishes } = scene;
  for (let at = 0; at < dishes.length; at += 1) {
    const dish = dishes[at] as (typeof dishes)[number];
    if (when.isOfComposed && !dish.isComposed) break;
    scene.dish = dish;
    if (holdsOf(when.dish, scene) && !used.dishes.includes(dish.place)) return { point: place, eaten: -1, dish: dish.place };
  }
  return null;
}

const NO_ARGUMENT: readonly [null] = [null];
const NONE: SpokenOf = { eaten: [], dishes: [] };
