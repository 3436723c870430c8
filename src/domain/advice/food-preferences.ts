import { PREFERENCES, type Preference } from './patient-inputs.js';

/** Where a patient turns to something else: what is refused in one part says nothing of the next. */
export const PARTS = /(?<=고|지만|는데|으며)\s+|[.;/\n]+|\s(?:but|그리고|하지만)\s/u;
/** What stands between the foods of a list. */
export const ITEMS = /[,·]+|\s(?:and|or|nor)\s/u;

/** That something is refused. Looked for in a part alone: `생선` and `매운 음식` without it are what a patient likes. */
const REFUSES =
  /안\s?(?:먹|드|매|좋)|못\s?(?:먹|드)|않|싫|빼|제외|금지|피[하함해]|기피|없[이는]|말[고아]|알레르기|알러지|제한|꺼[려림]|불호|비선호|\b(?:no|not|never|without|avoids?|dislikes?|hates?|can(?:no|')t|don'?t|doesn'?t|free)\b/u;

/** That something is liked, eaten or asked for: such an item of a list is not refused with the others. */
const WANTS = /좋|선호|즐|먹|주세요|\b(?:likes?|loves?|eats?|prefers?)\b/u;
/** English refuses before a list, Korean after it. */
const REFUSES_WHAT_FOLLOWS = /\b(?:no|not|never|without|avoids?|dislikes?|hates?|don'?t|doesn'?t)\b/u;

const VEGETARIAN = /채식|비건|베지테리언|\bvegan|\bvegetarian/u;
const VEGAN = /비건|\bvegan/u;
const MILD = /순한|자극\s?없|저자극|\bmild\b/u;
const ANY_MEAT = /(?<![돼지소쇠닭물]\s?)고기|육류|육식|\bmeat\b/u;

const SAID: readonly (readonly [Preference, RegExp])[] = [
  ['VEGETARIAN', VEGETARIAN],
  ['VEGAN', VEGAN],
  ['NOT_HOT', MILD],
];

const REFUSED: readonly (readonly [Preference, RegExp])[] = [
  ['NO_PORK', /돼지|돈육|삼겹|제육|\bpork\b/u],
  ['NO_BEEF', /소고기|쇠고기|한우|\bbeef\b/u],
  ['NO_CHICKEN', /닭|치킨|\bchicken\b/u],
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
  return text
    .toLowerCase()
    .split(PARTS)
    .reduce((bits, part) => bits | saidInList(part.split(ITEMS)), 0);
}

function saidInList(items: readonly string[]): number {
  const refused = refusedIn(items, kindOf, REFUSES_WHAT_FOLLOWS);
  return items.reduce((bits, item, at) => bits | saidIn(item, refused[at] === true), 0);
}

function kindOf(item: string): ItemKind {
  return REFUSES.test(item) ? 'REFUSED' : WANTS.test(item) ? 'WANTED' : 'BARE';
}

/** What an item of a list says by itself: BARE is a food and nothing else. */
export type ItemKind = 'REFUSED' | 'WANTED' | 'BARE';

/**
 * Which items of a list are refused. A refusal at the end of a list is one of all of it (`돼지고기, 소고기 빼주세요`), and so is an English one at its beginning.
 *
 * @param whatFollows refusals that stand before a list
 */
export function refusedIn(items: readonly string[], kindOfItem: (item: string) => ItemKind, whatFollows: RegExp): readonly boolean[] {
  const kinds = items.map(kindOfItem);
  let before = false;
  return items.map((item, at) => {
    const kind = kinds[at];
    if (kind !== 'BARE') {
      before = kind === 'REFUSED' && whatFollows.test(item);
      return kind === 'REFUSED';
    }
    const after = kinds.findIndex((each, place) => place > at && each !== 'BARE');
    return before || (kinds[after] === 'REFUSED' && !whatFollows.test(items[after] ?? ''));
  });
}

function saidIn(part: string, refuses: boolean): number {
  if (!refuses) return SAID.reduce((bits, [preference, word]) => (word.test(part) ? bits | preferenceBit(preference) : bits), 0);
  let bits = 0;
  for (const [preference, word] of REFUSED) if (word.test(part)) bits |= preferenceBit(preference);
  return bits;
}
