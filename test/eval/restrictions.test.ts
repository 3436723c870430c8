import { describe, expect, it } from '@jest/globals';
import { Menu } from '../../eval/oracle/menu.js';
import { openPantry } from '../../eval/oracle/pantry.js';
import { classOf } from '../../eval/oracle/plate.js';
import { AVOIDED, type Avoided } from '../../eval/oracle/words.js';
import { evalSet } from '../../eval/patients.js';
import type { Catalogue } from '../../src/domain/advice/catalogue/catalogue.js';
import { DietPicker } from '../../src/domain/advice/diet-picker.js';
import { LACTOSE_INTOLERANCE_BIT, allergenBit, type PatientInputs } from '../../src/domain/advice/patient-inputs.js';
import { personSeed } from '../../src/domain/advice/seeded-random.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';

const DAYS = 1_400;

const catalogue: Catalogue = loadCatalogue();
const menu = new Menu(openPantry(), 'ko');
const set = evalSet(catalogue, { count: 120, seed: 5 });

/** What a dish may hold by any way of cooking that its label allows: worked out once for each label, by the oracle's own reading of the recipes. */
const mayHold = catalogue.offers.map(({ labelKo }): ReadonlySet<Avoided> => {
  const ways = menu.serving(labelKo);
  return ways.length === 0 ? new Set(AVOIDED) : new Set(ways.flatMap(({ plate }) => [...plate.mayHold]));
});

/** Bits of a combination as IBSafe's flags set them. */
function maskOf(avoids: readonly Avoided[]): number {
  return avoids.reduce((mask, each) => mask | (each === 'LACTOSE' ? LACTOSE_INTOLERANCE_BIT : allergenBit(each)), 0);
}

/** What is in the dishes of so many days of patients with these restrictions that `barred` are. */
function daysOf(
  avoids: readonly Avoided[],
  barred: readonly Avoided[] = avoids,
): { readonly dishes: number; readonly found: readonly string[] } {
  const picker = new DietPicker(catalogue);
  const found = new Set<string>();
  let dishes = 0;
  for (let day = 0; day < DAYS; day += 1) {
    const { inputs } = set.patients[day % set.patients.length] as { inputs: PatientInputs };
    const { meals } = picker.pick({ ...inputs, allergens: maskOf(avoids) }, set.book, { person: personSeed(inputs.userId, 'rules'), day });
    for (const place of meals.flat()) {
      dishes += 1;
      for (const each of barred) if (mayHold[place]?.has(each) !== false) found.add(`${each} in ${catalogue.offers[place]?.labelKo}`);
    }
  }
  return { dishes, found: [...found] };
}

const COMBINATIONS = Array.from({ length: 2 ** AVOIDED.length }, (_, bits) => AVOIDED.filter((_each, at) => (bits & (1 << at)) !== 0));

describe('Dishes that are offered', () => {
  it('are read back from their labels, and low by the recipes alone', () => {
    expect(catalogue.offers.length).toBeGreaterThan(170);
    for (const { labelKo } of catalogue.offers) {
      const ways = menu.serving(labelKo);
      expect({ labelKo, ways: ways.map(({ plate }) => classOf(plate)) }).toEqual({ labelKo, ways: ways.map(() => 'LOW') });
      expect(ways.length).toBeGreaterThan(0);
    }
  });

  it.each(AVOIDED.map((each) => [each] as const))(`hold nothing that must be avoided over ${DAYS} days: %s alone`, (flag) => {
    const { dishes, found } = daysOf([flag]);
    expect(found).toEqual([]);
    expect(dishes).toBeGreaterThan(DAYS * 9);
  });

  it(`hold nothing that must be avoided over ${DAYS} days in each of all ${COMBINATIONS.length} combinations`, () => {
    expect(COMBINATIONS).toHaveLength(128);
    const found = COMBINATIONS.flatMap((avoids) => daysOf(avoids).found.map((dish) => `${avoids.join('+')}: ${dish}`));
    expect(found).toEqual([]);
  });

  it('leave a meal of four dishes with a staple and a protein to whoever has up to four flags, and of two to everybody', () => {
    const picker = new DietPicker(catalogue);
    const served = catalogue.offers.map(({ labelKo }) => menu.serving(labelKo)[0]);
    const usual = set.patients.filter(({ kind }) => kind !== 'ATE_NEARLY_EVERYTHING' && kind !== 'PLAIN'); // some of these eat no meat either
    for (const avoids of COMBINATIONS) {
      for (const [day, { inputs }] of usual.entries()) {
        const seed = { person: personSeed(inputs.userId, 'rules'), day };
        for (const meal of picker.pick({ ...inputs, allergens: maskOf(avoids) }, set.book, seed).meals) {
          const isMeal =
            meal.some((place) => ['RICE', 'PORRIDGE', 'NOODLE'].includes(served[place]?.dish.category ?? '')) &&
            meal.some((place) => (served[place]?.plate.proteinGrams ?? 0) >= 40);
          expect({ avoids, isMeal: isMeal || avoids.length > 4, isEnough: meal.length >= (avoids.length > 4 ? 2 : 4) }).toEqual({
            avoids,
            isMeal: true,
            isEnough: true,
          });
        }
      }
    }
  });

  it.each(['GLUTEN', 'NUT', 'SEAFOOD', 'EGG', 'SOY'] as const)(
    'would be found out if they held it: who has no flag is offered %s',
    (word) => {
      expect(daysOf([], [word]).found).not.toEqual([]);
    },
  );
});
