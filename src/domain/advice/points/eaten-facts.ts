import { isAside } from '../aside.js';
import { isKnown } from '../called-food.js';
import { FODMAP_KINDS } from '../catalogue/ingredient.js';
import { FOOD_CATEGORIES } from '../catalogue/dish.js';
import { FIBRE_HIGH_GRAMS, FIBRE_SOURCE_GRAMS } from '../day-figures.js';
import type { EatenFood } from '../eaten-food.js';
import { isLeftOut } from '../left-out.js';
import { ALLERGENS, LACTOSE_INTOLERANCE_BIT, allergenBit } from '../restrictions.js';
import { DISH_ROLES, isProteinDish, isVegetableDish } from '../catalogue/dish-kinds.js';
import { bringsFibre, isBowl, isDishThat, roleOfEaten, servingClassOf, servingOf } from './eaten-dish.js';
import { figure, flag, word, writtenFigure, type Fact } from './fact.js';
import { leftOutWords } from './left-out-words.js';

/** In the order of `FODMAP_KINDS`; the Korean ones all end in a consonant, so that one particle fits them. */
const KIND_WORDS = {
  ko: ['프룩탄', '갈락토올리고당', '유당', '과당', '당알코올'],
  en: ['fructans', 'galacto-oligosaccharides', 'lactose', 'fructose', 'polyols'],
} as const;

const CLASSES = ['LOW', 'MODERATE', 'HIGH', 'UNKNOWN'] as const;

/** What `dish.role` is, and `eaten.role`. */
export const ROLE_IS =
  'what it is to a meal: its category; of a snack of one ingredient BREAD (of grain), DAIRY, NUT or STARCHY, of a drink MILK_DRINK (with dairy or soy milk) or TEA';

/** One food of the record date: the argument `eaten`. */
export const EATEN_FACTS: readonly Fact[] = [
  word(
    'eaten.class',
    'EATEN',
    {
      is: 'class at the amount eaten at the meal with the most of it (records of no known meal are taken for one meal), computed of the usual recipe; the class that IBSafe states where that is worse, or where nothing can be computed',
      words: CLASSES,
    },
    ({ eaten }) => eaten?.fodmap,
  ),
  word(
    'eaten.servingClass',
    'EATEN',
    { is: 'class at one usual serving of a dish of ours, computed; unknown for other foods', words: CLASSES },
    ({ eaten }) => servingClassOf(eaten),
  ),
  writtenFigure(
    word(
      'eaten.kind',
      'EATEN',
      {
        is: 'the FODMAP kind that its class is due to: of a high food the kind with the most of what is high, of others with the most of what is low; unknown where the class is not computed',
        words: FODMAP_KINDS,
      },
      ({ eaten }) => FODMAP_KINDS[eaten?.kind ?? -1],
    ),
    (value, language) => KIND_WORDS[language][value] ?? '',
  ),
  word(
    'eaten.category',
    'EATEN',
    { is: 'category of its dish; unknown for a food that is no dish of ours', words: FOOD_CATEGORIES },
    ({ eaten }) => eaten?.category,
  ),
  word('eaten.role', 'EATEN', { is: `${ROLE_IS}; unknown for a food that is no dish of ours`, words: DISH_ROLES }, ({ eaten }) =>
    roleOfEaten(eaten),
  ),
  writtenFigure(
    figure(
      'eaten.grams',
      'EATEN',
      'grams eaten over the day; a record of no sensible amount, such as more than 8 servings of a dish or less than a twentieth of one, counts as one serving',
      ({ eaten }) => eaten?.grams,
    ),
  ),
  writtenFigure(figure('eaten.serving', 'EATEN', 'grams of one usual serving of a dish of ours', ({ eaten }) => servingOf(eaten))),
  figure(
    'eaten.servings',
    'EATEN',
    'usual servings of a dish of ours eaten at the meal with the most of it',
    ({ eaten }) => (eaten?.mealGrams ?? Number.NaN) / (servingOf(eaten) ?? Number.NaN),
  ),
  flag(
    'eaten.hasCause',
    'EATEN',
    'an ingredient of its usual recipe, one of several, is more than its own low serving in the kind that its class is due to, or it is of garlic and the onions: {cause} names the one with the greatest share',
    ({ eaten }) => eaten?.cause !== undefined && eaten.cause !== null,
  ),
  flag(
    'eaten.isByAmount',
    'EATEN',
    'its class is what was computed of the amount, not what IBSafe states',
    ({ eaten }) => eaten?.isByAmount,
  ),
  flag(
    'eaten.isNamed',
    'EATEN',
    'its name may be repeated: it is a plain short one of a dish or ingredient of ours, and no water or seasoning that is low',
    ({ eaten }) => eaten !== null && isKnown(eaten) && !isAside(eaten),
  ),
  flag('eaten.isFibreSource', 'EATEN', 'at least 3 g of fibre in 100 g, and 1.5 g of it in the amount eaten', ({ eaten }) =>
    bringsFibre(eaten, FIBRE_SOURCE_GRAMS),
  ),
  flag('eaten.isFibreRich', 'EATEN', 'at least 6 g of fibre in 100 g, and 1.5 g of it in the amount eaten', ({ eaten }) =>
    bringsFibre(eaten, FIBRE_HIGH_GRAMS),
  ),
  flag('eaten.isHot', 'EATEN', 'hot by chilli as usually cooked', ({ eaten }) => eaten?.facts?.isHot),
  ...ALLERGENS.map((allergen) =>
    flag(
      `eaten.own${capital(allergen)}`,
      'EATEN',
      `usually holds ${allergen.toLowerCase()}, to which the patient is allergic`,
      ({ eaten }) => isOwn(eaten, allergenBit(allergen)),
    ),
  ),
  flag(
    'eaten.mayHoldOwn',
    'EATEN',
    'may hold an allergen of the patient, for all that is known',
    ({ eaten }) => (eaten?.unsure ?? 0) !== 0,
  ),
  flag(
    'eaten.ownLactose',
    'EATEN',
    'usually holds more lactose, at the amount eaten at one meal, than is low, and the patient does not tolerate lactose',
    ({ eaten }) => isOwn(eaten, LACTOSE_INTOLERANCE_BIT),
  ),
  writtenFigure(
    figure(
      'eaten.mealGrams',
      'EATEN',
      'grams at the meal with the most of it; unknown where the meal of a record is not known',
      ({ eaten }) => (eaten?.isOfMeals === true ? eaten.mealGrams : null),
    ),
  ),
  flag('eaten.isMeasured', 'EATEN', 'every record of it has a sensible amount', ({ eaten }) => eaten?.isMeasured),
  flag(
    'eaten.isVegetable',
    'EATEN',
    'it is a dish of ours, a usual serving of which holds at least 50 g of vegetables, mushrooms or seaweed',
    ({ eaten }) => isDishThat(isVegetableDish, eaten),
  ),
  flag(
    'eaten.isProtein',
    'EATEN',
    'it is a dish of ours, a usual serving of which holds at least 40 g of meat, fish, egg or soy food',
    ({ eaten }) => isDishThat(isProteinDish, eaten),
  ),
  figure(
    'eaten.fat',
    'EATEN',
    'grams of fat in a usual serving of a dish of ours as usually cooked; unknown where ingredients of more than 5 % of it have no figure',
    ({ eaten }) => (eaten?.category === undefined ? null : eaten.facts?.loads?.fatGrams),
  ),
  flag('eaten.isBowl', 'EATEN', 'it is a soup of ours with at least 100 g of grain, eaten in place of rice', ({ eaten }) => isBowl(eaten)),
  flag(
    'eaten.isLowChanged',
    'EATEN',
    'it is a dish of ours, a serving of which is low where garlic, onion, the white of scallions, leek and kelp are left out and nothing else is changed',
    ({ eaten }) => (eaten?.facts?.leftOut ?? 0) !== 0,
  ),
  writtenFigure(
    figure('eaten.leftOut', 'EATEN', 'which of these it is low without, as bits 1, 2, 4, 8, 16', ({ eaten }) => eaten?.facts?.leftOut),
    leftOutWords,
  ),
  flag(
    'eaten.isLeftOut',
    'EATEN',
    'it is none to speak for: it holds an allergen of the patient, or may, or more lactose than is low for an intolerance; or by its recipe, or the name of a food that the catalogue does not know, it holds what the profile says is not eaten or must not be, what is left out of the menus for a treatment, a condition or the age, or is hot where hot food is not liked',
    ({ eaten }) => (eaten === null ? undefined : isLeftOut(eaten)),
  ),
  flag('eaten.isOfMeals', 'EATEN', 'each record of it names breakfast, lunch or dinner', ({ eaten }) => eaten?.isOfMeals),
];

function isOwn(eaten: EatenFood | null, bit: number): boolean {
  return ((eaten?.own ?? 0) & bit) !== 0;
}

function capital(allergen: string): string {
  return `${allergen.slice(0, 1)}${allergen.slice(1).toLowerCase()}`;
}
