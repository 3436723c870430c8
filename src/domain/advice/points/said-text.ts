import { FACT_CODES, POINT_CODES } from './record-codes.js';

/** A fact that made a sentence true: a figure, or a word. */
export interface RecordedFact {
  readonly name: string;
  readonly value: string;
}

/** A point as a row recorded it: see `saidRecord`. */
export interface RecordedPoint {
  readonly id: string;
  readonly eaten: number | null;
  readonly dish: string | null;
  readonly wording: number | null;
  /** Those about its food and its dish. */
  readonly facts: readonly RecordedFact[];
}

/** Most points of a row, and facts of a point, that are told: more than any row of ours has. */
export const MAX_POINTS = 30;
export const MAX_FACTS = 12;
/** No version, no name and no word of ours is longer. */
export const MAX_LENGTH = 80;
/** No text of ours is longer. */
const MAX_TEXT = 20_000;

/** Reads the text in which `saidRecord` keeps what was said. What it has no name for, as the code of a later release, is left out; nothing throws. */
export function readSaid(text: string): { readonly points: RecordedPoint[]; readonly facts: RecordedFact[] } {
  const [list = '', shared = ''] = text.slice(0, MAX_TEXT).split('|', 2);
  return {
    points: list.split(';', MAX_POINTS).flatMap(pointOf),
    facts: shared === '' ? [] : shared.split(',').flatMap(factOf),
  };
}

function pointOf(item: string): RecordedPoint[] {
  const [code = '', wording = '', eaten = '', dish = '', ...facts] = item.split(',');
  const id = code.length === 2 ? POINT_CODES.nameOf(code) : code;
  if (id === undefined || id === '' || id.length > MAX_LENGTH) return [];
  const told = facts.flatMap(factOf).slice(0, MAX_FACTS);
  return [{ id, eaten: wholeOf(eaten), dish: dish === '' || dish.length > MAX_LENGTH ? null : dish, wording: wholeOf(wording), facts: told }]; // prettier-ignore
}

/** Its code and its value, or its whole name, `=` and its value. */
function factOf(item: string): RecordedFact[] {
  const end = item.indexOf('=');
  const name = end < 0 ? FACT_CODES.nameOf(item.slice(0, 2)) : item.slice(0, end);
  const value = item.slice(end < 0 ? 2 : end + 1);
  return name === undefined || name === '' || name.length > MAX_LENGTH || value === '' || value.length > MAX_LENGTH ? [] : [{ name, value }]; // prettier-ignore
}

function wholeOf(text: string): number | null {
  return /^-?\d{1,16}$/u.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}
