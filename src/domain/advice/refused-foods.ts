import { ABOUT_HARM } from './harm-words.js';
import { withoutConditions } from './care-words.js';
import { doubtfulWordsOf } from './doubtful-words.js';
import { allergensSaid, avoidedItems, bitsIn, isCautioned, mustBeAvoided } from './food-allergies.js';
import { refusedItems, refusesNothing } from './food-preferences.js';
import { BAD_CHEWING, FAT_NOT_BORNE, FRUCTOSE, HISTAMINE, LATEX, MOUTH_ALLERGY } from './conditions.js';
import { ABOUT_KIN } from './kin.js';
import { isOfNoFood, NO_FOODS } from './no-foods.js';
import { reasonBit } from './left-out-reasons.js';
import { ITEMS, partsOf } from './parts-of-text.js';
import type { RefusedFoods } from './patient-inputs.js';
import { bearsNoFat, LESS_FAT, LESS_SALT, notForTreated, reasonsTold, treatedDietsOf } from './treated-diets.js';
import { usuallySpelt } from './usual-spelling.js';
import { ABOUT_WAYS } from './ways-of-eating.js';
import { MADE_OF, MEANT, REFUSED } from './words-of-foods.js';

/** What says nothing of which food it is: how it is refused, how much, by which person. */
const ABOUT = new RegExp(
  [
    ABOUT_HARM,
    ABOUT_WAYS,
    ABOUT_KIN,
    NO_FOODS,
    '알[레래러]르?[기지][가-힣]*|음식(?=알[레래러])|불내[증성]?|(?:안|못)\\s?(?:먹|드|마|매|좋)[가-힣]*|[가-힣]*(?:먹|마시|드시|하|하시|시키|기|리|되|맞|받|내키|땡기|당기)지\\s?(?:못|않)[가-힣]*',
    '(?<![가-힣])(?:별로|거부|못맡|먹|드시|드세|마시|마셔|있|없|싫|극혐|질색|빼|피[하함해]|제외|금지|기피|금기|제한|꺼리|꺼려|불호|비선호|말[고아]|좋아|주세요|주십|바랍|부탁|심[하한해함]|조심|주의|나[서요면와]|올라|생[기겨]|아니|아님|아닌|반응|증상|체질|때문)[가-힣]*',
    '두드러기\\S*|아나필락\\S*|호흡\\s?곤란\\S*|숨이\\S*|가려\\S*|간지러\\S*|발진\\S*|쇼크\\S*|부어\\S*|붓\\S*|(?<![가-힣])(?:났|입이|입안이|입술이|목이|온몸에|몸에)[가-힣]*',
    '(?<![가-힣])(?:외|이외|등푸른|푸른|아침|점심|저녁|야식|끼니|식사|제때|저는|저도|저만|저|제가|나는|나도|내가|제|집에서|밖에서|조금|약간|좀|잘|절대로?|전혀|너무|아주|매우|특히|많음|많아|많은편|여부|체질|심함|아무거나|뭐든|소량|한모금|한입|기름진|기름진거|기름진것|기름기|느끼한거|느끼한것|느끼한|둘다|들어간건|들어간거|모름|높음|오래됨|완치|다됨|냄새|비린내?|내|모두|모든|전부|다|거의|많이|음식물?|식품|구이|조림|찜|볶음|튀김|무침|탕|검사|결과|식재료|재료|요리|종류|성분|계열|같은|들어간|든|포함된|관련|함유|것|거|건|등|등등|또는|혹은|및|현재|예전|어릴|때|이|그|수|제품)(?:에는|에|은|는|이|가|을|를|도|만|로|의|류|요|입니다|이에요|예요)?(?![가-힣])',
    // Why it is refused, and how it is eaten: `비려서 못 먹어요`, `편식 심해요`.
    '(?<![가-힣])[가-힣]*(?:려|해|나|워|어|여|겨|켜|파|퍼|쳐|와|져)서(?![가-힣])|(?<![가-힣])(?:편식|입맛|까다[로롭]|치료|복용|투약|투병|회복)[가-힣]*',
    "\\b(?:i'm|i've|i|am|is|are|im|tree|to|a|an|the|no|not|never|without|avoids?|avoiding|except|excluding|cannot|can't|cant|can|don'?t|doesn'?t|dislikes?|hates?|eats?|eating|likes?|please|allerg\\w*|intoleran\\w*|foods?|products?|any|all|everything|anything|free|have|has|had|my|of|and|or|nor|with|fried|greasy|fatty|oily|severe|mild|very|slightly|bad|reacts?|reaction|hives|rash|anaphyla\\w*|it|me|makes|in|for|diet)\\b",
  ].join('|'),
  'gu',
);

/** A meal, whatever was in it: `밥 먹고 토해요` tells of what follows eating, and is no word against rice. */
const AFTER_MEALS =
  /(?<![가-힣])밥[을만]?\s?(?=먹(?:고|으면|은\s?(?:후|뒤|다음)|자마자)[^,.]{0,12}(?:토[하해한함합]|구토|설사|배|속|체[하해했]|가스|더부룩|화장실|메스꺼))/u;
/** What does not agree with a patient, and is no food: its dishes are left out by `notForTreated`. */
const UNDERSTOOD = new RegExp(
  [
    ...FRUCTOSE,
    ...FAT_NOT_BORNE,
    ...HISTAMINE,
    ...LATEX,
    ...MOUTH_ALLERGY,
    BAD_CHEWING,
    String.raw`^\s*(?:음식이?\s|밥이?\s|평소에?\s|요즘\s|늘\s)?소화[가도]?\s?(?:잘\s?)?(?:안|못|불량)`,
  ].join('|'),
  'u',
);
/** That what is told of is an allergy, and not what upsets the gut alone. */
const ALLERGY = /알[레래러]르?[기지]|앨러지|아나?필락|에피펜|\b(?:allerg|anaphyla|epi-?pens?\b)/u;
/** Most words that a text is taken to name: a wish list, not a diary. */
const MAX_WORDS = 40;

/** What is known of a text beside its words. */
interface About {
  /** Whether more of it was not read. */
  readonly isCut?: boolean;
  /** Whether a flag of the profile names an allergy. */
  readonly hasAllergy?: boolean;
}

/** What a text refuses in words of its own; undefined where it refuses nothing else. */
export function refusedFoodsOf(text: string, { isCut = false, hasAllergy = false }: About = {}): RefusedFoods | undefined {
  const words = new Set<string>();
  const avoided = new Set<string>();
  const allergic = new Set<string>();
  const doubtful = new Set<string>();
  let isUnnamed = false;
  let doubtfulBits = 0;
  const treated = notForTreated(text);
  const reasons = reasonsTold(text);
  for (const part of partsOf(text)) {
    const items = part.split(ITEMS);
    const [mustBe, refused] = [avoidedItems(items), refusedItems(items)];
    const isNone = items.some(refusesNothing);
    const must = mustBeAvoided(items);
    const named = items.map((item, at) =>
      mustBe[at] === true || refused[at] === true
        ? namedIn(item.replace(AFTER_MEALS, ''), must[at] === true ? ALL_FLAGGED : mustBe[at] === true ? FLAGGED : UNWANTED)
        : NOTHING,
    );
    for (const [at, item] of items.entries())
      if (mustBe[at] !== true && refused[at] !== true) {
        const beside = doubtfulWordsOf(item);
        for (const word of beside) doubtful.add(word);
        if (beside.length > 0) doubtfulBits |= bitsIn(item, MEANT);
      }
    for (const [at, { left, isKnown }] of named.entries()) {
      for (const word of left) words.add(word);
      if (must[at] === true || isCautioned(items[at] ?? '')) for (const word of left) avoided.add(word);
      if (must[at] === true && ALLERGY.test(part)) for (const word of [...left, ...meatsIn(items[at] ?? '')]) allergic.add(word);
      // `새우, 알레르기 있어요` names it in the item before.
      isUnnamed ||=
        must[at] === true &&
        !isNone &&
        !AFTER_MEALS.test(items[at] ?? '') &&
        !UNDERSTOOD.test(items[at] ?? '') &&
        !isOfNoFood(items[at] ?? '') &&
        !isKnown &&
        left.length === 0 &&
        !named.some((each) => each.isKnown || each.left.length > 0);
    }
  }
  const diets = treatedDietsOf(text);
  const isLessFat = (diets & LESS_FAT) !== 0;
  if (words.size === 0 && treated.length === 0 && reasons === 0 && allergic.size === 0 && doubtful.size === 0 && !isUnnamed && !isCut)
    return undefined;
  const isAllergyUnnamed =
    isUnnamed && !hasAllergy && ALLERGY.test(usuallySpelt(text)) && words.size === 0 && doubtful.size === 0 && allergensSaid(text) === 0;
  const isLong = words.size > MAX_WORDS;
  const upTo = (some: ReadonlySet<string>): string[] => [...some].slice(0, MAX_WORDS);
  const refused: RefusedFoods = {
    words: [...upTo(words), ...treated],
    avoided: upTo(avoided),
    isUnnamed: isUnnamed || isCut || isLong,
    ...(allergic.size > 0 && { allergic: upTo(allergic) }),
    ...(reasons !== 0 && { reasons }),
    ...((diets & LESS_SALT) !== 0 && { isLessSalt: true as const }),
    ...(isAllergyUnnamed && { isAllergyUnnamed: true as const }),
    ...(doubtful.size > 0 && { doubtful: upTo(doubtful), doubtfulBits }),
  };
  if (!isLessFat) return refused;
  const fuller = bearsNoFat(text)
    ? undefined
    : { ...refused, words: [...upTo(words), ...notForTreated(text, true)], reasons: reasons & ~reasonBit('FAT') };
  return { ...refused, isLessFat: true, ...(fuller && { fuller }) };
}

/** Meats that a preference stands for: where they are an allergy it says so of no food that was eaten. */
function meatsIn(item: string): string[] {
  return MEATS.flatMap(([preference, word]) => (REFUSED.some(([each, words]) => each === preference && words.test(item)) ? [word] : []));
}

const MEATS = [
  ['NO_PORK', '돼지고기'],
  ['NO_BEEF', '소고기'],
  ['NO_CHICKEN', '닭고기'],
] as const;

interface Named {
  /** Words that no flag and no preference stands for. */
  readonly left: readonly string[];
  /** Whether a flag or a preference stands for some of it. */
  readonly isKnown: boolean;
}

const NOTHING: Named = { left: [], isKnown: false };

/** What an item names. What is only not liked has no flag: its words stay, so that a catalogue may know them. */
function namedIn(item: string, known: readonly RegExp[]): Named {
  let rest = item;
  for (const words of known) rest = rest.replaceAll(words, MARK);
  const isKnown = rest.includes(MARK);
  const left = withoutConditions(rest)
    .replaceAll(KNOWN, ' ')
    .replaceAll(ABOUT, ' ')
    .split(/[^가-힣a-z]+/u)
    .filter((word) => word !== '' && !/^[a-z]$/u.test(word));
  return { left, isKnown };
}

/** What stands in place of a word that is known. */
const MARK = '\u0000';
/** It with its ending. */
const KNOWN = new RegExp(
  `(?:통|우리)?${MARK}(?:류|고기|알)?(?:에는|이랑|하고|이에요|예요|입니다|임|에|은|는|이|가|을|를|과|와|랑|도|만|로|의)?(?![가-힣])`,
  'gu',
);
const UNWANTED = REFUSED.map(([, words]) => new RegExp(words.source, 'gu'));
const FLAGGED = [...UNWANTED, ...MEANT.map(([, words]) => new RegExp(words.source, 'gu'))];
/** The same of what must be avoided. */
const ALL_FLAGGED = [...FLAGGED, ...MADE_OF.map(([, words]) => new RegExp(words.source, 'gu'))];
