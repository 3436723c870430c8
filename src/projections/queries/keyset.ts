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

/** Writes an opaque cursor: what list it belongs to, and the key of a row in it. */
export function writeKey(list: string, key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([list, ...key])).toString('base64url');
}

/** Reads a cursor of a list; undefined for another list's, or a text that is none of ours. `form` gives the type of each part. */
export function readKey(list: string, text: string, form: readonly ('string' | 'number')[]): readonly (string | number)[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts.length !== form.length + 1 || parts[0] !== list) return undefined;
    const key: unknown[] = parts.slice(1);
    return key.every((part, at) => typeof part === form[at]) ? (key as (string | number)[]) : undefined;
  } catch {
    return undefined;
  }
}
