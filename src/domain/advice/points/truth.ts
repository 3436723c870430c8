import type { EatenFood } from '../eaten-food.js';
import { holdsOf } from './condition.js';
import { isOfComposed as isComposedNumber, placeOfNumber } from './dish-menu.js';
import type { ChosenPoint, Point } from './point.js';
import type { OfferedDish, Scene } from './scene.js';
import type { Takes, Vocabulary } from './vocabulary.js';

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

function dishOf({ dishes, numbers }: Scene, place: number): Scene['dish'] {
  for (let at = 0; at < numbers.length; at += 1) if (placeOfNumber(numbers[at] as number) === place) return dishes[at] ?? null;
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
  const { tests } = vocabulary;
  const takes = vocabulary.takesOf(place);
  if (takes === undefined) return null;
  scene.eaten = scene.dish = null;
  if (!tests.holdOfPatient(place, scene)) return null;
  if (!takes.eaten) {
    const dish = takes.dish ? trueDish(place, takes, { scene, tests, used }) : -1;
    return takes.dish && dish < 0 ? null : { point: place, eaten: -1, dish };
  }
  const { eatenFoods } = scene;
  for (let at = 0; at < eatenFoods.length; at += 1) {
    const eaten = eatenFoods[at] as EatenFood;
    scene.eaten = eaten;
    scene.dish = null;
    if (!tests.holdOfEaten(place, eaten, scene) || used.eaten.includes(eaten.id)) continue;
    if (!takes.dish) return { point: place, eaten: eaten.id, dish: -1 };
    const dish = trueDish(place, takes, { scene, tests, used });
    if (dish >= 0) return { point: place, eaten: eaten.id, dish };
  }
  return null;
}

/** Leaves the scene with the first dish of which a point is true. @returns its place in the offers; -1 where it is true of none */
function trueDish(
  place: number,
  { isOfComposed }: Takes,
  { scene, tests, used }: Pick<Vocabulary, 'tests'> & { scene: Scene; used: SpokenOf },
): number {
  const { dishes, numbers } = scene;
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at] as number;
    if (isOfComposed && !isComposedNumber(number)) break;
    if (!tests.mayHoldOfDish(place, number, scene) || used.dishes.includes(placeOfNumber(number))) continue;
    const dish = dishes[at] as OfferedDish;
    scene.dish = dish;
    if (tests.restHoldsOfDish(place, scene)) return dish.place;
  }
  return -1;
}

const NONE: SpokenOf = { eaten: [], dishes: [] };
