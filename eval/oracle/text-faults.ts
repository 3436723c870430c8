import { holds } from './condition.js';
import { lookUp, type Evidence } from './facts.js';
import { isNotFor } from './not-for.js';
import type { WrittenPoint } from './pantry.js';
import type { ReadText } from './read-text.js';
import type { Claim } from './templates.js';

/** From this priority on a point is said whenever it is true. */
const ALWAYS = 100;

/** Points that say opposite things of one patient. */
const OPPOSED: readonly (readonly [string, string])[] = [
  ['MOVE_MORE', 'GOAL_EASED'],
  ['MOVE_MORE', 'GOAL_KEPT'],
  ['DAY_ALL_LOW', 'DAY_SOME_UNKNOWN'],
  ['REGULAR_MEALS', 'NO_BREAKFAST_RECORD'],
  ['REGULAR_MEALS', 'NO_LUNCH_RECORD'],
  ['REGULAR_MEALS', 'NO_DINNER_RECORD'],
  ['REGULAR_MEALS', 'NO_MEAL_RECORDS'],
  ['NO_BREAKFAST_RECORD', 'NO_LUNCH_RECORD'],
  ['NO_BREAKFAST_RECORD', 'NO_DINNER_RECORD'],
  ['NO_LUNCH_RECORD', 'NO_DINNER_RECORD'],
  ['NO_MEAL_RECORDS', 'NO_BREAKFAST_RECORD'],
  ['NO_MEAL_RECORDS', 'NO_LUNCH_RECORD'],
  ['NO_MEAL_RECORDS', 'NO_DINNER_RECORD'],
];

/** Points of a food that cannot stand beside each other for the same one. */
const PRAISE = new Set(['PRAISE_LOW_FODMAP', 'STILL_LOW_PORTION']);

/** Points that speak for a food: have it so, have it in less, have it again. */
const RECOMMENDS = new Set([...PRAISE, 'STATED_LOW', 'SAME_DISH_CHANGED', 'SMALLER_PORTION', 'SMALLER_SERVING']);

/** What is wrong with the texts as a whole: nothing said, something that must be said left out, a sentence twice, two goals, sentences that contradict each other. */
export function textFaults(read: readonly ReadText[], evidence: Evidence, points: readonly WrittenPoint[]): string[] {
  const [diet, summary, exercise, sleep] = read;
  const needed = evidence.row.gubun === 'sleep' ? [sleep] : [diet, summary, exercise];
  const claims = read.flatMap((each) => each.claims);
  const said = new Set(claims.map(({ point }) => point.id));
  const sentences = claims.map((claim) => claim.said);
  return [
    ...needed.flatMap((each, at) => (each === undefined || each.claims.length === 0 ? [`NOTHING_SAID ${at}`] : [])),
    ...sentences.filter((sentence, at) => sentences.indexOf(sentence) !== at).map((sentence) => `SAID_TWICE ${JSON.stringify(sentence)}`),
    ...missing(evidence, points, said),
    ...contradictions(claims, said),
    ...claims.flatMap((claim) => recommended(claim, evidence)),
  ];
}

function missing(evidence: Evidence, points: readonly WrittenPoint[], said: ReadonlySet<string>): string[] {
  const isSleep = evidence.row.gubun === 'sleep';
  const always = points.filter(({ priority, field }) => priority >= ALWAYS && (field === 'SLEEP_EVALUATION') === isSleep);
  return always.flatMap((point) => {
    if (said.has(point.id)) return [];
    const foods = point.args.includes('eaten') ? evidence.foods : [undefined];
    const dishes = point.args.includes('dish') ? evidence.dishes : [undefined];
    // Of a goal several things can be true: that one of them is said is asked by `contradictions`.
    const isOfGoal = point.when.includes('steps.reason');
    const isTrue =
      !isOfGoal && foods.some((eaten) => dishes.some((dish) => holds(point.when, (fact) => lookUp(fact, evidence, { eaten, dish }))));
    return isTrue ? [`NOT_SAID ${point.id}`] : [];
  });
}

/** A food that is recommended though each that goes by its name is not eaten by this patient, or must not be. */
function recommended({ point, eaten, said }: Claim, { foods, records }: Evidence): string[] {
  if (!RECOMMENDS.has(point.id) || eaten === undefined || eaten === '') return [];
  const called = foods.filter(({ name }) => name === eaten);
  const isUnwanted = called.length > 0 && called.every((food) => isNotFor(food, records));
  return isUnwanted ? [`UNWANTED_FOOD ${point.id} ${JSON.stringify(said)}`] : [];
}

function contradictions(claims: readonly Claim[], said: ReadonlySet<string>): string[] {
  const goals = claims.filter(({ figures }) => figures.has('steps.goal'));
  const praised = claims.filter(({ point }) => PRAISE.has(point.id)).map(({ eaten }) => eaten);
  const blamed = claims.filter(({ point }) => /class = (?:HIGH|MODERATE)/u.test(point.when)).map(({ eaten }) => eaten);
  return [
    ...OPPOSED.filter(([one, other]) => said.has(one) && said.has(other)).map(([one, other]) => `CONTRADICTION ${one} ${other}`),
    ...(goals.length > 1 ? [`CONTRADICTION ${goals.map(({ point }) => point.id).join(' ')}`] : []),
    ...praised
      .filter((food) => food !== undefined && food !== '' && blamed.includes(food))
      .map(() => 'CONTRADICTION praise and blame of one food'),
  ];
}
