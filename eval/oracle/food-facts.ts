import type { Values } from './condition.js';
import { isCounted, type Eaten } from './eaten.js';
import { lowWithout } from './low-changed.js';
import { holdsEnough, isUnsure } from './own-foods.js';
import type { PatientRecords } from './records.js';
import { isBowl, roleOf } from './swaps.js';
import type { Told } from './told.js';
import { AVOIDED } from './words.js';

/** One value, or none where it is not known. */
export function known(value: number | string | boolean | null | undefined): Values {
  return value === null || value === undefined || Number.isNaN(value) ? [] : [value];
}

/** Whether a food has so many g of fibre in 100 g, and brought at least 1.5 g by what was eaten of it. */
export function isFibreFrom({ fibre, grams, isMeasured, dish }: Eaten, least: number): boolean {
  if (!isMeasured && dish === undefined) return false; // of how much?
  return fibre !== null && fibre >= least && (fibre / 100) * grams >= 1.5;
}

/** What the evidence bears out of a food that was eaten; undefined for a fact that is none of foods. */
export function eatenFact(what: string, eaten: Eaten | undefined, records: PatientRecords): Values | undefined {
  const { avoids } = records;
  const own = AVOIDED.find((each) => what === `own${each.slice(0, 1)}${each.slice(1).toLowerCase()}`);
  if (own !== undefined) return [eaten !== undefined && holdsEnough(eaten, own) && avoids.has(own)];
  if (what === 'mayHoldOwn') return [eaten !== undefined && isUnsure(eaten, avoids)];
  const serving = eaten?.dish === undefined ? undefined : eaten.plate?.grams;
  switch (what) {
    case 'class':
      return known(eaten?.class);
    case 'servingClass':
      return known(eaten?.servingClass);
    case 'kind':
      return eaten?.kinds ?? [];
    case 'category':
      return known(eaten?.dish?.category);
    case 'role':
      return known(eaten?.dish && roleOf(eaten.dish));
    case 'grams':
      return known(eaten?.grams);
    case 'mealGrams':
      return eaten?.isOfMeals === true ? [eaten.sitting] : [];
    case 'isVegetable':
      return eaten?.dish === undefined || eaten.plate === undefined ? [] : [eaten.plate.vegetableGrams >= 50];
    case 'isProtein':
      return eaten?.dish === undefined || eaten.plate === undefined ? [] : [eaten.plate.proteinGrams >= 40];
    case 'fat':
      return eaten?.dish === undefined ? [] : known(eaten.plate?.fat);
    case 'isBowl':
      return eaten?.dish === undefined ? [] : [isBowl(eaten.dish)];
    case 'isLowChanged':
      return [eaten?.dish !== undefined && lowWithout(eaten.dish).length > 0];
    case 'leftOut':
      return eaten?.dish === undefined ? [] : lowWithout(eaten.dish);
    case 'isOfMeals':
      return known(eaten?.isOfMeals);
    case 'isMeasured':
      return known(eaten?.isMeasured);
    case 'serving':
      return known(serving);
    case 'servings':
      return serving === undefined || eaten === undefined ? [] : [eaten.sitting / serving];
    case 'hasCause':
      return [[...(eaten?.causes.values() ?? [])].some((names) => names.length > 0)];
    case 'isByAmount':
      return known(eaten?.isComputed);
    case 'isNamed':
      return [eaten === undefined || isCounted(eaten)]; // what a sentence says of a food it says by its name: the reader found it there
    case 'isFibreSource':
      return eaten === undefined || eaten.fibre === null ? [] : [isFibreFrom(eaten, 3)];
    case 'isFibreRich':
      return eaten === undefined || eaten.fibre === null ? [] : [isFibreFrom(eaten, 6)];
    case 'isHot':
      return known(eaten?.plate?.hot);
    default:
      return undefined;
  }
}

/** What the evidence bears out of a dish that is offered; undefined for a fact that is none of dishes. */
export function dishFact(what: string, told: Told | undefined): Values | undefined {
  const { dish, plate, changes, untold } = told?.served ?? {};
  switch (what) {
    case 'category':
      return known(dish?.category);
    case 'role':
      return known(dish && roleOf(dish));
    case 'meal':
      return known(told?.meal);
    case 'isComposed':
      return told?.canBeComposed === true ? [true, false] : [false];
    case 'isProtein':
      return known(plate && plate.proteinGrams >= 40);
    case 'isVegetable':
      return known(plate && plate.vegetableGrams >= 50);
    case 'isHot':
      return known(plate?.hot);
    case 'isBowl':
      return known(dish && isBowl(dish));
    case 'isRiceCake':
      return known(dish?.recipe.some(({ of }) => of.id === 'rice-cake'));
    case 'isChanged':
      return known(changes && untold && changes.length > untold.size);
    case 'isFibreSource':
      return plate === undefined || plate.fibre === null ? [] : [(plate.fibre * 100) / plate.grams >= 3];
    case 'isSoluble':
      return plate === undefined || plate.fibre === null || plate.soluble === null
        ? []
        : [plate.fibre > 0 && plate.soluble * 3 >= plate.fibre];
    case 'serving':
      return known(dish?.servingGrams);
    case 'fibre':
      return known(plate?.fibre);
    case 'fat':
      return known(plate?.fat);
    case 'energy':
      return known(plate?.energy);
    default:
      return undefined;
  }
}
