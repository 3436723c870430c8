import { HARMS, LEFT_OUT } from './harm-words.js';
import { PREFERENCES, type Preference } from './patient-inputs.js';
import { ITEMS, partsOf } from './parts-of-text.js';
import { namesAWay, waysSaid } from './ways-of-eating.js';
import { REFUSED } from './words-of-foods.js';

/** A heading before a list: `알레르기: 새우, 게`, `못 먹는 음식은 새우, 게`. What follows is refused with it. */
const HEADS_A_LIST =
  /(?:알[레래러]르?[기지]|(?:못|안)\s?먹는|싫어하는|피하는|가리는)[^,]*(?:[:：(–-]|(?:음식|식품|것|거|재료)[은는이]?\s)|^\s*알[레래러]르?[기지]\s(?!있|없|심|비염|결막염|피부염|천식|약)/u;

/** That something is refused. Looked for in a part alone: `생선` and `매운 음식` without it are what a patient likes. */
const REFUSES = new RegExp(
  `안\\s?(?:먹|드|마|매|좋)|못\\s?(?:먹|드|마)|(?:먹|마시|드시|소화(?:하|시키|되)?)지\\s?못|않|싫|극혐|질색|별로(?=\\s*(?:$|[가-힣]*요|임|다))|${LEFT_OUT}|기피|없[이는]|말[고아]|꺼[려림]|거부|못\\s?맡|가리는|불호|비선호|아니[에예라고야]|아님|아닙|알[레래러]르?[기지]|\\b(?:no|not|never|without|avoids?|dislikes?|hates?|can(?:no|')t|don'?t|doesn'?t|free)\\b`,
  'u',
);

/** That something is liked, eaten or asked for: such an item of a list is not refused with the others. */
const WANTS = /좋|조아|선호|즐|먹|주세요|위주|때[워우]|\b(?:likes?|loves?|eats?|prefers?|mostly)\b/u;
/** That a food agrees with a patient: `chicken is fine`. One that does so baked, or a little of it, does not. */
const AGREES = /괜찮|(?<!불)가능|\b(?:ok(?:ay)?|fine)\s*[.!)]?\s*$/u;
const AGREES_IN_PART = /[()]|조금|약간|소량|익[힌히]|구[운우]|빼고|\b(?:baked|cooked|small|little|some|bit|not|if|when|in)\b/u;
/** That several do, the one before among them: `chicken and beef are ok`. */
const ALL_AGREE = /\bare (?:ok(?:ay)?|fine)\s*[.!]?\s*$/u;
/** A state of the body that no food is named for, at the begin of an item, as the reason for what is eaten: `몸이 잘 부어서 닭고기 위주로 먹어요`. */
const FOR_THE_BODY =
  /^\s*(?:숨|온?몸|얼굴|손|발|다리|배|목|눈|피부)[이가은는]?\s?(?:(?:잘|자주|많이|늘)\s)?(?:차|가빠|막혀|부어|가려워|간지러워)(?:서|니까)\s.*(?:좋아|선호|즐겨|위주|사\s?먹|때[워우]|[만로]\s?먹어)/u;
/** That nothing goes without it, that nothing is refused, or that there is no allergy: none is a refusal, though each has its words. */
const REFUSES_NOTHING = new RegExp(
  [
    String.raw`없(?:이는?|으면|인)\s?(?:밥[을도]?\s?|아무\s?것도\s?)?(?:못|안)`,
    String.raw`(?:못\s?먹는|안\s?먹는|못\s?드시는|가리는|싫어하는|싫은|피하는)\s?(?:음식|식품|것|거|건|게)?(?:이|은|는|도)?\s?[:：]?\s?(?:딱히|특별히|따로|전혀)?\s?없`,
    String.raw`안\s?가리|가리지\s?않`,
    String.raw`(?:알[레래러]르?[기지]|불내증?|셀리악병?)(?:음식|식품|반응|증상|해당|특이|사항|여부|이력|유무|하나도|같은|관련|딱히|특별히|따로|전혀|[은는이가도건것\s:：(–-])*(?:없(?!는\s?줄|어[졌진지])|무(?=$|[\s)])|x(?=$|[\s)])|none\b|아니[에예]|아님|아닙)`,
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
