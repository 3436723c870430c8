import { isAgreeable, ITEMS, partsOf, refusedIn, refusesNothing, type ItemKind } from './food-preferences.js';
import { CAUTIONED, HARMS, LEFT_OUT, MORE_THAN_GUT, UPSETS_GUT } from './harm-words.js';
import { isOfAnother } from './kin.js';
import { ALLERGEN_BITS, LACTOSE_INTOLERANCE_BIT, allergenBit } from './restrictions.js';

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

/** What may follow a name of one syllable: an ending, and then no other syllable. `게다가` and `밀크` are none. */
const ENDS = '(?=(?:은|는|이|가|을|를|과|와|랑|이랑|나|이나|도|만|에|에는|하고|류)?(?:[^가-힣]|$)|알[레래러])';

/** Words for what bears a flag, each with the foods that usually hold it. */
export const MEANT: readonly (readonly [bits: number, words: RegExp])[] = [
  [
    allergenBit('GLUTEN'),
    new RegExp(
      `(?<!메|오트)밀(?:가루|${ENDS})|글루텐|보리|호밀|맥아|엿기름|셀리악(?:\\s?병)?|(?<![가-힣])빵|\\b(?:wheat|gluten|barley|rye|bread|pasta)\\b|\\bco?eliac\\b`,
      'u',
    ),
  ],
  [allergenBit('MILK'), /우유|유제품|치즈|버터|요거트|요구르트|카제인|유청|\b(?:milk|dairy|cheese|butter|yogh?urt|casein|whey)\b/u],
  [
    allergenBit('NUT'),
    new RegExp(
      `땅콩|견과|참깨|들깨|흑임자|참기름|들기름|(?<![가-힣])(?:깨|잣)${ENDS}|호두|아몬드|캐슈|피칸|피스타치오|마카다미아|헤이즐넛|\\b(?:pea|wal|hazel|macadamia |pine )?nuts?\\b|\\bsesame\\b|\\balmonds?\\b|\\bcashews?\\b|\\bpecans?\\b|\\bpistachios?\\b`,
      'u',
    ),
  ],
  [
    allergenBit('SEAFOOD'),
    new RegExp(
      `해산물|해물|생선|물고기|갑각류|어패류|패류|연체류|새우|꽃게|대게|(?<![가-힣])(?<!(?:씹|삼키|먹|마시)는\\s)(?:게|굴)${ENDS}|가재|랍스터|조개|전복|홍합|바지락|오징어|낙지|문어|주꾸미|고등어|삼치|갈치|연어|참치|조기|가자미|대구탕|멸치|명태|동태|황태|북어|장어|꽁치|액젓|젓갈|새우젓|\\b(?:sea|shell)?fish\\b|\\bseafood\\b|\\b(?:shrimp|prawn|crab|lobster|clam|mussel|oyster|squid|crustacean|mollus[ck])s?\\b|\\b(?:salmon|tuna|mackerel|cod|anchov(?:y|ies))\\b`,
      'u',
    ),
  ],
  [allergenBit('EGG'), /(?:달걀|계란)(?:\s?(?:흰자|노른자))?|난류|난백|난황|알류|메추리알|마요|\beggs?\b|\bmayo/u],
  [allergenBit('SOY'), /대두|두부|두유|간장|된장|청국장|(?<!땅)콩(?!나물|팥)|\b(?:soya?(?:beans?)?|tofu)\b/u],
  [LACTOSE_INTOLERANCE_BIT, /유당|락타아?제|\blact(?:ose|ase)\b/u],
];

/** Foods made of what bears a flag, which some leave out for their taste: they stand for it only where they must be avoided. */
export const MADE_OF: typeof MEANT = [
  [
    allergenBit('SEAFOOD'),
    /어묵|오뎅|맛살|가리비|관자|성게|멍게|미더덕|해삼|골뱅이|소라|명란|날치알|꼬막|재첩|다랑어|캐비어|꼴뚜기|한치|과메기/u,
  ],
];

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

function bitsIn(item: string, meant: typeof MEANT): number {
  return meant.reduce((bits, [bit, words]) => (words.test(item) ? bits | bit : bits), 0);
}

/** Whether parts that follow tell of more without a food of their own: `새우 먹고 배 아프고 | 두드러기가 났어요`. */
function goesOnWithMore(parts: readonly string[]): boolean {
  const end = parts.findIndex((part) => MEANT.some(([, words]) => words.test(part)));
  return parts.slice(0, end < 0 ? parts.length : end).some((part) => MORE_THAN_GUT.test(part) && !refusesNothing(part));
}

const GUT_CLAUSE = new RegExp(UPSETS_GUT, 'gu');
const CAUTION_CLAUSE = new RegExp(`(?:${CAUTIONED})[가-힣]*`, 'gu');

/** Whether an item says that its food upsets the gut, or to be careful with it, and nothing else that speaks against it. */
function tellsOfNoAllergy(item: string): boolean {
  const rest = item.replaceAll(GUT_CLAUSE, ' ').replaceAll(CAUTION_CLAUSE, ' ');
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

/** Words beside which no word of agreement is heard. */
const REFUSED_ALSO = new RegExp(
  `알[레래러]르?[기지]|불내|(?:못|안)\\s?(?:먹|드|마)|금기|지\\s?(?:못|않)|\\b(?:allerg|intoleran)|\\b(?:no|never|without|avoids?|can(?:no|')t|don'?t|doesn'?t|free)\\b`,
  'u',
);

function kindOf(item: string): ItemKind {
  if (refusesNothing(item) || (isAgreeable(item) && !REFUSED_ALSO.test(item))) return 'WANTED';
  return AVOIDS.test(item) ? 'REFUSED' : LIKES.test(item) ? 'WANTED' : 'BARE';
}
