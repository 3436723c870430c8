import { isAgreeable, refusedIn, refusesNothing, type ItemKind } from './food-preferences.js';
import { CAUTIONED, HARMS, LEFT_OUT, MORE_THAN_GUT, UPSETS_GUT } from './harm-words.js';
import { isOfAnother } from './kin.js';
import { ITEMS, partsOf } from './parts-of-text.js';
import { ALLERGEN_BITS, LACTOSE_INTOLERANCE_BIT, allergenBit } from './restrictions.js';
import { MADE_OF, MEANT } from './words-of-foods.js';

/** Before `지 못해요`: to be unable to cook is none of it. */
const EATING = '(?:먹|마시|드시|소화(?:하|시키|되)?)';
/** That something cannot or may not be eaten, which is more than that it is not liked. */
const AVOIDS = new RegExp(
  `불내|못\\s?(?:먹|드|마)|안\\s?(?:먹|드|마)|${EATING}지\\s?(?:못|않)|${HARMS}|${LEFT_OUT}|\\b(?:no|never|without|can(?:no|')t|don'?t|doesn'?t|free)\\b`,
  'u',
);
/** English says so before a list, Korean behind it. */
const AVOIDS_WHAT_FOLLOWS =
  /\b(?:allergic|allergy|allergies|intolerant|reacts?) to\b|\ballerg(?:y|ies|ic)\s*[:–-]|\b(?:no|never|without|avoids?|can(?:no|')t|don'?t|doesn'?t)\b/u;
const LIKES = /좋|조아|선호|즐겨|\b(?:likes?|loves?|prefers?)\b/u;

/**
 * What a free text about food says must be avoided, by the words that are known, as bits of restrictions: `새우 알레르기`, `우유 못 마셔요`, `no eggs`. What is only not liked says nothing here, and
 * neither does a word that is not known: see `refusedFoodsOf`. Milk that upsets the gut is lactose that is not tolerated.
 */
export function allergensSaid(text: string): number {
  const { reacts, upsets } = said(text);
  return reacts | upsets;
}

/**
 * Those of them that upset the gut, or are to be careful with (`우유 주의`), and of which the text tells no more; and those that another one is allergic to by the text (`남편이 우유 알레르기`: decision
 * 063). They must be avoided as well, and are no allergy. Bits of `allergenBit`.
 */
export function upsetsSaid(text: string): number {
  const { reacts, upsets } = said(text);
  return upsets & ~reacts & ALLERGEN_BITS;
}

function said(text: string): { readonly reacts: number; readonly upsets: number } {
  let [reacts, upsets] = [0, 0];
  const parts = partsOf(text);
  for (const [place, part] of parts.entries()) {
    const items = part.split(ITEMS);
    const isMore = goesOnWithMore(parts.slice(place + 1));
    const avoided = avoidedItems(items);
    const byMore = refusedIn(items, (item) => (!isMore && tellsOfNoAllergy(item) ? 'WANTED' : kindOf(item)), AVOIDS_WHAT_FOLLOWS);
    const must = mustBeAvoided(items);
    for (const [at, item] of items.entries()) {
      const bits = (avoided[at] === true ? bitsIn(item, MEANT) : 0) | (must[at] === true ? bitsIn(item, MADE_OF) : 0);
      if (byMore[at] === true && !isOfAnother(item)) reacts |= bits;
      else
        // Milk that upsets is lactose that is not tolerated; of milk to be careful with that is not known.
        upsets |=
          item.search(GUT_CLAUSE) >= 0 && MILK_ALONE.test(item)
            ? (bits & ~allergenBit('MILK')) | (LACTOSE_INTOLERANCE_BIT * Math.sign(bits & allergenBit('MILK')))
            : bits;
    }
  }
  return { reacts, upsets };
}

/** Milk and nothing made of it: what is in cheese or butter that upsets need not be lactose. */
const MILK_ALONE = /^(?!.*(?:유제품|치즈|버터|요거트|요구르트|카제인|유청|dairy|cheese|butter|yogh?urt|casein|whey)).*(?:우유|milk)/u;

/** Bits of restrictions that the foods of an item bear. */
export function bitsIn(item: string, meant: typeof MEANT): number {
  return meant.reduce((bits, [bit, words]) => (words.test(item) ? bits | bit : bits), 0);
}

/** Whether parts that follow tell of more without a food of their own: `새우 먹고 배 아프고 | 두드러기가 났어요`. */
function goesOnWithMore(parts: readonly string[]): boolean {
  const end = parts.findIndex((part) => MEANT.some(([, words]) => words.test(part)));
  return parts.slice(0, end < 0 ? parts.length : end).some((part) => MORE_THAN_GUT.test(part) && !refusesNothing(part));
}

const GUT_CLAUSE = new RegExp(UPSETS_GUT, 'gu');
/** A disease that gluten brings about in the bowel: none of its signs is one of an allergy that closes the throat. */
const CELIAC_CLAUSE = /셀리악(?:\s?병)?[가-힣]*(?:\s?(?:있|진단|환자|앓|때문)[가-힣]*)?|\bco?eliac(?:'?s)?(?: disease| sprue)?/gu;
const CAUTION_CLAUSE = new RegExp(`(?:${CAUTIONED})[가-힣]*`, 'gu');

/** Whether an item says that its food upsets the gut, or to be careful with it, or tells of celiac disease, and nothing else that speaks against it. */
function tellsOfNoAllergy(item: string): boolean {
  const rest = item.replaceAll(GUT_CLAUSE, ' ').replaceAll(CAUTION_CLAUSE, ' ').replaceAll(CELIAC_CLAUSE, ' ');
  return rest !== item && !MORE_THAN_GUT.test(item) && !AVOIDS.test(rest);
}

/** Which items of a list must be avoided. */
export function avoidedItems(items: readonly string[]): readonly boolean[] {
  return refusedIn(items, kindOf, AVOIDS_WHAT_FOLLOWS);
}

/** Which items of a list must be avoided for the body's sake: by an allergy, an intolerance or a reaction, or since they cannot be eaten. That something is not eaten is a habit too. */
export function mustBeAvoided(items: readonly string[]): readonly boolean[] {
  return refusedIn(items, (item) => (kindOf(item) === 'REFUSED' && !MUST.test(item) ? 'WANTED' : kindOf(item)), AVOIDS_WHAT_FOLLOWS);
}

const MUST = new RegExp(`불내|못\\s?(?:먹|드|마)|${EATING}지\\s?못|${HARMS}|\\bcan(?:no|')t\\b`, 'u');

const CAUTION = new RegExp(`${CAUTIONED}|금지|금물|위험|(?:먹|드시)으면\\s?안|안\\s?(?:됨|돼|됩|되(?!도록))`, 'u');

/** Whether an item warns of what it names (`아황산염 주의`): what of it is not understood may be an allergy. */
export function isCautioned(item: string): boolean {
  return CAUTION.test(item) && kindOf(item) === 'REFUSED';
}

/** Words beside which no word of agreement is heard. */
const REFUSED_ALSO = new RegExp(
  `알[레래러]르?[기지]|불내|(?:못|안)\\s?(?:먹|드|마)|금기|지\\s?(?:못|않)|\\b(?:allerg|intoleran)|\\b(?:no|never|without|avoids?|can(?:no|')t|don'?t|doesn'?t|free)\\b`,
  'u',
);

function kindOf(item: string): ItemKind {
  if (refusesNothing(item) || (isAgreeable(item) && !REFUSED_ALSO.test(item))) return 'WANTED';
  return AVOIDS.test(item) ? 'REFUSED' : LIKES.test(item) ? 'WANTED' : 'BARE';
}
