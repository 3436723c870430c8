import { foodBookOf, type IbsafeFoodRow } from '../src/domain/advice/food-book.js';
import type { Catalogue } from '../src/domain/advice/catalogue/catalogue.js';
import { LACTOSE_INTOLERANCE_BIT, type FoodBook, type PatientInputs } from '../src/domain/advice/patient-inputs.js';
import { SeededRandom } from '../src/domain/advice/seeded-random.js';
import { assertNever } from '../src/domain/assert-never.js';
import { userId } from '../src/domain/ids.js';
import { localDate } from '../src/domain/local-date.js';
import { INJECTIONS } from './injections.js';

/** What is special about a patient. As many of each, so that a figure of the whole set does not hide a kind. */
export const KINDS = [
  'PLAIN',
  'ONE_ALLERGY',
  'MANY_ALLERGIES',
  'INTOLERANT',
  'ATE_NEARLY_EVERYTHING',
  'FEW_STEPS',
  'NO_STEPS',
  'ONE_DAY_OF_STEPS',
  'INJECTED_NAMES',
  'NOTHING_EATEN',
] as const;
export type PatientKind = (typeof KINDS)[number];

/** A patient of the set. */
export interface EvalPatient {
  readonly kind: PatientKind;
  readonly inputs: PatientInputs;
}

/** The set and the foods that its patients have eaten. */
export interface EvalSet {
  readonly patients: readonly EvalPatient[];
  readonly book: FoodBook;
}

/** Ids of foods whose names hold instructions begin here; those of the catalogue are 1, 2, 3 … */
const INJECTED_FROM = 10_001;

/** The patients of a seed: the same for every model and prompt, or their figures could not be compared. `count` is 1 to 100,000. */
export function evalSet(catalogue: Catalogue, { count, seed }: { count: number; seed: number }): EvalSet {
  const rows: IbsafeFoodRow[] = catalogue.foods.map((food, index) => row(index + 1, food.code, food.nameKo));
  rows.push(...INJECTIONS.map((name, index) => row(INJECTED_FROM + index, `INJECTED-${index}`, name)));
  const patients = Array.from({ length: count }, (_, at) => {
    const random = new SeededRandom();
    random.reseed(seed * 1_000_003 + at);
    return patient(KINDS[at % KINDS.length] as PatientKind, at + 1, new Draw(random, catalogue.foods.length));
  });
  return { patients, book: foodBookOf(rows, catalogue) };
}

function row(id: number, foodCode: string, foodName: string): IbsafeFoodRow {
  return { id, foodCode, foodName, fodmap: null, fibreType: null, fibreGrams: null };
}

/** Draws of one patient. */
class Draw {
  constructor(
    private readonly random: SeededRandom,
    private readonly foods: number,
  ) {}

  whole(least: number, most: number): number {
    return least + this.random.below(most - least + 1);
  }

  /** Ids of catalogue foods, each at most once. */
  someFoods(count: number): number[] {
    const ids = new Set<number>();
    while (ids.size < count) ids.add(this.whole(1, this.foods));
    return [...ids].toSorted((a, b) => a - b);
  }

  steps(days: number, least: number, most: number): number[] {
    return Array.from({ length: days }, () => this.whole(least, most));
  }
}

function patient(kind: PatientKind, id: number, draw: Draw): EvalPatient {
  const today = draw.someFoods(draw.whole(3, 9));
  const plain: PatientInputs = {
    userId: userId(id),
    recordDate: localDate('2026-03-01'),
    allergens: 0,
    today,
    recent: [...new Set([...today, ...draw.someFoods(draw.whole(4, 16))])],
    steps: draw.steps(7, 2_500, 12_000),
  };
  return { kind, inputs: { ...plain, ...specials(kind, plain, draw) } };
}

function specials(kind: PatientKind, { today, recent }: PatientInputs, draw: Draw): Partial<PatientInputs> {
  switch (kind) {
    case 'PLAIN':
      return {};
    case 'ONE_ALLERGY':
      return { allergens: 1 << draw.whole(0, 5) };
    case 'MANY_ALLERGIES':
      return { allergens: draw.whole(1, 63) | (1 << draw.whole(0, 5)) };
    case 'INTOLERANT':
      return { allergens: LACTOSE_INTOLERANCE_BIT };
    case 'ATE_NEARLY_EVERYTHING':
      return { recent: [...new Set([...today, ...draw.someFoods(draw.whole(90, 160))])] };
    case 'FEW_STEPS':
      return { steps: draw.steps(7, 1, 1_500) };
    case 'NO_STEPS':
      return { steps: draw.steps(draw.whole(1, 7), 0, 0) };
    case 'ONE_DAY_OF_STEPS':
      return { steps: draw.steps(1, 500, 15_000) };
    case 'INJECTED_NAMES': {
      const injected = INJECTIONS.map((_, index) => INJECTED_FROM + index);
      return { today: [...today, ...injected.slice(0, 4)], recent: [...recent, ...injected], allergens: 1 << draw.whole(0, 5) };
    }
    case 'NOTHING_EATEN':
      return { today: [], recent: [] };
    default:
      return assertNever(kind);
  }
}
