import { assertNever } from '../assert-never.js';
import type { AdviceLanguage } from '../advice/language.js';

/** What a dietitian signs. */
export const SIGNABLE_KINDS = ['POINT', 'WORDING', 'DISH', 'INGREDIENT'] as const;
export type SignableKind = (typeof SIGNABLE_KINDS)[number];

/** One row that can be signed. A wording is one of a language, from 0. */
export type Signable =
  | { readonly kind: 'POINT'; readonly point: string }
  | { readonly kind: 'WORDING'; readonly point: string; readonly language: AdviceLanguage; readonly wording: number }
  | { readonly kind: 'DISH'; readonly dish: string }
  | { readonly kind: 'INGREDIENT'; readonly ingredient: string };

const POINT = /^POINT\.([A-Z][A-Z0-9_]{2,40})$/;
const WORDING = /^WORDING\.([A-Z][A-Z0-9_]{2,40})\.(ko|en)\.(\d{1,2})$/;
const DISH = /^DISH\.([A-Za-z0-9-]{1,20})$/;
const INGREDIENT = /^INGREDIENT\.([a-z0-9-]{1,60})$/;

/** A row as one word: `POINT.SWAP`, `WORDING.SWAP.ko.0`, `DISH.IBS-0001`, `INGREDIENT.garlic`. */
export function signableId(row: Signable): string {
  switch (row.kind) {
    case 'POINT':
      return `POINT.${row.point}`;
    case 'WORDING':
      return `WORDING.${row.point}.${row.language}.${row.wording}`;
    case 'DISH':
      return `DISH.${row.dish}`;
    case 'INGREDIENT':
      return `INGREDIENT.${row.ingredient}`;
    default:
      return assertNever(row);
  }
}

/** The row that a word names, whether or not there is one; undefined for another word. */
export function signableOf(id: string): Signable | undefined {
  const [, point] = POINT.exec(id) ?? [];
  if (point !== undefined) return { kind: 'POINT', point };
  const [, of, language, wording] = WORDING.exec(id) ?? [];
  if (of !== undefined) return { kind: 'WORDING', point: of, language: language === 'ko' ? 'ko' : 'en', wording: Number(wording) };
  const [, dish] = DISH.exec(id) ?? [];
  if (dish !== undefined) return { kind: 'DISH', dish };
  const [, ingredient] = INGREDIENT.exec(id) ?? [];
  return ingredient === undefined ? undefined : { kind: 'INGREDIENT', ingredient };
}
