import { describe, expect, it } from '@jest/globals';
import { Menu } from '../../eval/oracle/menu.js';
import { openPantry } from '../../eval/oracle/pantry.js';
import { classOf } from '../../eval/oracle/plate.js';
import { AVOIDED } from '../../eval/oracle/words.js';
import { evalSet } from '../../eval/patients.js';
import { COMBINATIONS, maskOf, RESTRICTED_DAYS, RestrictedDays } from '../../eval/restricted-days.js';
import { DietPicker } from '../../src/domain/advice/diet-picker.js';
import { personSeed } from '../../src/domain/advice/seeded-random.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';

const catalogue = loadCatalogue();
const menu = new Menu(openPantry(), 'ko');
const set = evalSet(catalogue, { count: 120, seed: 5 });
const days = new RestrictedDays(catalogue, menu, set);

describe('Dishes that are offered', () => {
  it('are read back from their labels, and low by the recipes alone', () => {
    expect(catalogue.offers.length).toBeGreaterThan(170);
    for (const { labelKo } of catalogue.offers) {
      const ways = menu.serving(labelKo);
      expect({ labelKo, ways: ways.map(({ plate }) => classOf(plate)) }).toEqual({ labelKo, ways: ways.map(() => 'LOW') });
      expect(ways.length).toBeGreaterThan(0);
    }
  });

  it.each(AVOIDED.map((each) => [each] as const))(`hold nothing that must be avoided over ${RESTRICTED_DAYS} days: %s alone`, (flag) => {
    const { dishes, found } = days.of([flag]);
    expect(found).toEqual([]);
    expect(dishes).toBeGreaterThan(RESTRICTED_DAYS * 9);
  });

  it(`hold nothing that must be avoided over ${RESTRICTED_DAYS} days in each of all ${COMBINATIONS.length} combinations`, () => {
    expect(COMBINATIONS).toHaveLength(128);
    const found = COMBINATIONS.flatMap((avoids) => days.of(avoids).found.map((dish) => `${avoids.join('+')}: ${dish}`));
    expect(found).toEqual([]);
  });

  it('leave a meal of four dishes with a staple and a protein to a user with up to four flags, and of two to all others', () => {
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
      expect(days.of([], [word]).found).not.toEqual([]);
    },
  );
});
