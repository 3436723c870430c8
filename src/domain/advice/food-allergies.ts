import { ITEMS, PARTS, refusedIn, type ItemKind } from './food-preferences.js';
import { LACTOSE_INTOLERANCE_BIT, allergenBit } from './restrictions.js';

/** That something cannot or may not be eaten, which is more than that it is not liked. */
const AVOIDS =
  /알레르기|알러지|불내|못\s?(?:먹|드|마)|안\s?(?:먹|드|마)|지\s?(?:못|않)|\ballerg|\b(?:no|never|without|avoids?|can(?:no|')t|don'?t|doesn'?t|free)\b/u;
/** English says so before a list, Korean behind it. */
const AVOIDS_WHAT_FOLLOWS = /\ballergic to\b|\b(?:no|never|without|avoids?|can(?:no|')t|don'?t|doesn'?t)\b/u;
/** That there is no allergy. */
const HAS_NONE = /(?:알레르기|알러지)[^,]*없|\bno (?:known )?(?:food )?allerg|\bnot allergic/u;
const LIKES = /좋|선호|즐겨|\b(?:likes?|loves?|prefers?)\b/u;

const MEANT: readonly (readonly [bits: number, words: RegExp])[] = [
  [allergenBit('GLUTEN'), /(?<!메)밀(?:가루|[은을이\s]|$|\s?알)|글루텐|\bwheat\b|\bgluten\b/u],
  [allergenBit('MILK'), /우유|유제품|\bmilk\b|\bdairy\b/u],
  [allergenBit('NUT'), /땅콩|견과|참깨|들깨|호두|아몬드|캐슈|\b(?:pea)?nuts?\b|\bsesame\b|\balmonds?\b|\bwalnuts?\b/u],
  [
    allergenBit('SEAFOOD'),
    /해산물|생선|물고기|갑각류|어패류|새우|꽃게|대게|(?:^|\s)게(?=[\s는를가도]|$)|조개|전복|홍합|오징어|\b(?:sea|shell)?fish\b|\bseafood\b|\bshrimps?\b|\bprawns?\b|\bcrabs?\b|\bclams?\b/u,
  ],
  [allergenBit('EGG'), /달걀|계란|난류|\beggs?\b/u],
  [allergenBit('SOY'), /대두|(?<!땅)콩(?!나물)|\bsoy(?:beans?)?\b/u],
  [LACTOSE_INTOLERANCE_BIT, /유당|\blactose\b/u],
];

/**
 * What a free text about food says must be avoided, by the words that are known, as bits of restrictions: `새우 알레르기`, `우유 못 마셔요`, `no eggs`. What is only not liked says nothing here, and
 * neither does a word that is not known.
 */
export function allergensSaid(text: string): number {
  let bits = 0;
  for (const part of text.toLowerCase().split(PARTS)) bits |= saidInList(part.split(ITEMS));
  return bits;
}

function saidInList(items: readonly string[]): number {
  const avoided = refusedIn(items, kindOf, AVOIDS_WHAT_FOLLOWS);
  let bits = 0;
  for (const [at, item] of items.entries()) {
    if (avoided[at] === true) for (const [bit, words] of MEANT) if (words.test(item)) bits |= bit;
  }
  return bits;
}

function kindOf(item: string): ItemKind {
  if (HAS_NONE.test(item)) return 'WANTED';
  return AVOIDS.test(item) ? 'REFUSED' : LIKES.test(item) ? 'WANTED' : 'BARE';
}
