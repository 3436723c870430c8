import type { Eaten } from './eaten.js';
import type { Values } from './condition.js';
import { AVOIDED, type Avoided, type Tongue } from './words.js';

const WORDS: Readonly<Record<Avoided, Readonly<Record<Tongue, string>>>> = {
  GLUTEN: { ko: '글루텐', en: 'gluten' },
  MILK: { ko: '우유 단백질', en: 'milk protein' },
  NUT: { ko: '견과류나 깨', en: 'nuts or seeds' },
  SEAFOOD: { ko: '해산물', en: 'seafood' },
  EGG: { ko: '달걀', en: 'egg' },
  SOY: { ko: '콩', en: 'soy' },
  LACTOSE: { ko: '유당', en: 'lactose' },
};

/** Foods that are known to hold what must be avoided, each as its name (empty for one that is not to be repeated) and, behind a bar, what it holds of it. */
export function ownFoods(foods: readonly Eaten[], avoids: ReadonlySet<Avoided>): string[] {
  return foods.flatMap((food) => {
    const own = AVOIDED.filter((each) => avoids.has(each) && holdsEnough(food, each));
    return own.length === 0 ? [] : [`${food.name}|${own.join()}`];
  });
}

/** Whether a food is known to hold something that must be avoided. */
export function holdsOwn(food: Eaten, avoids: ReadonlySet<Avoided>): boolean {
  return AVOIDED.some((each) => avoids.has(each) && holdsEnough(food, each));
}

/** What names of foods of no data file say by a word of what is always in such a food. Few, and plain: a name with another word says nothing to the oracle. */
const BY_NAME: readonly (readonly [RegExp, readonly Avoided[]])[] = [
  [/(?<!두유|오트|귀리|코코넛|소이)(?:\bmilk\b|라떼|우유|밀크티|요거트|아이스크림|크림파스타|치즈케이크)/u, ['MILK', 'LACTOSE']],
  [/식빵|맥주|샌드위치|라면|\bwheat\b|파스타|케이크/u, ['GLUTEN']],
  [/계란|달걀/u, ['EGG']],
  [/땅콩|호두|아몬드/u, ['NUT']],
  [/새우|오징어|참치/u, ['SEAFOOD']],
  [/두유|두부|된장/u, ['SOY']],
];

/** What the name of a food says of it, where nothing else is known. */
function isSaidByName({ plate, row }: Eaten, what: Avoided): boolean {
  const name = row?.name ?? '';
  return plate === undefined && name.length <= 60 && BY_NAME.some(([words, holds]) => holds.includes(what) && words.test(name));
}

/** Whether a food is known to hold something: of lactose more than is low at a meal, of a protein any. */
export function holdsEnough(food: Eaten, what: Avoided): boolean {
  const { plate, sitting } = food;
  if (plate === undefined) return isSaidByName(food, what);
  return what === 'LACTOSE' ? (plate.low.get('LACTOSE') ?? 0) * (sitting / plate.grams) > 1 + 1e-9 : plate.holds.has(what);
}

/** Foods of which it is not known whether they hold an allergen that must be avoided: by an ingredient that may hold more than is told, or because nothing is known of them. Names as above. */
export function unsureFoods(foods: readonly Eaten[], avoids: ReadonlySet<Avoided>): string[] {
  return foods.filter((food) => isUnsure(food, avoids)).map(({ name }) => name);
}

/** Whether it is not known of a food. */
export function isUnsure(food: Eaten, avoids: ReadonlySet<Avoided>): boolean {
  const { plate } = food;
  return AVOIDED.some((each) => {
    const isUnknown = plate === undefined ? !isSaidByName(food, each) : plate.mayHold.has(each) && !plate.holds.has(each);
    return each !== 'LACTOSE' && avoids.has(each) && isUnknown;
  });
}

/** How a sentence lists foods by their names alone. */
export const LISTED_NAMES = String.raw`((?:(?:, )?‘[^‘’]+’)+(?: 외 \d+가지| and \d+ more)?|음식 \d+가지|\d+ foods?)`;

/** Whether a list names foods of `unsure` alone, two (one in English) where there are as many plain names and the first is a short one, and counts every other. */
export function isListedByName(text: string, unsure: Values, tongue: Tongue): boolean {
  const names = [...text.matchAll(/‘([^‘’]+)’/gu)].map(([, name = '']) => name);
  const [count = '0'] = /\d+(?=(?:가지| more| foods?)$)/u.exec(text.replaceAll(/‘[^‘’]+’/gu, '')) ?? [];
  const left = [...unsure];
  const isEach = names.every((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  const plain = unsure.filter((name) => name !== '').length;
  return (
    isEach && left.length === Number(count) && (names.length >= Math.min(tongue === 'ko' ? 2 : 1, plain) || (names[0] ?? '').length > 10)
  );
}

/** How a sentence lists such foods: names with what they hold, then how many more; or their number alone. */
export const LISTED = String.raw`((?:(?:, )?‘[^‘’]+’(?: ?\([^()]+\))?)+(?: 외 \d+가지| and \d+ more)?|음식 \d+가지|\d+ foods?)`;

/** Names that a list may leave to its count, once it is as long as this. */
const LONG = { ko: 60, en: 36 };

/** Characters of a food with what it holds that English, which is longer, has room for: one of more is named alone. */
const ROOM = 52;

/** Whether a list names foods of `owned` alone, each with all that it holds where there is room, and counts every other. */
export function isListed(text: string, owned: Values, tongue: Tongue, { word = ownWord, most = 3 }: Listing = {}): boolean {
  const [, alone] = /^(?:음식 )?(\d+)(?:가지| foods?)$/u.exec(text) ?? [];
  if (alone !== undefined) return Number(alone) === owned.length && owned.every((each) => String(each).startsWith('|'));
  const [, more = '0'] = /(?: 외 (?=\d+가지$)| and (?=\d+ more$))(\d+)/u.exec(text) ?? [];
  const named = [...text.matchAll(/‘([^‘’]+)’(?: ?\(([^()]+)\))?/gu)].map(([, name = '', words]) => {
    const inFull = (each: Values[number]): string => `${name}|${wordsBehind(String(each)).map((key) => word(key, tongue)).join(tongue === 'ko' ? '·' : ', ')}`; // prettier-ignore
    return owned.find((each) => {
      const [called = ''] = String(each).split('|');
      if (called !== name) return false;
      return words === undefined ? isLong(inFull(each), name, tongue) : inFull(each) === `${name}|${words}`;
    });
  });
  const left = [...owned];
  const isEach = named.every((each) => {
    const at = each === undefined ? -1 : left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  const plain = owned.filter((each) => !String(each).startsWith('|')).length;
  return (
    isEach &&
    left.length === Number(more) &&
    (named.length >= Math.min(most, plain) || text.length > LONG[tongue] || (tongue === 'en' && named.length > 0))
  );
}

/** How a list tells what is behind a food, and how many it names at most. */
interface Listing {
  readonly word?: (key: string, tongue: Tongue) => string;
  readonly most?: number;
}

function ownWord(key: string, tongue: Tongue): string {
  return WORDS[key as keyof typeof WORDS]?.[tongue] ?? '';
}

function wordsBehind(food: string): string[] {
  return (food.split('|')[1] ?? '').split(',');
}

/** Whether a food in full has more in it than there is room for. */
function isLong(food: string, name: string, tongue: Tongue): boolean {
  return tongue === 'en' && `‘${name}’ (${food.split('|')[1] ?? ''})`.length > ROOM;
}
