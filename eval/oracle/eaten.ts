import { isAlcohol } from './drinking.js';
import type { Larder } from './larder.js';
import type { Dish, Part } from './pantry.js';
import { classOf, highKinds, raisedKinds, type Plate } from './plate.js';
import type { FoodRow, Foods, PatientRecords } from './records.js';
import { KINDS, MEALS, sameName, type FodmapWord, type Kind, type Tongue } from './words.js';

/** A food of the record date, all its records together. */
export interface Eaten {
  readonly row: FoodRow | undefined;
  readonly grams: number;
  /** Grams at the meal that had most of it; what was eaten at no meal that is known counts as one. */
  readonly sitting: number;
  /** Whether the meal of each record is known. */
  readonly isOfMeals: boolean;
  /** Whether each record says how much, and can be believed. */
  readonly isMeasured: boolean;
  /** What it is known to be: a dish as it is usually cooked, or 100 g of an ingredient. */
  readonly plate: Plate | undefined;
  readonly dish: Dish | undefined;
  /** What it goes by: in English by the name that the data files give it, if any. Empty for a name that may not be repeated. */
  readonly name: string;
  readonly class: FodmapWord;
  /** Whether the class is borne out by the amount, not by IBSafe's word alone. */
  readonly isComputed: boolean;
  /** Of one serving; absent for a food that is no dish. */
  readonly servingClass: FodmapWord | undefined;
  /** Kinds that bear the class out at the amount of one meal. */
  readonly kinds: readonly Kind[];
  /** Names of the ingredients that are to blame for each of these kinds; none for a food of one ingredient. */
  readonly causes: ReadonlyMap<Kind, readonly string[]>;
  /** g per 100 g. */
  readonly fibre: number | null;
  readonly soluble: number | null;
}

/** What an amount above is a slip of the typist. */
const MAX_GRAMS = 3_000;
/** And so many servings of a dish. */
const MAX_SERVINGS = 8;

/** And so small a part of one, or of 100 g of a food that is eaten in portions, which counts pieces, bowls or kilograms. */
const LEAST_OF_SERVING = 0.05;
/** What is had by the spoon. */
const BY_THE_SPOON = ['SEAWEED', 'NUT', 'FAT', 'SEASONING'];
const SMALL_FOODS = ['VEGETABLE', 'MUSHROOM', 'SEAWEED', 'NUT', 'FAT', 'SEASONING', 'WATER'];

/** IBSafe's own word, however it is written: 저, 저포드맵, low, FODMAP 높음; where it is blank, the class that its basis begins with in full. */
export function statedClass({ fodmap, basis }: Pick<FoodRow, 'fodmap' | 'basis'>): FodmapWord | null {
  if ((fodmap ?? '').trim() !== '') return classWord(fodmap ?? '');
  return classWord(/^(저|중|고|low|moderate|high)-?(?=fodmap|포드맵)/u.exec(sameName(basis ?? ''))?.[1] ?? '');
}

function classWord(text: string): FodmapWord | null {
  const word = sameName(text).replace(/^(fodmap|포드맵)[:=-]?/u, '');
  if (/^(저|낮|low|green)/u.test(word)) return 'LOW';
  if (/^(중|보통|moderate|medium|amber)/u.test(word)) return 'MODERATE';
  return /^(고|높|high|red)/u.test(word) ? 'HIGH' : null;
}

/** Water and seasonings, where they are low, are no foods to be counted or praised. */
export function isCounted({ class: word, dish, plate }: Eaten): boolean {
  return word !== 'LOW' || dish !== undefined || plate?.isAside !== true;
}

/** The foods of the record date, each once. */
export function eatenToday(records: PatientRecords, foods: Foods, larder: Larder, tongue: Tongue): Eaten[] {
  const byFood = Map.groupBy(
    records.eaten.filter(({ daysAgo }) => daysAgo === 0),
    ({ foodId }) => foodId,
  );
  return [...byFood].map(([id, rows]) => {
    const row = foods.get(id);
    const plate = row && larder.plateOf(row);
    const serving = plate?.grams ?? 100;
    const dish = row && larder.dishOf(row);
    const isOfPortions =
      dish !== undefined ||
      isAlcohol(row?.name ?? '') ||
      (plate !== undefined && !plate.parts.some(({ of }) => SMALL_FOODS.includes(of.group)));
    const isSensible = (amount: number): boolean =>
      amount > 0 &&
      amount <= MAX_GRAMS &&
      (dish === undefined || amount / serving <= MAX_SERVINGS) &&
      (!isOfPortions || amount >= serving * LEAST_OF_SERVING);
    const told = rows.map(({ meal, amount }) => ({
      meal: isMeal(meal) ? meal : '',
      grams: amount !== null && isSensible(amount) ? amount : serving,
    }));
    const total = (of: typeof told): number => of.reduce((sum, { grams }) => sum + grams, 0);
    const sittings = [...Map.groupBy(told, ({ meal }) => meal).values()].map(total);
    return eatenOf(row, plate, {
      grams: total(told),
      sitting: Math.max(...sittings),
      isOfMeals: told.every(({ meal }) => meal !== ''),
      isMeasured: rows.every(({ amount }) => amount !== null && isSensible(amount)),
      dish,
      tongue,
    });
  });
}

/** Whether a record names one of the three meals. */
export function isMeal(meal: string): boolean {
  return MEALS.some((each) => each.toLowerCase() === meal);
}

type Amount = Pick<Eaten, 'grams' | 'sitting' | 'isOfMeals' | 'isMeasured' | 'dish'> & { readonly tongue: Tongue };

function eatenOf(row: FoodRow | undefined, plate: Plate | undefined, { tongue, ...amount }: Amount): Eaten {
  const { dish } = amount;
  const own = plainName(row?.name ?? '');
  const stated = row === undefined ? null : statedClass(row);
  const servings = amount.sitting / (plate?.grams ?? 100);
  const atMost = plate === undefined ? 'UNKNOWN' : classOf(plate, servings);
  // Of a spoonful without an amount only what is low in 100 g is known.
  const isPinch = !amount.isMeasured && dish === undefined && plate?.parts.every(({ of }) => BY_THE_SPOON.includes(of.group)) === true;
  const computed = isPinch && atMost !== 'LOW' ? 'UNKNOWN' : atMost;
  const word = worse(computed, stated);
  const kinds = plate === undefined ? [] : kindsOf(word, plate, servings);
  const recipe = dish !== undefined && dish.recipe.length > 1 ? dish.recipe : [];
  const per100 = (figure: number | null | undefined): number | null =>
    figure === null || figure === undefined || plate === undefined ? null : (figure / plate.grams) * 100;
  return {
    ...amount,
    row,
    plate,
    name: own === '' || tongue === 'ko' ? own : (dish?.nameEn ?? plate?.parts[0]?.of.nameEn ?? own),
    class: word,
    isComputed: computed !== 'UNKNOWN' && word === computed,
    servingClass: dish === undefined || plate === undefined ? undefined : classOf(plate),
    kinds,
    causes: new Map(kinds.map((kind) => [kind, mostOf(kind, recipe, { bound: word === 'HIGH' ? 'high' : 'low', servings })])),
    fibre: sensible(row?.fibre) ?? per100(plate?.fibre),
    soluble: per100(plate?.soluble),
  };
}

/** The recipe's class; IBSafe's where that is worse, or where the recipe tells nothing. */
function worse(computed: FodmapWord, stated: FodmapWord | null): FodmapWord {
  if (stated === null) return computed;
  const order: readonly FodmapWord[] = ['UNKNOWN', 'LOW', 'MODERATE', 'HIGH'];
  return order.indexOf(stated) > order.indexOf(computed) ? stated : computed;
}

/** "프룩탄이 많아 고FODMAP" is true of fructans that are high themselves, not of the kind that happens to be the most. */
function kindsOf(word: FodmapWord, plate: Plate, servings: number): readonly Kind[] {
  if (word === 'HIGH') return highKinds(plate, servings);
  if (word === 'MODERATE') return raisedKinds(plate, servings);
  return KINDS.filter((kind) => (plate.low.get(kind) ?? 0) > 0);
}

/** An ingredient is to blame that is too much by itself; where none is, garlic and its kin are. */
function mostOf(kind: Kind, recipe: readonly Part[], { bound, servings }: { bound: 'low' | 'high'; servings: number }): string[] {
  const share = ({ of, grams }: Part): number => {
    const figure = of.kinds[kind];
    return typeof figure === 'string' ? 0 : grams / figure[bound];
  };
  const alone = recipe.filter(({ of, grams }) => {
    const figure = of.kinds[kind];
    return typeof figure !== 'string' && Number.isFinite(figure[bound]) && grams * servings > figure.low + 1e-9;
  });
  const blamed = alone.length > 0 ? alone : recipe.filter(({ of }) => ['garlic', 'onion', 'scallion', 'leek'].includes(of.id));
  const most = Math.max(0, ...blamed.map(share));
  const first = blamed.filter((part) => most > 0 && share(part) >= most - 1e-9);
  return first.flatMap(({ of }) => [of.nameKo, of.nameEn.toLowerCase()]);
}

/** 100 g of a food hold 100 g of fibre at most. */
function sensible(grams: number | null | undefined): number | null {
  return grams !== null && grams !== undefined && grams >= 0 && grams <= 100 ? grams : null;
}

/** Whether a name may be repeated to a patient: a few plain words, no sentence. */
function plainName(name: string): string {
  const text = name.normalize('NFC').split(/\s+/u).filter((word) => word !== '').join(' '); // prettier-ignore
  const isPlain = text !== '' && text.length <= 20 && /^[가-힣A-Za-z0-9 (),]+$/u.test(text);
  return isPlain ? text : '';
}
