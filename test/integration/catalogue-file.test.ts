import { describe, expect, it } from '@jest/globals';
import type { FoodCategory } from '../../src/domain/advice/catalogue/dish.js';
import { FODMAP_KINDS } from '../../src/domain/advice/catalogue/ingredient.js';
import { LEFT_OUT_EVERYWHERE } from '../../src/domain/advice/catalogue/offer-label.js';
import { matchName } from '../../src/domain/advice/catalogue/match-name.js';
import { MEAL_PLAN } from '../../src/domain/advice/meal-plan.js';
import { ALLERGENS, LACTOSE_INTOLERANCE_BIT, allergenBit, type Allergen } from '../../src/domain/advice/restrictions.js';
import { loadCatalogue, loadSources, parseCatalogue } from '../../src/generators/catalogue/catalogue-file.js';

const catalogue = loadCatalogue();
const { dishes, offers, ingredients } = catalogue;
const sources = loadSources();
const dish = (code: string) => dishes[catalogue.indexOfCode(code)] ?? dishes[0];
const holds = (code: string, allergen: Allergen): boolean => ((dish(code)?.usual.restrictions ?? 0) & allergenBit(allergen)) !== 0;
const offered = (category: FoodCategory): number => dishes.filter((each) => each.category === category && each.offers.length > 0).length;

describe('The catalogue', () => {
  it('holds at least 230 dishes, of which at least 170 can be offered to somebody without allergies', () => {
    expect(dishes.length).toBeGreaterThanOrEqual(230);
    expect(dishes.filter((_, at) => catalogue.offerFor(at, 0) >= 0).length).toBeGreaterThanOrEqual(170);
  });

  it('keeps the codes of the catalogue before it', () => {
    for (let at = 1; at <= 230; at++) expect(catalogue.indexOfCode(`IBS-${String(at).padStart(4, '0')}`)).toBeGreaterThanOrEqual(0);
  });

  it('gives each dish a code and names of its own', () => {
    expect(new Set(dishes.map(({ code }) => code)).size).toBe(dishes.length);
    expect(new Set(dishes.map(({ nameKo }) => matchName(nameKo))).size).toBe(dishes.length);
    expect(new Set(dishes.map(({ nameEn }) => matchName(nameEn))).size).toBe(dishes.length);
  });

  it('offers nothing that does not come out low with every kind known', () => {
    expect(offers.filter(({ judged }) => judged.fodmap !== 'LOW' || judged.unknownKinds !== 0)).toEqual([]);
  });

  it('offers dishes enough of every category of the plan for three days, whatever one allergy takes away', () => {
    for (const restrictions of [0, ...ALLERGENS.map(allergenBit), LACTOSE_INTOLERANCE_BIT]) {
      MEAL_PLAN.forEach((slot, at) => {
        const left = catalogue.candidates(restrictions)[at]?.length ?? 0;
        expect([restrictions, slot.meal, slot.category, left >= slot.count * 2]).toEqual([restrictions, slot.meal, slot.category, true]);
      });
    }
  });

  it('offers fruit, and a choice without lactose, within low portions', () => {
    expect(offered('FRUIT')).toBeGreaterThanOrEqual(5);
    const milky = offers.filter(
      ({ judged }) => (judged.restrictions & allergenBit('MILK')) !== 0 && (judged.restrictions & LACTOSE_INTOLERANCE_BIT) === 0,
    );
    expect(milky.length).toBeGreaterThan(0);
  });

  it('weighs in recipes what a serving weighs, within 15 %', () => {
    const off = dishes.filter(({ usual, servingGrams }) => Math.abs(usual.grams - servingGrams) > servingGrams * 0.15);
    expect(off.map(({ code, usual, servingGrams }) => [code, usual.grams, servingGrams])).toEqual([]);
  });

  it('tells the household serving and each change of its own in both languages', () => {
    for (const { dish: at, changes, labelKo, labelEn, leftOut } of offers) {
      const { servingKo = '', servingEn = '' } = dishes[at] ?? {};
      expect([labelKo.includes(servingKo), labelEn.includes(servingEn)]).toEqual([true, true]);
      for (const change of changes) {
        const isTold = labelKo.includes(change.ingredient.nameKo) && labelEn.toLowerCase().includes(change.ingredient.nameEn.toLowerCase());
        const common = LEFT_OUT_EVERYWHERE.findIndex((id) => id === change.ingredient.id);
        const isToldOnce = common >= 0 && (leftOut & (1 << common)) !== 0; // for all dishes of a day, in the summary
        expect([labelKo, isTold || isToldOnce]).toEqual([labelKo, true]);
      }
    }
  });
});

describe('What was wrong when it was typed by hand, as kinds', () => {
  it('one serving of tomato is no longer low by name: its grams decide', () => {
    const tomato = ingredients.find(({ id }) => id === 'tomato');
    const figure = tomato?.fodmaps.FRUCTOSE;
    const most = typeof figure === 'object' ? figure.low : 0;
    expect(most).toBeGreaterThan(0);
    const holding = offers.filter((offer) => dishes[offer.dish]?.recipe.some(({ ingredient }) => ingredient.id === 'tomato'));
    expect(holding.length).toBeGreaterThan(0);
    expect(holding.filter(({ judged }) => (judged.lowLoads[FODMAP_KINDS.indexOf('FRUCTOSE')] ?? 0) > 1 + 1e-9)).toEqual([]);
  });

  it.each<[string, string, readonly Allergen[]]>([
    ['북엇국', 'IBS-0105', ['EGG', 'SOY', 'SEAFOOD', 'GLUTEN']],
    ['떡국', 'IBS-0095', ['EGG']],
    ['떡국', 'IBS-0096', ['EGG']],
    ['들기름메밀국수', 'IBS-0064', ['SOY', 'GLUTEN']],
  ])('%s (%s) holds what its usual recipe holds', (_, code, allergens) => {
    expect(allergens.filter((allergen) => !holds(code, allergen))).toEqual([]);
  });

  it('siblings agree: dishes with an ingredient in common agree on its allergens', () => {
    for (const ingredient of ingredients) {
      const allergens = ingredient.mayHoldMore ? ALLERGENS : ingredient.allergens;
      const bits = allergens.reduce((mask, allergen) => mask | allergenBit(allergen), 0);
      const siblings = dishes.filter(({ recipe }) => recipe.some((part) => part.ingredient === ingredient));
      expect(siblings.filter(({ usual }) => (usual.restrictions & bits) !== bits).map(({ code }) => code)).toEqual([]);
    }
  });

  it.each<[Allergen, RegExp]>([
    ['EGG', /^(?:egg|mayonnaise)/u],
    ['SOY', /tofu|soy-sauce|doenjang|gochujang|^soy/u],
    ['GLUTEN', /wheat|soup-soy-sauce|^soy-sauce|doenjang|gochujang|udon|ramyeon|bread/u],
    ['SEAFOOD', /anchovy|fish|saeujeot|shrimp|pollock|mackerel|squid|clam/u],
    ['NUT', /sesame|walnut|peanut|pine-nut|almond|perilla-(?:oil|seed)/u],
    ['MILK', /^milk|butter|cheese|yoghurt|ice-cream|lactose-free/u],
  ])('no ingredient that is %s by its very name goes without it', (allergen, pattern) => {
    const NOT = /buckwheat|oil-free|rice-|soybean-sprout|peanut-free|crown|tamari/u;
    const named = ingredients.filter(({ id }) => pattern.test(id) && !NOT.test(id));
    expect(named.length).toBeGreaterThan(0);
    const without = named.filter(({ allergens, mayHoldMore }) => !mayHoldMore && !allergens.includes(allergen));
    expect(without.map(({ id }) => id)).toEqual([]);
  });
});

describe('Sources', () => {
  it('are named for every figure, and are no stopgap', () => {
    expect(sources.has('provisional')).toBe(false);
  });

  it('are named for every dish: each recipe was compared with a written one, or with that of its closest kin', () => {
    expect(dishes.filter(({ recipeSource }) => !sources.has(recipeSource)).map(({ code }) => code)).toEqual([]);
  });

  it('sign nothing themselves: no row is reviewed until somebody did', () => {
    expect([...dishes, ...ingredients].filter(({ reviewedBy, reviewedOn }) => reviewedBy !== '' || reviewedOn !== '')).toEqual([]);
  });
});

const SOURCES = 'id,title,publisher,year,address,read_on,used_for\nbook,A book,Us,2026,here,2026-01-01,all\n';
const INGREDIENTS =
  'id,name_ko,name_en,aliases,food_group,allergens,fructan,gos,lactose,fructose,polyol,fodmap_source,' +
  'fibre_g,fibre_soluble_g,fibre_insoluble_g,fat_g,energy_kcal,nutrient_source,sodium_mg,sodium_source,hot,allergen_source,reviewed_by,reviewed_on\n';
const RICE = 'rice,쌀,Rice,백미;밥쌀,GRAIN,none,none,none,none,none,none,book,0.4,0.1,0.3,0.3,145,book,0,book,no,book,,\n';
const GARLIC =
  'garlic,마늘,Garlic,,VEGETABLE,none,1/3,none,none,none,none,book,unknown,unknown,unknown,unknown,unknown,,unknown,,no,book,,\n';
const DISHES = 'code,name_ko,name_en,category,meals,serving_g,serving_ko,serving_en,recipe,changes,recipe_source,reviewed_by,reviewed_on\n';
const BOWL = 'IBS-0001,마늘밥,Garlic rice,RICE,BREAKFAST;LUNCH,210,한 공기,1 bowl,rice:205;garlic:5,-garlic|garlic:1,book,,\n';

describe('Reading a catalogue', () => {
  const read = (given: Partial<Record<'sources' | 'ingredients' | 'dishes', string>>) =>
    parseCatalogue({ sources: SOURCES, ingredients: INGREDIENTS + RICE + GARLIC, dishes: DISHES + BOWL, ...given });

  it('judges a dish as usually cooked, and each way in which it is offered', () => {
    const small = read({});
    expect(small.dishes[0]).toMatchObject({ code: 'IBS-0001', usual: { fodmap: 'HIGH', restrictions: 0 }, offers: [0, 1] });
    expect(small.offers.map(({ judged, labelKo, labelEn, leftOut }) => [judged.fodmap, labelKo, labelEn, leftOut])).toEqual([
      ['LOW', '마늘밥 한 공기', 'Garlic rice, 1 bowl', 1],
      ['LOW', '마늘밥 한 공기(마늘 1 g)', 'Garlic rice, 1 bowl (garlic 1 g)', 0],
    ]);
    expect(read({ ingredients: INGREDIENTS + RICE + GARLIC.replace('1/3', '1/~3') }).dishes[0]?.usual.fodmap).toBe('MODERATE'); // an assumed bound
  });

  it('does not offer what does not come out low', () => {
    expect(read({ dishes: DISHES + BOWL.replace('garlic:1,', 'garlic:2,') }).dishes[0]?.offers).toEqual([0]);
    expect(read({ ingredients: INGREDIENTS + RICE + GARLIC.replace('1/3', 'unknown') }).dishes[0]).toMatchObject({
      offers: [0],
      usual: { fodmap: 'UNKNOWN' },
    });
  });

  it('counts unknown allergens as all of them, and tells nobody that they ate one', () => {
    const usual = read({ ingredients: INGREDIENTS + RICE + GARLIC.replace('VEGETABLE,none', 'VEGETABLE,unknown') }).dishes[0]?.usual;
    expect([usual?.restrictions, usual?.knownRestrictions]).toEqual([63, 0]);
  });

  it('knows nothing by an alias that two ingredients go by', () => {
    const both = read({ ingredients: INGREDIENTS + RICE + GARLIC.replace('Garlic,,', 'Garlic,백미,') });
    expect([both.ingredientOfName('백미'), both.ingredientOfName('밥쌀')?.id, both.ingredientOfName('쌀')?.id]).toEqual([
      undefined,
      'rice',
      'rice',
    ]);
  });

  it.each([
    ['an unknown allergen', { ingredients: INGREDIENTS + RICE.replace('GRAIN,none', 'GRAIN,PEANUT') + GARLIC }, /row 1 .*allergens/u],
    [
      'a figure without a source',
      { ingredients: INGREDIENTS + RICE + GARLIC.replace('none,book,unknown', 'none,,unknown') },
      /garlic .*fodmap_source/u,
    ],
    ['a source that is not listed', { ingredients: INGREDIENTS + RICE.replace('145,book', '145,rumour') + GARLIC }, /rumour/u],
    ['a high serving below the low one', { ingredients: INGREDIENTS + RICE + GARLIC.replace('1/3', '3/1') }, /row 2 .*fructan/u],
    ['no meal', { dishes: DISHES + BOWL.replace('BREAKFAST;LUNCH', '') }, /row 1 .*meals/u],
    ['an ingredient that there is none of', { dishes: DISHES + BOWL.replace('rice:205', 'stone:205') }, /IBS-0001 .*stone/u],
    ['grams that are none', { dishes: DISHES + BOWL.replace('rice:205', 'rice:some') }, /IBS-0001 .*rice:some/u],
    ['less that is not less', { dishes: DISHES + BOWL.replace('garlic:1,', 'garlic:9,') }, /IBS-0001 .*not less/u],
    ['a code twice', { dishes: DISHES + BOWL + BOWL.replace('마늘밥,Garlic rice', '죽,Porridge') }, /ibs-0001.*twice|IBS-0001.*twice/u],
    [
      'a name twice, spaced differently',
      { dishes: DISHES + BOWL + BOWL.replace('IBS-0001,마늘밥,Garlic rice', 'IBS-0002,마늘 밥,Rice') },
      /마늘밥.*twice/u,
    ],
  ])('refuses %s and says where', (_, given, message) => {
    expect(() => read(given)).toThrow(message);
  });
});
