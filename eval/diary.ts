import type { PatientInputs } from '../src/domain/advice/patient-inputs.js';
import { addDays, localDate } from '../src/domain/local-date.js';
import { Draw } from './draw.js';
import type { FoodTable } from './foods.js';
import { inputsOf } from './inputs-of.js';
import type { DayRow, EatenRow, PatientRecords } from './oracle/records.js';

const FIRST_DAY = localDate('2026-03-01');
/** Days of records before the first day of advice. */
const BEFORE = 7;

/** Many days of one patient: the records as they lie there, and what advice came back to them. */
export class Diary {
  readonly #eaten: EatenRow[][] = [];
  readonly #steps: number[] = [];
  readonly #nights: number[] = [];
  readonly #goals = new Map<number, number>();
  readonly #of: Pick<PatientRecords, 'userId' | 'avoids' | 'profile'>;
  #lowDays: number;

  /** The same seed, the same patient. */
  constructor(userId: number, { seed, days, counts }: { seed: number; days: number; counts: FoodTable['counts'] }) {
    const draw = new Draw(seed * 7_919 + userId, counts);
    const [least, most] = draw.oneOf<readonly [number, number]>([[200, 1_800], [2_500, 6_500], [4_000, 12_000], [9_000, 18_000]]); // prettier-ignore
    this.#of = {
      userId,
      avoids: draw.avoids(draw.oneOf([0, 0, 0, 1, 1, 2, 4])),
      profile: { hasBreakfast: draw.whole(0, 3) > 0, hasLunch: true, hasDinner: true, water: 1_000, birthDate: null, preference: null },
    };
    this.#lowDays = draw.oneOf([0, 10, 40, 60]);
    for (let day = -BEFORE; day < days; day += 1) {
      this.#eaten.push(draw.day(0, draw.whole(2, 7)));
      this.#steps.push(draw.whole(0, 9) === 0 ? draw.whole(0, 100) : draw.whole(least, most));
      this.#nights.push(draw.whole(240, 600));
    }
  }

  /** What lies there on a day, 0 the first of advice. */
  on(day: number): { readonly records: PatientRecords; readonly inputs: PatientInputs } {
    const at = BEFORE + day;
    const week = (values: readonly number[]): DayRow[] =>
      Array.from({ length: 7 }, (_, daysAgo) => ({ daysAgo, value: values[at - daysAgo] ?? 0 }));
    const goals = Array.from({ length: 7 }, (_, ago) => ({ daysAgo: ago + 1, value: this.#goals.get(day - ago - 1) ?? 0 }));
    const records: PatientRecords = {
      ...this.#of,
      recordDate: addDays(FIRST_DAY, day),
      eaten: [0, 1, 2].flatMap((daysAgo) => (this.#eaten[at - daysAgo] ?? []).map((row) => ({ ...row, daysAgo }))),
      steps: week(this.#steps),
      sleep: week(this.#nights),
      goals: goals.filter(({ value }) => value > 0),
      lowDays: this.#lowDays,
    };
    return { records, inputs: inputsOf(records) };
  }

  /** Takes note of the advice of a day, as IBSafe's table does. */
  note(day: number, goal: number | null, count: Readonly<Record<string, number>> | null): void {
    if (goal !== null) this.#goals.set(day, goal);
    if (count?.['high'] === 0 && (count['low'] ?? 0) > 0) this.#lowDays += 1;
  }
}
