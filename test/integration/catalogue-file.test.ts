import { describe, expect, it } from '@jest/globals';
import type { CatalogueFood, FoodCategory } from '../../src/domain/advice/catalogue-food.js';
import { matchName } from '../../src/domain/advice/match-name.js';
import { MEAL_PLAN } from '../../src/domain/advice/meal-plan.js';
import { ALLERGENS, type Allergen } from '../../src/domain/advice/patient-inputs.js';
import { loadCatalogue, parseCatalogue } from '../../src/generators/catalogue/catalogue-file.js';

const catalogue = loadCatalogue();
const { foods } = catalogue;
const low = foods.filter((food) => food.fodmap === 'LOW');
const depth = (category: FoodCategory, without?: Allergen) =>
  low.filter((food) => food.category === category && (without === undefined || !food.allergens.includes(without))).length;
/** Text without what it says is not in the dish, and without milks that are none. */
const withoutDenials = (text: string) => text.replace(/no (wheat|milk)[^,;]*|milk of whole soybeans|soy milk/giu, '');
const names = (list: readonly CatalogueFood[]) => list.map((food) => food.nameKo);

describe('The food catalogue', () => {
  it('holds 210 to 230 foods, at least 150 of them LOW and 45 of them not', () => {
    expect(foods.length).toBeGreaterThanOrEqual(210);
    expect(foods.length).toBeLessThanOrEqual(230);
    expect(low.length).toBeGreaterThanOrEqual(150);
    expect(foods.length - low.length).toBeGreaterThanOrEqual(45);
  });

  it('gives each food a code and names of its own', () => {
    expect(new Set(foods.map(({ code }) => code)).size).toBe(foods.length);
    expect(new Set(foods.map(({ nameKo }) => matchName(nameKo))).size).toBe(foods.length);
    expect(new Set(foods.map(({ nameEn }) => matchName(nameEn))).size).toBe(foods.length);
  });

  it.each<[FoodCategory, number]>([
    ['RICE', 20],
    ['PORRIDGE', 20],
    ['NOODLE', 14],
    ['SOUP_STEW', 40],
    ['SIDE_DISH', 30],
    ['PROTEIN_MAIN', 40],
  ])('offers %s in at least %i LOW dishes', (category, least) => {
    expect(depth(category)).toBeGreaterThanOrEqual(least);
  });

  it.each(ALLERGENS)('feeds someone without %s for four days in which they eat everything offered, bar rice for three', (allergen) => {
    for (const category of new Set(MEAL_PLAN.map((slot) => slot.category))) {
      const perDay = MEAL_PLAN.reduce((sum, slot) => sum + (slot.category === category ? slot.count : 0), 0);
      const left = depth(category, allergen);
      expect([category, left, left >= perDay * (category === 'RICE' ? 3 : 4)]).toEqual([category, left, true]);
    }
  });

  it('feeds someone with every allergy for two days', () => {
    const all = (1 << ALLERGENS.length) - 1;
    MEAL_PLAN.forEach((slot, at) => {
      const left = catalogue.candidates(all)[at]?.length ?? 0;
      expect([slot.meal, slot.category, left >= slot.count * 2]).toEqual([slot.meal, slot.category, true]);
    });
  });

  it.each<[Allergen, RegExp, RegExp]>([
    ['EGG', /달걀|마요|육전/u, /egg|mayonnaise|omelette/iu],
    ['SOY', /두부|콩(?!국수)|된장|조림|두유/u, /soy(?!bean sprouts are not)|tofu/iu],
    ['GLUTEN', /된장|조림|라면|우동|귀리|오트밀|보리|식빵|만두/u, /soy sauce|\bwheat|\boats|soybean paste/iu],
    [
      'SEAFOOD',
      /새우|참치|연어|고등어|갈치|삼치|조기|가자미|대구|동태|북어|북엇|오징어|전복|바지락|홍합|해물|김구이|김주먹밥/u,
      /fish|shrimp|squid|clam|mussel/iu,
    ],
    ['NUT', /호두|밤밥/u, /walnut|chestnut/iu],
    ['LACTOSE', /우유|라테|아이스크림|요구르트/u, /milk\b(?!.*soy)|yoghurt|ice cream/iu],
  ])('says %s of every dish whose name or ingredients hold it', (allergen, ko, en) => {
    const holds = (food: CatalogueFood) =>
      ko.test(food.nameKo) || en.test(withoutDenials(food.nameEn)) || (food.fodmap === 'LOW' && en.test(withoutDenials(food.fodmapBasis)));
    expect(names(foods.filter((food) => holds(food) && !food.allergens.includes(allergen)))).toEqual([]);
  });

  it('offers nothing that is named for garlic or onion', () => {
    expect(names(low.filter((food) => /마늘|양파/u.test(food.nameKo) || /garlic|onion/iu.test(food.nameEn)))).toEqual([]);
  });

  it('says of every soup and every seasoned dish it offers that it is made without garlic and onion', () => {
    const seasoned = low.filter((food) => food.category === 'SOUP_STEW' || /soy sauce|salted broth|stock/u.test(food.fodmapBasis));
    expect(
      names(seasoned.filter((food) => !/without garlic(,| and) onion/u.test(food.fodmapBasis) && !/dip/u.test(food.fodmapBasis))),
    ).toEqual([]);
  });

  it('says for every food whose word its class rests on', () => {
    expect(names(foods.filter((food) => !/Monash|own derivation|own reading|published/u.test(food.fodmapBasis)))).toEqual([]);
  });
});

const HEADER = 'code,name_ko,name_en,category,fodmap,fibre_type,fibre_g_per_100g,energy_kcal_per_100g,meals,allergens,fodmap_basis\n';
const RICE = 'IBS-0001,쌀밥,Rice,RICE,LOW,NONE,0.4,145,BREAKFAST;LUNCH,EGG;SOY,reason\n';

describe('Reading a catalogue', () => {
  it('turns a line into a food', () => {
    expect(parseCatalogue(HEADER + RICE).foods).toEqual([
      {
        code: 'IBS-0001',
        nameKo: '쌀밥',
        nameEn: 'Rice',
        category: 'RICE',
        fodmap: 'LOW',
        fibreType: 'NONE',
        fibreGrams: 0.4,
        energyKcal: 145,
        meals: ['BREAKFAST', 'LUNCH'],
        allergens: ['EGG', 'SOY'],
        fodmapBasis: 'reason',
      },
    ]);
  });

  it.each([
    ['an unknown allergen', RICE.replace('EGG;SOY', 'EGG;PEANUT'), /food 1 .*allergens/u],
    ['an allergen with a space before it', RICE.replace('EGG;SOY', 'EGG; SOY'), /food 1 .*allergens/u],
    ['a class in other words', RICE.replace('LOW', 'low'), /food 1 .*fodmap/u],
    ['no meal', RICE.replace('BREAKFAST;LUNCH', ''), /food 1 .*meals/u],
    ['a figure that is none', RICE.replace('0.4', 'some'), /food 1 .*fibre_g_per_100g/u],
    ['no reason', RICE.replace('reason', ''), /food 1 .*fodmap_basis/u],
    ['a code twice', RICE + RICE.replace('쌀밥,Rice', '죽,Porridge'), /IBS-0001.*twice/u],
    ['a name twice, spaced differently', RICE + RICE.replace('IBS-0001,쌀밥,Rice', 'IBS-0002,쌀 밥,Boiled rice'), /쌀밥.*twice/u],
  ])('refuses %s and says where', (_, lines, message) => {
    expect(() => parseCatalogue(HEADER + lines)).toThrow(message);
  });
});
