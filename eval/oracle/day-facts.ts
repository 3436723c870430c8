import type { Values } from './condition.js';
import { drinks } from './drinking.js';
import { isCounted, type Eaten } from './eaten.js';
import { isFibreFrom, known } from './food-facts.js';
import { lightMeals, missedMeals } from './light-meals.js';
import { harmfulFoods, isAllergic, isNotFor, toldReasons, unsuitedFoods } from './not-for.js';
import { holdsOwn, ownFoods, unsureFoods } from './own-foods.js';
import { sumOf } from './sums.js';
import type { PatientRecords } from './records.js';
import { MEALS } from './words.js';

/** What it looks at. */
interface DayEvidence {
  readonly foods: readonly Eaten[];
  readonly records: PatientRecords;
  readonly hasEatenDish: boolean;
}

/** What the evidence bears out of the foods of the record date together; undefined for a fact that is none of them. */
export function dayFact(what: string, { foods, records, hasEatenDish }: DayEvidence): Values | undefined {
  const count = (fits: (food: Eaten) => boolean): Values => [foods.filter((food) => isCounted(food) && fits(food)).length];
  const words: Readonly<Record<string, string>> = { low: 'LOW', moderate: 'MODERATE', high: 'HIGH', unknown: 'UNKNOWN' };
  if (what in words) return count((food) => food.class === words[what]);
  const meal = ['breakfasts', 'lunches', 'dinners'].indexOf(what);
  if (meal >= 0) return [records.eaten.filter((each) => each.daysAgo === 0 && each.meal === (MEALS[meal] ?? '').toLowerCase()).length];
  if (what === 'missedMeals') return [missedMeals(records)];
  if (what === 'lightMeals') return [lightMeals(foods, records)];
  const fibre = sumOf(foods, 'fibre');
  const soluble = sumOf(foods, 'soluble');
  switch (what) {
    case 'foods':
      return [foods.filter(isCounted).length];
    case 'fibre':
      return known(fibre);
    case 'soluble':
      return known(soluble);
    case 'isFibreKnown':
      return [fibre !== null];
    case 'solubleShare':
      return fibre !== null && fibre > 0 && soluble !== null ? [(soluble * 100) / fibre] : [];
    case 'fibreSources':
      return count((food) => isFibreFrom(food, 3) && food.class !== 'HIGH' && !isNotFor(food, records));
    case 'fibreRich':
      return count((food) => isFibreFrom(food, 6) && food.class !== 'HIGH' && !isNotFor(food, records));
    case 'ownAllergens':
      return [ownFoods(foods, records.avoids).length];
    case 'ownFoods':
      return ownFoods(foods, records.avoids);
    case 'allergenFoods':
      return [foods.filter((food) => isAllergic(food, records)).length];
    case 'leftOut':
      return [foods.filter((food) => holdsOwn(food, records.avoids) || toldReasons(food, records).length > 0).length];
    case 'harmful':
      return [harmfulFoods(foods, records).length];
    case 'harmfulFoods':
      return harmfulFoods(foods, records);
    case 'unsuited':
      return [unsuitedFoods(foods, records).length];
    case 'unsuitedFoods':
      return unsuitedFoods(foods, records);
    case 'unsure':
      return [unsureFoods(foods, records.avoids).length];
    case 'unsureFoods':
      return unsureFoods(foods, records.avoids);
    case 'isRecentKnown':
      return [hasEatenDish];
    case 'alcohol':
      return [drinks(foods).length];
    case 'hot':
      return count(({ plate }) => plate?.hot === true);
    default:
      return undefined;
  }
}
