import { MEAL_PLAN, type PlanSlot } from '../meal-plan.js';
import { ALL_RESTRICTIONS } from '../restrictions.js';
import type { Dish, Offer, WrittenDish } from './dish.js';
import type { Ingredient } from './ingredient.js';
import { dislikesOf } from './dislikes.js';
import { judgeRecipe } from './judged-recipe.js';
import { matchName } from './match-name.js';
import { labelEn, labelKo, leftOutBits } from './offer-label.js';
import { changedRecipe } from './recipe.js';
import { refusedOffers } from './refused-offers.js';
import type { RefusedFoods } from '../patient-inputs.js';

/**
 * The dishes that may have been eaten and the offers that advice is made of. Classes, allergens and figures are computed here, once; a user costs no search: a dish and an
 * offer are places in lists, restrictions a mask, and the candidates of every slot of the plan a short list per combination of restrictions.
 */
export class Catalogue {
  readonly dishes: readonly Dish[];
  readonly offers: readonly Offer[];
  /** By offer: bits of the patients that must not eat it. */
  readonly restrictions: Uint8Array;
  /** By offer: bits of `PREFERENCES` that it goes against. */
  readonly dislikes: Uint8Array;
  /** By offer: its place in `dishes`. */
  readonly dishOf: Uint16Array;
  readonly #dishByCode = new Map<string, number>();
  readonly #dishByName = new Map<string, number>();
  readonly #ingredientByName = new Map<string, Ingredient>();
  /** By mask of restrictions, and above it of preferences: made when first met. */
  readonly #candidates = new Map<number, readonly Uint16Array[]>();

  /** @throws RangeError for a code or a name that two dishes or two ingredients share, which would make an eaten food ambiguous, and for a change that cannot be made. */
  constructor(
    written: readonly WrittenDish[],
    readonly ingredients: readonly Ingredient[],
  ) {
    const offers: Offer[] = [];
    this.dishes = written.map((dish, index) => {
      const own = offersOf(dish, index);
      const first = offers.push(...own) - own.length;
      return { ...dish, usual: judgeRecipe(dish.recipe), offers: own.map((_, at) => first + at) };
    });
    this.offers = offers;
    this.restrictions = Uint8Array.from(offers, ({ judged }) => judged.restrictions);
    this.dislikes = Uint8Array.from(offers, (offer) => dislikesOf(offer, written[offer.dish]?.recipe ?? []));
    this.dishOf = Uint16Array.from(offers, ({ dish }) => dish);
    this.dishes.forEach((dish, index) => {
      claim(this.#dishByCode, dish.code, index);
      claim(this.#dishByName, matchName(dish.nameKo), index);
      claim(this.#dishByName, matchName(dish.nameEn), index);
    });
    for (const ingredient of ingredients) {
      claim(this.#ingredientByName, matchName(ingredient.nameKo), ingredient);
      claim(this.#ingredientByName, matchName(ingredient.nameEn), ingredient);
    }
    for (const [alias, ingredient] of aliasesOf(ingredients))
      if (!this.#ingredientByName.has(alias)) this.#ingredientByName.set(alias, ingredient);
  }

  /** The place of the dish with this code, or else with this Korean or English name however it is spaced; -1 when there is none. */
  indexOf(code: string, name: string): number {
    return this.#dishByCode.get(code) ?? this.indexOfName(name);
  }

  /** The place of the dish with this code; -1 when there is none. */
  indexOfCode(code: string): number {
    return this.#dishByCode.get(code) ?? -1;
  }

  /** The place of the dish with this Korean or English name however it is spaced; -1 when there is none. */
  indexOfName(name: string): number {
    return this.#dishByName.get(matchName(name)) ?? -1;
  }

  /** The ingredient that is called so, by one of its names however it is spaced. */
  ingredientOfName(name: string): Ingredient | undefined {
    return this.#ingredientByName.get(matchName(name));
  }

  /** The offer of a dish to someone with these restrictions and preferences: the first that goes against none of them and is not barred; -1 when there is none. */
  offerFor(dish: number, restrictions: number, preferences = 0, barred?: Uint8Array): number {
    const fits = (offer: number): boolean =>
      ((this.restrictions[offer] ?? 0) & restrictions) === 0 && ((this.dislikes[offer] ?? 0) & preferences) === 0 && barred?.[offer] !== 1;
    return this.dishes[dish]?.offers.find(fits) ?? -1;
  }

  /**
   * For each slot of `MEAL_PLAN` the offers that may fill it for someone with these restrictions (bits as in `PatientInputs.allergens`) and preferences (bits of `PREFERENCES`):
   * of the slot's category, offered at its meal, free of what is restricted, not wanted or refused in words. A dish stands there once, by the first of its offers that fits.
   */
  candidates(restrictions: number, preferences = 0, refuses?: RefusedFoods): readonly Uint16Array[] {
    const key = (restrictions & ALL_RESTRICTIONS) + preferences * (ALL_RESTRICTIONS + 1);
    const refused = refuses === undefined ? undefined : refusedOffers(this, refuses);
    const known = refused?.candidates ?? this.#candidates;
    let lists = known.get(key);
    if (lists === undefined) {
      lists = MEAL_PLAN.map((slot) => this.#candidatesOf(slot, restrictions & ALL_RESTRICTIONS, preferences, refused?.barred));
      known.set(key, lists);
    }
    return lists;
  }

  #candidatesOf(slot: PlanSlot, restrictions: number, preferences: number, barred?: Uint8Array): Uint16Array {
    const fits = this.dishes.flatMap((dish, index) => {
      if (dish.category !== slot.category || !dish.meals.includes(slot.meal)) return [];
      const offer = this.offerFor(index, restrictions, preferences, barred);
      return offer < 0 ? [] : [offer];
    });
    return Uint16Array.from(fits);
  }
}

/** Aliases that mean one ingredient: by a word that two of them go by, as 호박 may be two kinds, nothing is known. */
function aliasesOf(ingredients: readonly Ingredient[]): ReadonlyMap<string, Ingredient> {
  const meant = new Map<string, Ingredient | null>();
  for (const ingredient of ingredients) {
    for (const alias of ingredient.aliases.map(matchName)) {
      const other = meant.get(alias);
      meant.set(alias, other === undefined || other === ingredient ? ingredient : null);
    }
  }
  return new Map([...meant].flatMap(([alias, ingredient]) => (ingredient === null ? [] : [[alias, ingredient] as const])));
}

function claim<Value>(places: Map<string, Value>, key: string, value: Value): void {
  const holder = places.get(key);
  if (holder !== undefined && holder !== value)
    throw new RangeError(`a food's code and names are its own, found ${JSON.stringify(key)} twice in the catalogue`);
  places.set(key, value);
}

/**
 * The ways in which a dish may be offered. A way that does not come out LOW with every kind known is none, whatever the catalogue says of it: what is offered is computed.
 * @throws RangeError that names the dish for a change that cannot be made.
 */
function offersOf(written: WrittenDish, dish: number): Offer[] {
  return written.variants.flatMap((changes) => {
    const judged = judgeRecipe(changedOf(written, changes));
    if (judged.fodmap !== 'LOW') return [];
    return [
      { dish, changes, judged, labelKo: labelKo(written, changes), labelEn: labelEn(written, changes), leftOut: leftOutBits(changes) },
    ];
  });
}

function changedOf({ code, recipe }: WrittenDish, changes: WrittenDish['variants'][number]): WrittenDish['recipe'] {
  try {
    return changedRecipe(recipe, changes);
  } catch (error) {
    throw new RangeError(`dish ${code} has a change that cannot be made: ${(error as Error).message}`, { cause: error });
  }
}
