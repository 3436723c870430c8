import { describe, expect, it } from '@jest/globals';
import { FODMAP_KINDS } from '../../src/domain/advice/catalogue/ingredient.js';
import { judgeRecipe } from '../../src/domain/advice/catalogue/judged-recipe.js';
import { loadCatalogue, loadSources } from '../../src/generators/catalogue/catalogue-file.js';

const { ingredients } = loadCatalogue();
const sources = loadSources();
const classOf = (id: string, grams: number): string =>
  judgeRecipe(ingredients.filter((each) => each.id === id).map((ingredient) => ({ ingredient, grams }))).fodmap;

describe('A high serving that no source tells', () => {
  const servings = ingredients.flatMap((ingredient) =>
    FODMAP_KINDS.flatMap((kind) => {
      const figure = ingredient.fodmaps[kind];
      return typeof figure === 'object' ? [{ id: ingredient.id, kind, source: ingredient.sources.fodmap, ...figure }] : [];
    }),
  );
  const unmarked = servings.filter(({ isHighAssumed }) => isHighAssumed !== true);

  it('is marked where it is the gram after the low one, but for what sources call high beyond it', () => {
    const next = unmarked.filter(({ low, high }) => high <= low + 1).map(({ id }) => id);
    expect([...new Set(next)].toSorted()).toEqual(['leek', 'onion', 'peach', 'ramyeon-noodles', 'scallion', 'shiitake']);
  });

  it('is marked where the source is listed with the note that it gives none', () => {
    const several = ['gut-check', 'banana']; // each is a source of several foods, of some of which it tells what is high
    const silent = [...sources.values()].filter(({ id, used_for: note }) => /no high figure/iu.test(note) && !several.includes(id));
    expect(silent.length).toBeGreaterThan(30);
    const ids = new Set(silent.map(({ id }) => id));
    expect(unmarked.filter(({ source }) => ids.has(source)).map(({ id }) => id)).toEqual([]);
  });

  it.each([
    ['tomato', 80],
    ['cucumber', 100],
    ['laver', 6],
    ['napa-cabbage', 80],
    ['cheese', 50],
    ['kimchi', 75],
  ])('is no reason to call what was eaten high: %s', (id, grams) => {
    expect(classOf(id, grams)).toBe('MODERATE');
  });

  it.each([
    ['milk', 200],
    ['apple', 100],
    ['onion', 30],
    ['garlic', 5],
    ['soy-milk', 200],
    ['shiitake', 20],
  ])('is another matter than one that sources tell: %s is high', (id, grams) => {
    expect(classOf(id, grams)).toBe('HIGH');
  });
});
