import type { Catalogue } from './catalogue/catalogue.js';
import { dislikesOfRecipe } from './catalogue/dislikes.js';
import { isFatty, isKnownFatty } from './catalogue/fat.js';
import type { JudgedRecipe } from './catalogue/judged-recipe.js';
import type { Recipe } from './catalogue/recipe.js';
import { refusedOffers } from './catalogue/refused-offers.js';
import { isKnownSalty, isSalty } from './catalogue/sodium.js';
import { ageRules, notToBeOffered } from './foods-of-age.js';
import { HARD_NAMES, namesIn, namesMadeOf, namesOf } from './left-out-names.js';
import { LEFT_OUT_REASONS, reasonBit } from './left-out-reasons.js';
import type { LeftOutRule } from './left-out-rule.js';
import type { FoodFacts, PatientProfile, RefusedFoods } from './patient-inputs.js';
import { WORDS_LEFT_OUT } from './treated-diets.js';

/** Why a food that was eaten is left out for a patient: bits of `reasonBit`, 0 where it is not. */
export type WhyLeftOut = (facts: FoodFacts) => number;

/** Of a patient for whom nothing is. */
export const NOTHING_LEFT_OUT: WhyLeftOut = () => 0;

/**
 * Whether a food that was eaten is left out of the menus of a patient, and why: by a preference, by the words of the profile, by a treatment or a condition, by the age. Whatever speaks of an eaten food asks this and
 * nothing else, so that no food is praised that is not offered (`isLeftOut`), and what may harm is told.
 */
export function leftOutBy(profile: PatientProfile | undefined, catalogue: Catalogue): WhyLeftOut {
  const preferences = profile?.preferences ?? 0;
  const all = notToBeOffered(profile);
  const rules: LeftOutRule[] = [...saidRules(reasonsFor(profile)), ...ageRules(profile?.age)];
  if (preferences === 0 && all === undefined && rules.length === 0) return NOTHING_LEFT_OUT;
  const offers = all && ruleOf(all);
  return (facts) => {
    let bits = 0;
    for (const rule of rules) if (applies(rule, facts, catalogue)) bits |= rule.bit;
    const { loads } = facts;
    if (all?.isAll === true) return bits | NOT_WANTED;
    if (loads !== null && (againstOf(loads) & preferences) !== 0) return bits | NOT_WANTED;
    return offers !== undefined && applies(offers, facts, catalogue) ? bits | NOT_WANTED : bits;
  };
}

/** What bars dishes, as it bars them: what is not known is taken for too much. */
function ruleOf(all: RefusedFoods): LeftOutRule {
  const isMuch = (recipe: Recipe): boolean => (all.isLessSalt === true && isSalty(recipe)) || (all.isLessFat === true && isFatty(recipe));
  return { bit: NOT_WANTED, said: all, isNamed: undefined, isMuch };
}

const NOT_WANTED = reasonBit('NOT_WANTED');

/** What a text says, by reason: of a patient who must not eat less without what has fat. */
function reasonsFor(profile: PatientProfile | undefined): RefusedFoods | undefined {
  const said = profile?.refuses;
  return profile?.mustNotRestrict === true ? (said?.fuller ?? said) : said;
}

function applies({ said, isNamed, isMuch }: LeftOutRule, facts: FoodFacts, catalogue: Catalogue): boolean {
  const { loads, name } = facts;
  if (loads === null || said === null) return isNamed?.(name) === true;
  const { ingredients, categories, dishes } = refusedOffers(catalogue, said);
  return (
    (facts.category !== undefined && categories.has(facts.category)) ||
    dishes.has(facts.dish) ||
    loads.recipe.some(({ ingredient }) => ingredients.has(ingredient)) ||
    isMuch?.(loads.recipe) === true
  );
}

/** A cache: the rules of a text are made once. */
const ofText = new WeakMap<RefusedFoods, readonly LeftOutRule[]>();

function saidRules(said: RefusedFoods | undefined): readonly LeftOutRule[] {
  if (said === undefined) return [];
  let rules = ofText.get(said);
  if (rules === undefined) {
    const { avoided, allergic = [], reasons = 0 } = said;
    rules = [
      ...wordRules('ALLERGY', allergic),
      ...wordRules('NOT_BORNE', avoided.filter((word) => !allergic.includes(word))), // prettier-ignore
      ...CONDITION_RULES.filter(({ bit }) => (reasons & bit) !== 0),
    ];
    ofText.set(said, rules);
  }
  return rules;
}

function wordRules(reason: 'ALLERGY' | 'NOT_BORNE', words: readonly string[]): LeftOutRule[] {
  if (words.length === 0) return [];
  return [{ bit: reasonBit(reason), said: refusing(words), isNamed: namesMadeOf(words) }];
}

/** What is left out for a condition, by the words of the catalogue and by names. */
const CONDITION_RULES: readonly LeftOutRule[] = LEFT_OUT_REASONS.flatMap((reason) => {
  const words = WORDS_LEFT_OUT.get(reason);
  if (words === undefined) return [];
  const said = words.length === 0 ? null : refusing(words);
  const isMuch = reason === 'SALT' ? isKnownSalty : reason === 'FAT' ? isKnownFatty : undefined;
  return [{ bit: reasonBit(reason), said, isNamed: reason === 'CHOKING' ? namesIn(HARD_NAMES) : namesOf(reason), isMuch }];
});

/** Words that are refused, and nothing that is guessed of them. */
function refusing(words: readonly string[]): RefusedFoods {
  return { words, avoided: [], isUnnamed: false };
}

/** A cache: a recipe goes against the same preferences each time. */
const known = new WeakMap<JudgedRecipe, number>();

function againstOf(judged: JudgedRecipe): number {
  let bits = known.get(judged);
  if (bits === undefined) known.set(judged, (bits = dislikesOfRecipe(judged.recipe, judged.hot)));
  return bits;
}

/** Whether a food that was eaten is none to speak for: it holds what the patient must avoid, or may, or is left out for them. */
export function isLeftOut({ own, unsure, leftOut }: { readonly own: number; readonly unsure: number; readonly leftOut: number }): boolean {
  return (own | unsure | leftOut) !== 0;
}
