/** Names that are kept; beyond that the memory is begun anew, so that a food table of any size cannot fill it. */
const MAX_NAMES = 50_000;
/** Bytes that a name is kept with at most; a longer one is encoded each time. Below `LENGTHS`. */
const MAX_BYTES = 1_000;
const LENGTHS = 1_024;
const WORD = 4;

const IS_LITTLE = new Uint8Array(new Int32Array([1]).buffer)[0] === 1;

/** Where each name begins, in words, times `LENGTHS`, and how many bytes it has. */
const places = new Map<string, number>();
let words = new Int32Array(1 << 14);
let used = 0;

/** The most bytes that `copyName` writes beyond those of the name. */
export const SPILL = WORD - 1;

/** Where a name lies as an element of a JSON array, with its comma in front: for `copyName` and `bytesOf`. -1 for a name that is not kept. Names come again and again: each is encoded once. */
export function placeOfName(name: string): number {
  return places.get(name) ?? keep(name);
}

/** Bytes of a name that lies there. */
export function bytesOf(place: number): number {
  return place % LENGTHS;
}

/**
 * Writes a name that lies there; up to `SPILL` bytes behind it are written too, and are anything. In steps of four bytes: a call of `TypedArray.set` for each of sixty names of a row cost more than what
 * it copied.
 */
export function copyName(place: number, to: DataView, offset: number): void {
  const first = Math.floor(place / LENGTHS);
  const end = offset + (place % LENGTHS);
  for (let word = first, at = offset; at < end; word += 1, at += WORD) to.setInt32(at, words[word] as number, IS_LITTLE);
}

function keep(name: string): number {
  const encoded = Buffer.from(`,${JSON.stringify(name)}`);
  if (encoded.length > MAX_BYTES) return -1;
  if (places.size >= MAX_NAMES) {
    places.clear();
    used = 0;
  }
  const end = used + Math.ceil(encoded.length / WORD);
  if (end > words.length) {
    const more = new Int32Array(words.length * 2);
    more.set(words);
    words = more;
  }
  new Uint8Array(words.buffer).set(encoded, used * WORD);
  const place = used * LENGTHS + encoded.length;
  places.set(name, place);
  used = end;
  return place;
}
