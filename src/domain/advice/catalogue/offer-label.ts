import { assertNever } from '../../assert-never.js';
import type { WrittenDish } from './dish.js';
import { insideSentence } from './ingredient.js';
import type { RecipeChange } from './recipe.js';

/**
 * Ingredients that are left out of nearly every dish, in the order in which they are told: once a day for all dishes instead of thirty times. Source: Monash University
 * names garlic and onion as the commonest sources of fructans; the white of a scallion belongs to the onions. Kelp is in most stocks, holds mannitol, and no source gives
 * a serving of it that is low.
 */
export const LEFT_OUT_EVERYWHERE = ['garlic', 'onion', 'scallion', 'leek', 'kelp'] as const;

/** A bit for each of `LEFT_OUT_EVERYWHERE` that the changes leave out, whether or not something takes its place. */
export function leftOutBits(changes: readonly RecipeChange[]): number {
  return changes.reduce((bits, change) => (isCommon(change) ? bits | (1 << commonAt(change)) : bits), 0);
}

/** Whether a change is told beside the dish's name: what is left out of nearly every dish is told once a day for all. */
export function isToldBeside(change: RecipeChange): boolean {
  return !isCommon(change);
}

/** The dish as a Korean reads it: "달걀토마토볶음 한 접시(토마토는 60 g)". */
export function labelKo({ nameKo, servingKo }: WrittenDish, changes: readonly RecipeChange[]): string {
  const own = changes.filter(isToldBeside).map(changeKo);
  return `${nameKo} ${servingKo}${own.length === 0 ? '' : `(${own.join(', ')})`}`;
}

/** The dish as a reader of English reads it: "Stir-fried egg and tomato, 1 plate (tomato 60 g)". */
export function labelEn({ nameEn, servingEn }: WrittenDish, changes: readonly RecipeChange[]): string {
  const own = changes.filter(isToldBeside).map(changeEn);
  return `${nameEn}, ${servingEn}${own.length === 0 ? '' : ` (${own.join(', ')})`}`;
}

function changeKo(change: RecipeChange): string {
  const { nameKo } = change.ingredient;
  switch (change.change) {
    case 'WITHOUT':
      return `${nameKo} 없이`;
    case 'INSTEAD':
      return `${nameKo} 대신 ${change.by.nameKo}`;
    case 'LESS':
      return `${nameKo} ${change.grams} g`;
    default:
      return assertNever(change);
  }
}

function changeEn(change: RecipeChange): string {
  const name = insideSentence(change.ingredient.nameEn);
  switch (change.change) {
    case 'WITHOUT':
      return `without ${name}`;
    case 'INSTEAD':
      return `${insideSentence(change.by.nameEn)} instead of ${name}`;
    case 'LESS':
      return `${name} ${change.grams} g`;
    default:
      return assertNever(change);
  }
}

/**
 * Only what is left out altogether: what takes its place is told with the dish. But for the white of a scallion, whose green stays: nearly every dish has
 * that change, and "without scallion whites" says it.
 */
function isCommon(change: RecipeChange): boolean {
  if (change.change === 'INSTEAD') return change.ingredient.id === 'scallion' && change.by.id === 'scallion-greens';
  return change.change === 'WITHOUT' && commonAt(change) >= 0;
}

function commonAt({ ingredient }: RecipeChange): number {
  return LEFT_OUT_EVERYWHERE.findIndex((id) => id === ingredient.id);
}
