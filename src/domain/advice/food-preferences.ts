import { HARMS, LEFT_OUT } from './harm-words.js';
import { PREFERENCES, type Preference } from './patient-inputs.js';
import { usuallySpelt } from './usual-spelling.js';
import { namesAWay, waysSaid } from './ways-of-eating.js';

/** Where a patient turns to something else: what is refused in one part says nothing of the next. `밀하고 우유` goes on, `좋아하고 우유는` does not. */
const PARTS =
  /(?<=[^하]고|[아어워피한호취금]하고|지만|는데|괜찮은데|좋은데|으며)\s+|[.;\n]+|\s(?:but|그리고|하지만|다만|그런데|근데|그러나)\s/u;
/** What stands between the foods of a list. */
export const ITEMS = /[,·/]+|\s(?:and|or|nor)\s/u;
/** A heading before a list: `알레르기: 새우, 게`, `못 먹는 음식은 새우, 게`. What follows is refused with it. */
const HEADS_A_LIST =
  /(?:알[레래러]르?[기지]|(?:못|안)\s?먹는|싫어하는|피하는|가리는)[^,]*(?:[:：(–-]|(?:음식|식품|것|거|재료)[은는이]?\s)|^\s*알[레래러]르?[기지]\s(?!있|없|심)/u;

/** That something is refused. Looked for in a part alone: `생선` and `매운 음식` without it are what a patient likes. */
const REFUSES = new RegExp(
  `안\\s?(?:먹|드|마|매|좋)|못\\s?(?:먹|드|마)|(?:먹|마시|드시|소화(?:하|시키|되)?)지\\s?못|않|싫|극혐|질색|${LEFT_OUT}|기피|없[이는]|말[고아]|꺼[려림]|가리는|불호|비선호|아니[에예라고야]|아님|아닙|알[레래러]르?[기지]|\\b(?:no|not|never|without|avoids?|dislikes?|hates?|can(?:no|')t|don'?t|doesn'?t|free)\\b`,
  'u',
);

/** That something is liked, eaten or asked for: such an item of a list is not refused with the others. */
const WANTS = /좋|조아|선호|즐|먹|주세요|위주|때[워우]|\b(?:likes?|loves?|eats?|prefers?|mostly)\b/u;
/** That a food agrees with a patient: `chicken is fine`. One that does so baked, or a little of it, does not. */
const AGREES = /괜찮|\b(?:ok(?:ay)?|fine)\s*[.!]?\s*$/u;
const AGREES_IN_PART = /[()]|조금|약간|소량|익[힌히]|구[운우]|빼고|\b(?:baked|cooked|small|little|some|bit|not|if|when|in)\b/u;
/** That several do, the one before among them: `chicken and beef are ok`. */
const ALL_AGREE = /\bare (?:ok(?:ay)?|fine)\s*[.!]?\s*$/u;
/** A state of the body that no food is named for, at the begin of an item, as the reason for what is eaten: `몸이 잘 부어서 닭고기 위주로 먹어요`. */
const FOR_THE_BODY =
  /^\s*(?:숨|온?몸|얼굴|손|발|다리|배|목|눈|피부)[이가은는]?\s?(?:(?:잘|자주|많이|늘)\s)?(?:차|가빠|막혀|부어|가려워|간지러워)(?:서|니까)\s.*(?:좋아|선호|즐겨|위주|사\s?먹|때[워우]|[만로]\s?먹어)/u;
/** That nothing goes without it, that nothing is refused, or that there is no allergy: none is a refusal, though each has its words. */
const REFUSES_NOTHING = new RegExp(
  [
    String.raw`없(?:이는?|으면|인)\s?(?:못|안)`,
    String.raw`(?:못\s?먹는|안\s?먹는|못\s?드시는|가리는|싫어하는|싫은|피하는)\s?(?:음식|식품|것|거|건|게)?(?:이|은|는|도)?\s?[:：]?\s?(?:딱히|특별히|따로|전혀)?\s?없`,
    String.raw`안\s?가리|가리지\s?않`,
    String.raw`(?:알[레래러]르?[기지]|불내증?|셀리악병?)(?:음식|식품|반응|증상|해당|특이|사항|여부|이력|유무|하나도|같은|관련|딱히|특별히|따로|전혀|[은는이가도건것\s:：(–-])*(?:없(?!는\s?줄)|무(?=$|[\s)])|x(?=$|[\s)])|none\b|아니[에예]|아님|아닙)`,
    String.raw`\bno (?:(?:known|dietary|food|other|special) )*(?:allerg|intoleran|restrictions?|preferences?|dislikes)|\bnot allergic|\b(?:no|not) co?eliac|\beats? (?:everything|anything)$`,
    String.raw`\b(?:allerg\w*|intoleranc\w*|restrictions?)\s*[:–-]?\s*(?:none|no|nil|nothing)\b|\b(?:don't|do not|doesn't|does not) have (?:any )?(?:(?:known|dietary|food) )*(?:allerg|intoleran|restrictions?)`,
    String.raw`^\s*(?:no|none|nope|nothing|없음|없어요|없습니다)\s*[.!)]*\s*$`,
  ].join('|'),
  'u',
);
/** But one: `우유 말고는 못 먹는 것이 없어요` refuses milk, and of `새우 알레르기 없음 땅콩만 있음` both are taken for refused. */
const BUT_ONE = /말고|빼고|제외|이외|(?<![가-힣])외(?:에)?(?:는|\s)|만\s?있|알[레래러]르?[기지][^,]*있|\bexcept\b/u;
/** How much or how often, which is a habit: `밥을 많이 안 먹어요`, `소금 적게`. */
const HABIT =
  /(?:많이|자주)\s?안\s?(?:먹|드|마)|(?:많이|자주)\s?(?:먹|드시|마시)지\s?(?:않|못)|적게|(?:물|밥|음식|식사)[은는을를도]?\s?(?:많이|자주|제때)\s?못|(?:아침|점심|저녁|야식|끼니|식사)[은는을를도]?\s?(?:잘|자주|제때|거의)?\s?(?:안|못)\s?(?:먹|드|챙)|(?:아침|점심|저녁|야식|끼니|식사)[은는을를도]?\s?(?:잘|자주|제때|거의)?\s?(?:먹|드시|챙기)지\s?(?:않|못)/u;
const ALLERGY = new RegExp(HARMS, 'u');

/** Whether an item of a list refuses no food: nothing, or a habit alone. */
export function refusesNothing(item: string): boolean {
  if (REFUSES_NOTHING.test(item)) return !BUT_ONE.test(item);
  return HABIT.test(item) && !ALLERGY.test(item);
}

/** English refuses before a list, Korean after it. */
const REFUSES_WHAT_FOLLOWS =
  /\b(?:no|not|never|without|avoids?|except|excluding|dislikes?|hates?|can(?:no|')t|don'?t|doesn'?t)\b|\b(?:allergic|allergy|allergies|intolerant|reacts?) to\b|\ballerg(?:y|ies|ic)\s*[:–-]/u;

const MILD = /순한|자극\s?없|저자극|\bmild\b/u;
/** Meat of any kind: a word before it says of which (`오리고기`, `양 고기`). */
const ANY_MEAT = /(?<![가-힣])(?<!(?:돼지|소|쇠|닭|물|오리|양|염소|말|칠면조)\s)고기|육고기|(?:모든|온갖)고기|붉은고기|육류|육식|\bmeat\b/u;

/** Words by which foods are refused, and the preference that stands for it. */
export const REFUSED: readonly (readonly [Preference, RegExp])[] = [
  ['NO_PORK', /돼지(?:\s?고기)?|돈육|삼겹살?|제육|\bpork\b/u],
  ['NO_BEEF', /소\s?고기|쇠\s?고기|한우|\bbeef\b/u],
  ['NO_CHICKEN', /닭(?:\s?고기)?|치킨|\bchicken\b/u],
  ['NO_FISH', /생선|물고기|어류|해산물|\bfish\b|\bseafood\b/u],
  ['NO_MEAT', ANY_MEAT],
  ['NOT_HOT', /매운|매콤|맵|매워|얼큰|자극적|\bspicy\b|\bhot\b/u],
];

/** The bit of a preference in a mask: 1, 2, 4 … in the order of `PREFERENCES`. */
export function preferenceBit(preference: Preference): number {
  return 1 << PREFERENCES.indexOf(preference);
}

/**
 * What a free text about food says by the words that are known, as bits of `PREFERENCES`. A food is taken for refused only where the text refuses it: its name alone is what a patient
 * likes. Anything else says nothing.
 */
export function preferencesOf(text: string): number {
  return partsOf(text).reduce((bits, part) => bits | saidInList(part.split(ITEMS)), 0);
}

/** The parts of a text, in small letters. `All but pork` refuses pork, and `but` there turns to nothing else. */
export function partsOf(text: string): string[] {
  return usuallySpelt(text)
    .replaceAll(
      /\b(?:other than|apart from|(?<=\b(?:all|everything|anything|nothing|allerg(?:y|ies)|intolerances?|restrictions?) )but)\b/gu,
      'except',
    )
    .replaceAll(/(?<=\bnot allergic to [^.;,]*) but(?: to)?\b/gu, '; allergic to')
    .replaceAll(
      /(먹|마시|드시)고(?:\s?나서)?\s+(?=[^,.;]{0,10}(?:응급|부[었어음은]|붓|토[해하한함합]|설사|복통|배[가도]?\s?아[프파팠]|기절|쓰러|두드러기|배탈|탈났|가[려렵]|체[했한함]|숨|입술|아나?필))/gu,
      '$1으면 ',
    )
    .replaceAll(/(글루텐|밀|땅콩|견과|계란|달걀)\s?프리(?![가-힣])/gu, '$1 못 먹음; ')
    .replaceAll(/(?:유당|락토스?)\s?프리(?![가-힣])|(?<![가-힣])무\s?(?:유당|락토스)/gu, '유당 못 먹음; ')
    .replaceAll(/(?<![가-힣])무\s?글루텐/gu, '글루텐 못 먹음; ')
    .split(PARTS);
}

function saidInList(items: readonly string[]): number {
  const refused = refusedItems(items);
  return items.reduce((bits, item, at) => bits | saidIn(item, refused[at] === true), 0);
}

/** Whether an item says by words that have another sense elsewhere that its food is eaten: it agrees with the patient, or is eaten for a state of the body that no food brought about. */
export function isAgreeable(item: string): boolean {
  return (AGREES.test(item) && !AGREES_IN_PART.test(item) && !ALLERGY.test(item)) || (FOR_THE_BODY.test(item) && !REFUSES.test(item));
}

/** Which items of a list are not wanted. */
export function refusedItems(items: readonly string[]): readonly boolean[] {
  return refusedIn(items, kindOf, REFUSES_WHAT_FOLLOWS);
}

function kindOf(item: string): ItemKind {
  if (refusesNothing(item)) return 'WANTED';
  if (FOR_THE_BODY.test(item) && isAgreeable(item)) return 'WANTED';
  if (namesAWay(item) && !REFUSES.test(item)) return 'WANTED';
  return REFUSES.test(item) || ALLERGY.test(item) ? 'REFUSED' : WANTS.test(item) || isAgreeable(item) ? 'WANTED' : 'BARE';
}

/** What an item of a list says by itself: BARE is a food and nothing else. */
export type ItemKind = 'REFUSED' | 'WANTED' | 'BARE';

/**
 * Which items of a list are refused. A refusal at the end of a list is one of all of it (`돼지고기, 소고기 빼주세요`), and so is an English one at its beginning, and a heading.
 *
 * @param whatFollows refusals that stand before a list
 */
export function refusedIn(items: readonly string[], kindOfItem: (item: string) => ItemKind, whatFollows: RegExp): readonly boolean[] {
  const kinds = items.map(kindOfItem);
  let before = false;
  return items.map((item, at) => {
    const kind = kinds[at];
    if (kind !== 'BARE') {
      before = kind === 'REFUSED' && (whatFollows.test(item) || HEADS_A_LIST.test(item));
      return kind === 'REFUSED';
    }
    const after = kinds.findIndex((each, place) => place > at && each !== 'BARE');
    if (after === at + 1 && kinds[after] === 'WANTED' && ALL_AGREE.test(items[after] ?? '')) return false;
    return before || (kinds[after] === 'REFUSED' && !whatFollows.test(items[after] ?? '') && !HEADS_A_LIST.test(items[after] ?? ''));
  });
}

function saidIn(part: string, refuses: boolean): number {
  let bits = waysSaid(part).reduce((all, way) => all | preferenceBit(way), 0);
  if (!refuses) return MILD.test(part) ? bits | preferenceBit('NOT_HOT') : bits;
  for (const [preference, word] of REFUSED) if (word.test(part)) bits |= preferenceBit(preference);
  return bits;
}
