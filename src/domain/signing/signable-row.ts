import type { Signable } from './signable.js';

/** What a line of a row tells. */
export const SHOWN_LINES = [
  'TEXT',
  'FIELD',
  'FAMILY',
  'CONDITION',
  'FACT',
  'PRIORITY',
  'CATEGORY',
  'MEALS',
  'SERVING',
  'RECIPE',
  'AS_COOKED',
  'AS_OFFERED',
  'ALIASES',
  'GROUP',
  'ALLERGENS',
  'ALLERGEN_SOURCE',
  'FODMAP',
  'FODMAP_SOURCE',
  'NUTRIENTS',
  'NUTRIENT_SOURCE',
  'HOT',
  'SOURCE',
] as const;
export type ShownLineKind = (typeof SHOWN_LINES)[number];

/** Most lines that a row is shown with: a test holds it. */
export const MAX_SHOWN_LINES = 40;

/** A line of a row as a reviewer reads it, in both languages. */
export interface ShownLine {
  readonly what: ShownLineKind;
  readonly ko: string;
  readonly en: string;
  /** Where it can be read, for a source that has an address. */
  readonly address: string | null;
}

/** A row as it is shown to be signed: what its signature is for is all of this, and nothing else. */
export interface ShownRow {
  readonly row: Signable;
  readonly nameKo: string;
  readonly nameEn: string;
  readonly lines: readonly ShownLine[];
}

/** The same with what it is known by. */
export interface SignableRow extends ShownRow {
  readonly id: string;
  /** Of `shownText`: SHA-256 in hexadecimal digits. */
  readonly hash: string;
  readonly isSignedInFile: boolean;
  /** Empty where it is not signed in its file. A wording is signed with its point there. */
  readonly reviewedBy: string;
  readonly reviewedOn: string;
}

/** What is hashed: everything that is shown, in the order in which it is shown. */
export function shownText({ row, nameKo, nameEn, lines }: ShownRow): string {
  return JSON.stringify([
    Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    nameKo,
    nameEn,
    lines.map(({ what, ko, en, address }) => [what, ko, en, address]),
  ]);
}
