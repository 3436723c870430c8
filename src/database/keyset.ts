import { foreignJson } from '../base/foreign-json.js';
import { isUserId, isUuid } from '../domain/ids.js';
import { parseLocalDate } from '../domain/local-date.js';

/** A page of a list: up to `first` rows after a key. */
export interface PageRequest {
  /** 1 to 100. */
  readonly first: number;
  /** Parts of the key of the last row seen; absent for the beginning. */
  readonly after?: readonly (string | number)[];
}

/** A page, and whether more follows. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly hasNext: boolean;
}

/** Cuts the one row more that was fetched to learn whether there is a next page. */
export function pageOf<T>(rows: readonly T[], first: number): Page<T> {
  return { rows: rows.slice(0, first), hasNext: rows.length > first };
}

/** One page for each of several owners, by the owner's id. */
export type Pages<Row> = ReadonlyMap<string, Page<Row>>;

/** Sorts rows of several owners, each owner's in their order, into a page for each. @param first that of the page, of which one row more was fetched */
export function pagesOf<Row>(rows: readonly Row[], idOf: (row: Row) => string, first: number): Pages<Row> {
  return new Map([...Map.groupBy(rows, idOf)].map(([id, own]) => [id, pageOf(own, first)]));
}

/** Writes an opaque cursor: what list it belongs to, and the key of a row in it. */
export function writeKey(list: string, key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([list, ...key])).toString('base64url');
}

/** What a part of a key can be. The database would be asked with it, and answer what is none of these with an error of its own. */
export type KeyPart = keyof typeof PARTS;

const PARTS = {
  /** An instant on a day that there is: JavaScript reads a year 0, and PostgreSQL has none. */
  time: (part: unknown) => typeof part === 'string' && TIME.test(part) && parseLocalDate(part.slice(0, 10)) !== undefined,
  date: (part: unknown) => typeof part === 'string' && parseLocalDate(part) !== undefined,
  uuid: (part: unknown) => typeof part === 'string' && isUuid(part),
  /** A number of ours: 0 to 2^31 - 1. */
  int: (part: unknown) => isUserId(part) && part >= 0,
  /** The id of an account of IBSafe's: any 32 bits. */
  user: isUserId,
  /** An id of another table of IBSafe's, in digits; cursors of earlier releases have a number. */
  bigint: (part: unknown) => Number.isSafeInteger(part) || (typeof part === 'string' && isBigint(part)),
};

/** Whether a text is a 64-bit integer in digits. */
export function isBigint(text: string): boolean {
  return /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

const TIME = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/;

/** Reads a cursor of a list; undefined for another list's, or a text that is none of ours. `form` says what each part is. */
export function readKey(list: string, text: string, form: readonly KeyPart[]): readonly (string | number)[] | undefined {
  try {
    const parts = foreignJson(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts.length !== form.length + 1 || parts[0] !== list) return undefined;
    const key: unknown[] = parts.slice(1);
    return form.every((kind, at) => PARTS[kind](key[at])) ? (key as (string | number)[]) : undefined;
  } catch {
    return undefined;
  }
}
