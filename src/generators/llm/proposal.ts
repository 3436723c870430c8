import type { Catalogue } from '../../domain/advice/catalogue/catalogue.js';
import { composedMeal } from '../../domain/advice/composed-meal.js';
import type { ChosenPoint, PointField } from '../../domain/advice/points/point.js';
import type { Scene } from '../../domain/advice/points/scene.js';
import { MAX_FIELD_LENGTH, sentenceOf, type Tongue } from '../../domain/advice/points/tell.js';
import { isTrue } from '../../domain/advice/points/truth.js';
import type { Proposal } from '../../domain/advice/safety-gate.js';
import type { Answer, Reference } from './answer.js';
import type { DailyPrompt } from './daily-prompt.js';

/** What gives numbers their meaning: the question, and the points that every question tells of. */
export interface Meaning {
  readonly prompt: Pick<DailyPrompt, 'dishes' | 'foods'>;
  /** Places in the vocabulary by point number - 1. */
  readonly points: readonly number[];
  readonly catalogue: Catalogue;
  readonly tongue: Tongue;
}

/**
 * What an answer proposes to the gate. A reference to nothing becomes -1, for the gate to find. A dish that a point names goes first: the first of its
 * kind belongs to the set meal.
 */
export function proposalOf({ meals, points }: Answer, meaning: Meaning): Proposal {
  const chosen = points.map((point) => pointOf(point, meaning));
  const named = new Set(chosen.map(({ dish }) => dish));
  const [breakfast = [], lunch = [], dinner = []] = meals.map((meal) => {
    return namedFirst(
      meal.map((dish) => dishOf(dish, meaning)),
      named,
      meaning.catalogue,
    );
  });
  return { meals: [breakfast, lunch, dinner], points: (scene) => withinRoom(chosen, scene, meaning.tongue) };
}

/**
 * The dishes of a meal with the named ones first. What stands after them decides what else is set, and so whether all of the named ones fit beside it: of the turns of the rest the first that sets most of
 * them.
 */
function namedFirst(places: readonly number[], named: ReadonlySet<number>, catalogue: Catalogue): readonly number[] {
  const [first, rest] = [places.filter((place) => named.has(place)), places.filter((place) => !named.has(place))];
  if (first.length === 0 || places.includes(-1)) return [...first, ...rest];
  let best: { readonly order: readonly number[]; readonly set: number } | undefined;
  for (let turn = 0; turn < Math.max(1, rest.length) && best?.set !== first.length; turn += 1) {
    const order = [...first, ...rest.slice(turn), ...rest.slice(0, turn)];
    const { offers, composed } = composedMeal(order, catalogue);
    const set = offers.slice(0, composed).filter((place) => named.has(place)).length; // prettier-ignore
    if (best === undefined || set > best.set) best = { order, set };
  }
  return best?.order ?? places;
}

/** The offer that a dish's number, or its code, means; -1 for one that was not offered. */
export function dishOf(
  dish: Reference,
  { prompt, catalogue }: Pick<Meaning, 'catalogue'> & { readonly prompt: Pick<DailyPrompt, 'dishes'> },
): number {
  if (typeof dish === 'number') return prompt.dishes[dish - 1] ?? -1;
  return prompt.dishes.find((place) => catalogue.dishes[catalogue.offers[place]?.dish ?? -1]?.code.toUpperCase() === dish) ?? -1;
}

function pointOf([id = 0, ...given]: readonly Reference[], meaning: Meaning): ChosenPoint {
  const { vocabulary } = meaning.tongue;
  const point = typeof id === 'number' ? (meaning.points[id - 1] ?? -1) : vocabulary.placeOf(id);
  const args = vocabulary.points[point]?.args ?? [];
  if (given.length !== args.length) return NO_POINT;
  const at = (argument: 'eaten' | 'dish'): Reference | undefined => given[args.indexOf(argument)];
  const [eaten, dish] = [at('eaten'), at('dish')];
  const food = typeof eaten === 'number' ? (meaning.prompt.foods[eaten - 1] ?? -1) : -1;
  return { point, eaten: food, dish: dish === undefined ? -1 : dishOf(dish, meaning) };
}

/** Is true of no patient. */
const NO_POINT: ChosenPoint = { point: -1, eaten: -1, dish: -1 };

/** Of true points those that a field of a phone has room for, the first chosen first, and no sentence twice. What is not true goes on to the gate, which counts it. */
function withinRoom(chosen: readonly ChosenPoint[], scene: Scene, tongue: Tongue): ChosenPoint[] {
  const lengths = new Map<PointField, number>();
  const said = new Set<string>();
  return chosen.filter((point) => {
    if (!isTrue(point, scene, tongue.vocabulary)) return true;
    const field = tongue.vocabulary.points[point.point]?.field ?? 'SUMMARY';
    const sentence = sentenceOf(point, scene, tongue); // of two foods whose names may not be repeated it is the same
    const length = (lengths.get(field) ?? 0) + sentence.length + 1;
    if (length > MAX_FIELD_LENGTH || said.has(sentence)) return false;
    lengths.set(field, length);
    said.add(sentence);
    return true;
  });
}
