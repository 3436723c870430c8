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

const FORMS: Readonly<Record<SignableKind, RegExp>> = {
  POINT: /^POINT\.([A-Z][A-Z0-9_]{2,40})$/,
  WORDING: /^WORDING\.([A-Z][A-Z0-9_]{2,40})\.(ko|en)\.(\d{1,2})$/,
  DISH: /^DISH\.([A-Za-z0-9-]{1,20})$/,
  INGREDIENT: /^INGREDIENT\.([a-z0-9-]{1,60})$/,
};

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
  }
}

/** The row that a word names, whether or not there is one; undefined for another word. */
export function signableOf(id: string): Signable | undefined {
  const [kind = ''] = id.split('.', 1);
  const form = (FORMS as Readonly<Record<string, RegExp | undefined>>)[kind];
  const [, name, language, wording] = form?.exec(id) ?? [];
  if (name === undefined) return undefined;
  if (kind === 'POINT') return { kind, point: name };
  if (kind === 'WORDING') return { kind, point: name, language: language as AdviceLanguage, wording: Number(wording) };
  return kind === 'DISH' ? { kind, dish: name } : { kind: 'INGREDIENT', ingredient: name };
}
