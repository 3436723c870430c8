import { isProteinDish, isVegetableDish } from '../../domain/advice/catalogue/dish-kinds.js';
import type { Offer } from '../../domain/advice/catalogue/dish.js';
import type { ViolationCode } from '../../domain/advice/violation-codes.js';
import type { Answer, Malformed } from './answer.js';
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

/** Where an answer broke a rule: `l[2]=31` for a dish, `l=5` for a meal of so many, `l` for a meal as a whole. */
function placesOf(code: ViolationCode, { meals }: Answer, { catalogue, prompt }: FaultContext): string[] {
  const resolved = meals.map((meal) => meal.map((dish) => dishOf(dish, { prompt, catalogue })));
  const dishes = resolved.flatMap((meal, at) =>
    meal.map((place, nth) => ({ meal: at, place, name: `${MEAL_KEYS[at]}[${nth}]=${meals[at]?.[nth]}` })),
  );
  const named = (fits: (dish: (typeof dishes)[number], nth: number) => boolean): string[] => dishes.filter(fits).map(({ name }) => name);
  const mealsWithout = (has: (offer: Offer) => boolean): string[] =>
    resolved.flatMap((meal, at) => (at > 0 && !meal.some((place) => has(catalogue.offers[place] as Offer)) ? [MEAL_KEYS[at] ?? ''] : []));
  const known = (has: (offer: Offer) => boolean) => (offer: Offer | undefined) => offer !== undefined && has(offer);
  switch (code) {
    case 'NOT_IN_CATALOGUE':
      return named(({ place }) => place < 0);
    case 'WRONG_MEAL':
      return named(({ meal, place }) => prompt.offer.meals[meal]?.includes(place) !== true);
    case 'REPEATED_FOOD':
      return named(({ place }, nth) => dishes.findIndex((other) => other.place === place) < nth);
    case 'WRONG_COUNT':
      return meals.flatMap((meal, at) =>
        meal.length === prompt.offer.dishes[at] ? [] : [`${MEAL_KEYS[at]}=${meal.length}≠${prompt.offer.dishes[at]}`],
      );
    case 'NO_PROTEIN_DISH':
      return mealsWithout(known(isProteinDish));
    case 'NO_VEGETABLE_DISH':
      return mealsWithout(known(isVegetableDish));
    default:
      return [code === 'ONLY_STAPLES' ? 'b' : 'b l d'];
  }
}
