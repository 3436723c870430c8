import { ageOn } from './age.js';
import type { Values } from './condition.js';
import type { Eaten } from './eaten.js';
import { dayFact } from './day-facts.js';
import { dishFact, eatenFact, known } from './food-facts.js';
import { hasDisorder, isToddler, mustNotLessen, saysMore, shouldAsk, walksNot } from './preferences.js';
import { isWithout } from './plan.js';
import { isTreatedBy } from './treated.js';
import type { PatientRecords, SavedRow } from './records.js';
import { isBowl, isWithBroth, tableSizes } from './swaps.js';
import { sleepFact } from './sleeping.js';
import { leftOutOf, type Told } from './told.js';
import { levelOf, reasonsFor, regularityOf, type Walking } from './walking.js';
import { MEALS } from './words.js';

/** What claims of a row are looked up in. */
export interface Evidence {
  readonly row: SavedRow;
  readonly records: PatientRecords;
  readonly foods: readonly Eaten[];
  readonly dishes: readonly Told[];
  readonly walking: Walking | null;
  /** Categories of the plan that hold fewer dishes than planned. */
  readonly shortages: number;
  /** Whether a dish of the catalogue was eaten on one of the three days. */
  readonly hasEatenDish: boolean;
}

/** One claim's arguments. */
export interface Arguments {
  readonly eaten?: Eaten | undefined;
  readonly dish?: Told | undefined;
}

/** Days since 1970-01-01. */
export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}

/** A fact that the oracle was not told about: what is said by it cannot be judged, and must not be taken for true. */
export class UntoldFact extends Error {
  constructor(readonly fact: string) {
    super(`the oracle was not told of the fact ${fact}: write in eval/oracle how the records bear it out`);
  }
}

/** Every value of a fact that the evidence bears out. @throws UntoldFact */
export function lookUp(fact: string, evidence: Evidence, { eaten, dish }: Arguments = {}): Values {
  const [of = '', what = ''] = fact.split('.');
  const values =
    of === 'day' ? dayFact(what, evidence)
    : of === 'eaten' ? eatenFact(what, eaten, evidence.records)
    : of === 'dish' ? dishFact(what, dish)
    : of === 'steps' ? stepFact(what, evidence)
    : of === 'sleep' ? sleepFact(what, evidence.records.sleep, ageOn(evidence.records.recordDate, evidence.records.profile?.birthDate))
    : personFact(of, what, evidence); // prettier-ignore
  if (values === undefined) throw new UntoldFact(fact);
  return values;
}

function stepFact(what: string, { row, walking, records }: Evidence): Values | undefined {
  switch (what) {
    case 'days':
      return known(walking?.days.length);
    case 'mean':
      return walking === null ? [] : [Math.round(walking.mean)];
    case 'recent':
      return walking === null ? [] : [Math.round(walking.lately)];
    case 'leftOut':
      return known(walking?.leftOut);
    case 'isUnmeasured':
      return [walking === null && records.steps.length > 0];
    case 'unbelieved':
      return known(walking?.unwalked);
    case 'recentDays':
      return known(walking?.recent);
    case 'goal':
      return known(row.exerciseTarget);
    case 'level':
      return walking === null ? [] : [levelOf(walking)];
    case 'regularity':
      return walking === null ? [] : regularityOf(walking);
    case 'reason':
      return walking === null ? [] : reasonsFor(row.exerciseTarget, walking, records);
    default:
      return undefined;
  }
}

function personFact(of: string, what: string, { records, dishes, shortages }: Evidence): Values | undefined {
  const { profile, recordDate, userId } = records;
  const turn = dayOf(recordDate) + Math.abs(userId);
  switch (`${of}.${what}`) {
    case 'person.restrictions':
      return [records.avoids.size];
    case 'person.isIntolerant':
      return [records.avoids.has('LACTOSE')];
    case 'person.hasUnread':
      return [saysMore(profile?.preference).unread];
    case 'person.hasAvoided':
      return [saysMore(profile?.preference).avoided];
    case 'person.skipsBreakfast':
      return known(profile && !profile.hasBreakfast);
    case 'person.skipsLunch':
      return known(profile && !profile.hasLunch);
    case 'person.skipsDinner':
      return known(profile && !profile.hasDinner);
    case 'person.isWaterKnown':
      return [typeof profile?.water === 'number'];
    case 'person.water':
      return known(profile?.water);
    case 'person.needsCare':
      return [shouldAsk(records)];
    case 'person.mustNotRestrict':
      return [mustNotLessen(records)];
    case 'person.hasOwnDiet':
      return [isTreatedBy('CLINIC', records) || isToddler(records) || hasDisorder(records)];
    case 'person.hasEatingDisorder':
      return [hasDisorder(records)];
    case 'person.walksNot':
      return [walksNot(records)];
    case 'person.isToddler':
      return [isToddler(records)];
    case 'person.hasDiabetes':
      return [isTreatedBy('DIABETES', records)];
    case 'person.takesAnticoagulant':
      return [isTreatedBy('WARFARIN', records)];
    case 'person.eatsLessSalt':
      return [isTreatedBy('SALT', records)];
    case 'person.eatsLessFat':
      return [isTreatedBy('FAT', records)];
    case 'person.eatsNoFruit':
      return [isTreatedBy('FRUCTOSE', records)];
    case 'person.age':
      return known(ageOn(recordDate, profile?.birthDate));
    case 'history.lowDays':
      return known(records.lowDays);
    case 'plan.dishes':
      return [dishes.length];
    case 'plan.setDishes':
      return MEALS.map((meal) => tableSizes(dishes, meal).join());
    case 'plan.shortages':
      return [shortages];
    case 'plan.leastMeal':
      return [Math.min(...MEALS.map((meal) => dishes.filter((each) => each.meal === meal).length))];
    case 'plan.isLacking':
      return [['LUNCH', 'DINNER'].some((meal) => isWithout(dishes.filter((each) => each.meal === meal)))];
    case 'plan.hasBroth':
      return [dishes.some(({ served }) => served !== undefined && isWithBroth(served))];
    case 'plan.hasNoodles':
      return [dishes.some(({ served }) => served?.dish.category === 'NOODLE')];
    case 'plan.hasBowlSoup':
      return [dishes.some(({ served }) => served !== undefined && isBowl(served.dish))];
    case 'plan.hasMeat':
      return [dishes.some(({ served }) => served?.plate.parts.some((part) => part.of.group === 'MEAT') === true)];
    case 'plan.leavesOut':
      return [leftOutOf(dishes).size > 0];
    case 'plan.leftOut':
      return [[...leftOutOf(dishes)].toSorted().join()];
    case 'turn.of7':
      return [turn % 7];
    case 'turn.of3':
      return [turn % 3];
    default:
      return undefined;
  }
}
