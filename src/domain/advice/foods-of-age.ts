import { namesIn, namesOf, SMALL_CHILD_NAMES } from './left-out-names.js';
import { reasonBit } from './left-out-reasons.js';
import type { LeftOutRule } from './left-out-rule.js';
import type { PatientProfile, RefusedFoods } from './patient-inputs.js';
import { DISORDER, OWN_DIET } from './treated-diets.js';

/** Whole years from which on no rice cake is offered. Source: KDCA 2026, who choked in 23 emergency departments: two thirds were 70 or older, and food with rice cake was the cause of most. */
const NO_RICE_CAKE_FROM = 70;
/** Whole years from which on whole nuts and what is sticky are offered. Source: Care Inspectorate 2022, whole nuts are not for children under 5, and very young ones choke on what is hard or sticky. */
const NUTS_FROM = 5;
/** Words of the catalogue. */
const RICE_CAKE = '가래떡';
const NUTS = ['호두', '밤', '잣', '땅콩', '아몬드'];
/** Source: `whittington-drinks`, tea is not for children under 5: it keeps iron of a meal from being taken up, and holds caffeine. */
const TEA = '녹차';
/** Whole years from which on tea is offered. Source: `caffeine-children`, no caffeine under 12. */
const TEA_FROM = 12;

/** What is not safe at an age, and the same with what a text refuses. */
class AgeBar {
  /** For all of this age whose text refuses nothing. */
  readonly #alone: RefusedFoods;
  /** A cache: what a text refuses is worked out once for each text, and so it has to be one object. */
  readonly #known = new WeakMap<RefusedFoods, RefusedFoods>();

  constructor(private readonly words: readonly string[]) {
    this.#alone = { words, avoided: [], isUnnamed: false };
  }

  with(refuses: RefusedFoods | undefined): RefusedFoods {
    if (refuses === undefined) return this.#alone;
    let all = this.#known.get(refuses);
    if (all === undefined) this.#known.set(refuses, (all = { ...refuses, words: [...refuses.words, ...this.words] }));
    return all;
  }
}

const OLD = new AgeBar([RICE_CAKE]);
const SMALL = new AgeBar([RICE_CAKE, ...NUTS, TEA]);
const YOUNG = new AgeBar([TEA]);

/** Of a diet that is set by a clinic no dish is known to be part, a menu that leaves foods out can feed a disorder of eating, and none is made for a toddler. */
const ALL: RefusedFoods = { words: [], avoided: [], isUnnamed: false, isAll: true };

/** Years of age from which on a menu is offered. Source: `rome-child-ibs`, irritable bowel syndrome is told of children from four years on; dishes and servings are those of grown-ups (own rule). */
const MENU_FROM = 4;

/** Whether a patient is younger than that, or their birthday is wrong. */
export function isToddler(profile: PatientProfile | undefined): boolean {
  return (profile?.age ?? MENU_FROM) < MENU_FROM;
}

/** Whether no dish at all may be offered: there is nothing to choose, and no model is asked. */
export function hasNoMenu(profile: PatientProfile | undefined): boolean {
  return ((profile?.treatedDiets ?? 0) & (OWN_DIET | DISORDER)) !== 0 || isToddler(profile);
}

/** What no dish offered may hold: what the profile's text refuses, and what is not safe at the patient's age. All of it where a clinic sets the diet. */
export function notToBeOffered(profile: PatientProfile | undefined): RefusedFoods | undefined {
  if (hasNoMenu(profile)) return ALL;
  const age = profile?.age ?? TEA_FROM;
  const said = profile?.refuses;
  const refuses = profile?.mustNotRestrict === true ? (said?.fuller ?? said) : said;
  if (age >= NO_RICE_CAKE_FROM) return OLD.with(refuses);
  if (age >= TEA_FROM) return refuses;
  return age < NUTS_FROM ? SMALL.with(refuses) : YOUNG.with(refuses);
}

/** What of it is told where it was eaten, and why. Of a patient of unknown age nothing is. */
export function ageRules(age: number | null | undefined): readonly LeftOutRule[] {
  if (age === null || age === undefined) return [];
  if (age >= NO_RICE_CAKE_FROM) return OLD_RULES;
  return age < NUTS_FROM ? SMALL_RULES : age < TEA_FROM ? YOUNG_RULES : [];
}

function ageRule(reason: 'CHOKING' | 'CAFFEINE', words: readonly string[], isNamed: LeftOutRule['isNamed']): LeftOutRule {
  return { bit: reasonBit(reason), said: { words, avoided: [], isUnnamed: false }, isNamed };
}

const OLD_RULES = [ageRule('CHOKING', [RICE_CAKE], namesOf('CHOKING'))];
const YOUNG_RULES = [ageRule('CAFFEINE', [TEA], namesOf('CAFFEINE'))];
const SMALL_RULES = [ageRule('CHOKING', [RICE_CAKE, ...NUTS], namesIn(SMALL_CHILD_NAMES)), ...YOUNG_RULES];
