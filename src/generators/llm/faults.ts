import { isProteinDish, isVegetableDish } from '../../domain/advice/catalogue/dish-kinds.js';
import type { Offer } from '../../domain/advice/catalogue/dish.js';
import type { ViolationCode } from '../../domain/advice/violation-codes.js';
import type { Answer, Malformed, Reference } from './answer.js';
import type { DailyPrompt } from './daily-prompt.js';
import { dishOf, type Meaning } from './proposal.js';
import type { Prompt, StatedCode } from './prompt-file.js';

/** The names of the meals in an answer. */
const MEAL_KEYS = ['b', 'l', 'd'];

/** What faults are found with. */
export interface FaultContext extends Pick<Meaning, 'catalogue'> {
  readonly prompt: Pick<DailyPrompt, 'dishes' | 'offer'>;
  readonly ruleOf: Prompt['ruleOf'];
}

/** A line for each rule that an answer broke: where, and the rule. `violations` are the gate's. */
export function faultLines(answer: Answer | Malformed, violations: readonly ViolationCode[], context: FaultContext): string {
  return violations
    .map((code) => {
      const places = 'wrong' in answer ? [answer.wrong] : placesOf(code, answer, context);
      return `${[...new Set(places)].join(', ')}: ${context.ruleOf[code as StatedCode] ?? code}`;
    })
    .join('\n');
}

/** A dish of an answer. */
interface NamedDish {
  readonly meal: number;
  /** Place in `Catalogue.offers`; -1 for one that is none. */
  readonly place: number;
  /** Where it stands, as `l[2]=31`. */
  readonly name: string;
}

/** Where an answer broke a rule: `l[2]=31` for a dish, `l=5≠6` for a meal of so many, `l` for a meal as a whole. */
function placesOf(code: ViolationCode, { meals }: Answer, { catalogue, prompt }: FaultContext): string[] {
  const dishes = meals.flatMap((meal, at) =>
    meal.map((dish, nth): NamedDish => ({
      meal: at,
      place: dishOf(dish, { prompt, catalogue }),
      name: `${MEAL_KEYS[at]}[${nth}]${numberIn(dish)}`,
    })),
  );
  const named = (fits: (dish: NamedDish, nth: number) => boolean): string[] => dishes.filter(fits).map(({ name }) => name);
  const mealsWithout = (has: (offer: Offer) => boolean): string[] => {
    const holds = (at: number): boolean => dishes.some(({ meal, place }) => meal === at && isOffer(catalogue.offers[place], has));
    return ['l', 'd'].filter((_, at) => !holds(at + 1));
  };
  switch (code) {
    case 'NOT_IN_CATALOGUE':
      return named(({ place }) => place < 0);
    case 'WRONG_MEAL':
      return named(({ meal, place }) => prompt.offer.meals[meal]?.includes(place) !== true);
    case 'REPEATED_FOOD':
      return named(({ place }, nth) => dishes.findIndex((other) => other.place === place) < nth);
    case 'WRONG_COUNT':
      return meals.flatMap((meal, at) => (meal.length === prompt.offer.dishes[at] ? [] : [`${MEAL_KEYS[at]}=${meal.length}≠${prompt.offer.dishes[at]}`])); // prettier-ignore
    case 'NO_PROTEIN_DISH':
      return mealsWithout(isProteinDish);
    case 'NO_VEGETABLE_DISH':
      return mealsWithout(isVegetableDish);
    default:
      return [code === 'ONLY_STAPLES' ? 'b' : 'b l d'];
  }
}

function isOffer(offer: Offer | undefined, has: (offer: Offer) => boolean): boolean {
  return offer !== undefined && has(offer);
}

/** The number of a dish. What else stands there is not repeated: it is the model's own words, and only ours are sent. */
function numberIn(dish: Reference | undefined): string {
  return typeof dish === 'number' ? `=${dish}` : '';
}
