/**
 * What rows call points and facts: two characters each, by their place in these lists (`said-record.ts`). A name is added at the end, and none is ever taken away or moved, not even one that nothing
 * is called by any more: rows of years hold its place. What stands in no list is written out.
 */
const POINTS = `
  COOK_WITHOUT COOK_AS_WRITTEN COOK_MILD MILD_DISH OWN_ALLERGEN_GLUTEN OWN_ALLERGEN_MILK OWN_ALLERGEN_NUT OWN_ALLERGEN_SEAFOOD OWN_ALLERGEN_EGG
  OWN_ALLERGEN_SOY OWN_LACTOSE OWN_ALLERGEN_COUNT DAY_ALL_LOW DAY_ONE_LOW DAY_LOW_AND_HIGH DAY_NO_HIGH DAY_NONE_KNOWN_HIGH DAY_ONLY_MODERATE
  DAY_NO_LOW DAY_SOME_UNKNOWN DAY_ALL_UNKNOWN DAY_NOTHING PRAISE_LOW_FODMAP SWAP SWAP_PLAIN SWAP_STATED SWAP_ALTERNATIVE HIGH_FRUCTAN MODERATE_FRUCTAN
  HIGH_GOS MODERATE_GOS HIGH_LACTOSE MODERATE_LACTOSE HIGH_FRUCTOSE MODERATE_FRUCTOSE HIGH_POLYOL MODERATE_POLYOL STATED_HIGH STATED_MODERATE
  STATED_LOW FIBRE_GRAMS FIBRE_SOURCES FIBRE_RICH SOLUBLE_FIBRE SOLUBLE_SHARE FIBRE_SLOWLY FIBRE_UNKNOWN REGULAR_MEALS NO_BREAKFAST_RECORD
  USUALLY_SKIPS_BREAKFAST NO_LUNCH_RECORD USUALLY_SKIPS_LUNCH NO_DINNER_RECORD USUALLY_SKIPS_DINNER EAT_UNHURRIED DRINK_WATER LIMIT_CAFFEINE
  FRUIT_PORTIONS NO_LATE_MEAL SMALLER_MEALS REINTRODUCTION DOCTOR_SIGNS SEE_DIETITIAN FOOD_DIARY RECORD_AMOUNTS SMALLER_PORTION LESS_OF_MODERATE
  STILL_LOW_PORTION PORTION_BY_WORDS NIGHT_VERY_SHORT NIGHT_SHORT NIGHT_NEARLY NIGHT_GOOD NIGHT_LONG NIGHT_TOO_LONG NIGHTS_OF_WEEK SLEEP_MORE
  SLEEP_KEEP SLEEP_LESS SLEEP_BY_MEAN COMPOSED_MEAL NOT_EATEN_LATELY FITS_RESTRICTIONS PROTEIN_AT_BREAKFAST VEGETABLE_AT_BREAKFAST PROTEIN_AT_LUNCH
  VEGETABLE_AT_LUNCH PROTEIN_AT_DINNER VEGETABLE_AT_DINNER SOUP_TO_START FEW_DISHES SHORT_CATEGORY STEPS_MEAN STEPS_LAST_DAY STEPS_NONE
  STEP_LEVEL_VERY_LOW STEP_LEVEL_LOW STEP_LEVEL_ADEQUATE STEP_LEVEL_HIGH STEADY_STEPS FAIRLY_STEADY_STEPS UNEVEN_STEPS VERY_UNEVEN_STEPS START_GENTLY
  GOAL_CAPPED GOAL_EASED GOAL_KEPT GOAL_PLAIN MOVE_MORE WALK_FROM_65 WALK_AT_OWN_PACE RECORD_MORE_DAYS
  OWN_ALLERGENS OWN_ALLERGEN_SIGNS DRINK_MORE_WATER WATER_IS_ENOUGH
  MAY_HOLD_OWN
  NIGHT_ODD SLEEP_DOCTOR WATER_IS_MUCH CUT_RICE_CAKE DOCTOR_SIGNS_FAMILY DOCTOR_SIGNS_STOOLS NOT_FOR_EVERYBODY NOT_WITHOUT_END UNREAD_ALLERGY DAYS_LEFT_OUT
  LIGHT_MEAL SAME_DISH_CHANGED CARE_FIRST SMALLER_SERVING SWAP_FRUIT
  EAT_ENOUGH GOAL_HELD DAYS_NOT_BELIEVED LESS_ALCOHOL NO_ALCOHOL
  NO_MEAL_RECORDS STEPS_NOT_MEASURED OWN_DIET OWN_DIET_FOODS DIABETES_MEALS GREENS_STEADY LESS_SALT TODDLER_DIET TODDLER_FOODS LESS_FAT
  CHILD_NIGHT_SHORT CHILD_NIGHT_GOOD CHILD_NIGHT_LONG CHILD_MOVE
  EATING_DISORDER MOVE_WITH_TEAM MEAL_LACKS COOK_WITHOUT_DRY MOVE_YOUR_WAY
  LEFT_OUT_HARM LEFT_OUT_DIET COMPOSED_MEAL_SOUP COMPOSED_MEAL_PLAIN LESS_FAT_PLAIN`;

const FACTS = `
  day.foods day.low day.moderate day.high day.unknown day.fibre day.soluble day.isFibreKnown day.solubleShare day.fibreSources day.fibreRich
  day.ownAllergens day.hot day.breakfasts day.lunches day.dinners steps.days steps.mean steps.recentDays steps.recent steps.goal steps.level
  steps.regularity steps.reason sleep.minutes sleep.mean sleep.nights sleep.goal sleep.length sleep.direction person.restrictions person.isIntolerant
  person.skipsBreakfast person.skipsLunch person.skipsDinner person.water person.age history.lowDays plan.dishes plan.shortages plan.leastMeal
  plan.leavesOut plan.leftOut turn.of7 turn.of3 eaten.class eaten.servingClass eaten.kind eaten.category eaten.grams eaten.serving eaten.servings
  eaten.hasCause eaten.isByAmount eaten.isNamed eaten.isFibreSource eaten.isFibreRich eaten.isHot eaten.ownGluten eaten.ownMilk eaten.ownNut
  eaten.ownSeafood eaten.ownEgg eaten.ownSoy eaten.ownLactose dish.category dish.meal dish.isComposed dish.isProtein dish.isVegetable dish.isHot
  dish.isChanged dish.isFibreSource dish.isSoluble dish.serving dish.fibre dish.energy eaten.cause
  day.ownFoods day.allergenFoods person.isWaterKnown day.unsure day.unsureFoods eaten.mayHoldOwn dish.isRiceCake person.hasUnread person.hasAvoided steps.leftOut plan.setDishes eaten.mealGrams eaten.isMeasured day.lightMeals eaten.isLowChanged eaten.leftOut person.needsCare eaten.isVegetable eaten.isUnwanted eaten.isOfMeals
  person.mustNotRestrict steps.unbelieved eaten.isProtein day.alcohol
  day.missedMeals steps.isUnmeasured person.hasOwnDiet person.hasDiabetes person.takesAnticoagulant eaten.isBowl dish.isBowl person.eatsLessSalt person.eatsNoFruit day.isRecentKnown person.isToddler person.eatsLessFat dish.fat eaten.fat
  sleep.isOfChild sleep.least sleep.most
  person.hasEatingDisorder plan.isLacking plan.hasBroth eaten.role dish.role person.walksNot
  day.leftOut day.harmful day.harmfulFoods day.unsuited day.unsuitedFoods eaten.isLeftOut plan.hasNoodles plan.hasBowlSoup plan.hasMeat`;

/** Two digits of base 36 each. */
const [BASE, MAX_NAMES] = [36, 36 ** 2];

/** The names of one kind and what stands for them. */
class Codes {
  readonly #names: readonly string[];
  readonly #codes: ReadonlyMap<string, string>;

  constructor(list: string) {
    this.#names = list.trim().split(/\s+/u);
    if (this.#names.length > MAX_NAMES) throw new RangeError(`two characters tell ${MAX_NAMES} names apart, found ${this.#names.length}`);
    this.#codes = new Map(this.#names.map((name, place) => [name, place.toString(BASE).padStart(2, '0')]));
  }

  /** Two characters; undefined for a name that is in no list. */
  of(name: string): string | undefined {
    return this.#codes.get(name);
  }

  /** The name that two characters stand for; undefined for those of a later release. */
  nameOf(code: string): string | undefined {
    return /^[0-9a-z]{2}$/u.test(code) ? this.#names[Number.parseInt(code, BASE)] : undefined;
  }
}

/** Points by what rows call them. */
export const POINT_CODES = new Codes(POINTS);
/** Facts by what rows call them. */
export const FACT_CODES = new Codes(FACTS);

/** A fact that made a sentence true: a figure, or a word. */
export interface RecordedFact {
  readonly name: string;
  readonly value: string;
}

/** A point as a row recorded it: see `saidRecord`. */
export interface RecordedPoint {
  readonly id: string;
  readonly eaten: number | null;
  readonly dish: string | null;
  readonly wording: number | null;
  /** Those about its food and its dish. */
  readonly facts: readonly RecordedFact[];
}

/** Most points of a row, and facts of a point, that are told: more than any row of ours has. */
export const MAX_POINTS = 30;
export const MAX_FACTS = 12;
/** No version, no name and no word of ours is longer. */
export const MAX_LENGTH = 80;
/** No text of ours is longer. */
const MAX_TEXT = 20_000;

/** Reads the text in which `saidRecord` keeps what was said. What it has no name for, as the code of a later release, is left out; nothing throws. */
export function readSaid(text: string): { readonly points: RecordedPoint[]; readonly facts: RecordedFact[] } {
  const [list = '', shared = ''] = text.slice(0, MAX_TEXT).split('|', 2);
  return {
    points: list.split(';', MAX_POINTS).flatMap(pointOf),
    facts: shared === '' ? [] : shared.split(',').flatMap(factOf),
  };
}

/**
 * A regular expression, of JavaScript and of PostgreSQL, that finds the point in a text of `readSaid`: one of its wordings, where that is named. What a point is called stands at the begin of its item, and nowhere
 * else: facts hold no `;`.
 */
export function saidPattern(point: string, wording?: number): string {
  return `(^|;)${POINT_CODES.of(point) ?? point},${wording === undefined ? '' : `${wording}(,|;|[|]|$)`}`;
}

/** The same of a dish that a point speaks of, by its code. */
export function saidDishPattern(dish: string): string {
  return `(^|;)[^,;|]+,[^,;|]*,[^,;|]*,${dish.replaceAll(/[^A-Za-z0-9-]/gu, '.')}(,|;|[|]|$)`;
}

function pointOf(item: string): RecordedPoint[] {
  const [code = '', wording = '', eaten = '', dish = '', ...facts] = item.split(',');
  const id = code.length === 2 ? POINT_CODES.nameOf(code) : code;
  if (id === undefined || id === '' || id.length > MAX_LENGTH) return [];
  const told = facts.flatMap(factOf).slice(0, MAX_FACTS);
  return [{ id, eaten: wholeOf(eaten), dish: dish === '' || dish.length > MAX_LENGTH ? null : dish, wording: wholeOf(wording), facts: told }]; // prettier-ignore
}

/** Its code and its value, or its whole name, `=` and its value. */
function factOf(item: string): RecordedFact[] {
  const end = item.indexOf('=');
  const name = end < 0 ? FACT_CODES.nameOf(item.slice(0, 2)) : item.slice(0, end);
  const value = item.slice(end < 0 ? 2 : end + 1);
  return name === undefined || name === '' || name.length > MAX_LENGTH || value === '' || value.length > MAX_LENGTH ? [] : [{ name, value }]; // prettier-ignore
}

function wholeOf(text: string): number | null {
  return /^-?\d{1,16}$/u.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}
