/** Names that are kept; beyond that the memory is begun anew, so that a food table of any size cannot fill it. */
const MAX_NAMES = 50_000;
/** Bytes that a name is kept with at most; a longer one is encoded each time. Below `LENGTHS`. */
const MAX_BYTES = 1_000;
const LENGTHS = 1_024;
const WORD = 4;

const IS_LITTLE = new Uint8Array(new Int32Array([1]).buffer)[0] === 1;

/** A cache of names. Where each begins, in words, times `LENGTHS`, and how many bytes it has. */
const places = new Map<string, number>();
/** The bytes of this cache. */
let words = new Int32Array(1 << 14);
/** Words of the cache that are taken. */
let used = 0;

/** The most bytes that `copyName` writes beyond those of the name. */
const SPILL = WORD - 1;

/** Where a name lies as an element of a JSON array, with its comma in front: for `copyName` and `bytesOf`. -1 for a name that is not kept. Names come again and again: each is encoded once. */
function placeOfName(name: string): number {
  return places.get(name) ?? keep(name);
}

/** Bytes of a name that lies there. */
function bytesOf(place: number): number {
  return place % LENGTHS;
}

/**
 * Writes a name that lies there; up to `SPILL` bytes behind it are written too, and are anything. In steps of four bytes: a call of `TypedArray.set` for each of sixty names of a row cost more than what
 * it copied.
 */
function copyName(place: number, to: DataView, offset: number): void {
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

/** Bytes that a UTF-16 unit can need: three in UTF-8, six as an escape of JSON. */
export const MAX_BYTES_A_UNIT = 6;
/** Bytes of a list beside its names, and what is written beyond the last one. */
const ENDS = 3 + SPILL;

const [OPEN, CLOSE, COMMA, QUOTE, ZERO, MINUS] = [0x5b, 0x5d, 0x2c, 0x22, 0x30, 0x2d];
/** A text that JSON writes as it is, between two quotes: without a quote, a backslash, a control character or a half of a pair. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

/** A buffer that is used again and again, and JSON written into it piece by piece. A writer reserves room first; lists of names make room for themselves. */
export class JsonBytes {
  protected bytes = Buffer.allocUnsafeSlow(1 << 20);
  protected view = viewOf(this.bytes);
  protected used = 0;
  /** Bytes that what was reserved for can still need. */
  private reserved = 0;

  /** Makes room for so many bytes, instead of what was reserved before. */
  protected reserve(bytes: number): void {
    this.reserved = bytes;
    this.makeRoom(0);
  }

  /** Punctuation, digits and keys: ASCII only. */
  ascii(piece: string): void {
    for (let at = 0; at < piece.length; at += 1) this.bytes[this.used++] = piece.charCodeAt(at);
  }

  /** A whole number as digits, with a minus in front of one below 0. */
  digits(value: number): void {
    if (value < 0) this.bytes[this.used++] = MINUS;
    let rest = Math.abs(value);
    let size = 1;
    for (let least = 10; rest >= least; least *= 10) size += 1;
    for (let at = this.used + size - 1; at >= this.used; at -= 1) {
      const more = Math.floor(rest / 10);
      this.bytes[at] = ZERO + rest - more * 10;
      rest = more;
    }
    this.used += size;
  }

  /** A text of one patient alone as a JSON string: remembered, it would be kept and looked for in vain. */
  jsonText(text: string): void {
    if (!PLAIN.test(text)) return this.escaped(text);
    this.bytes[this.used] = QUOTE;
    this.used += 1 + this.bytes.write(text, this.used + 1, 'utf8');
    this.bytes[this.used++] = QUOTE;
  }

  private escaped(text: string): void {
    this.used += this.bytes.write(JSON.stringify(text), this.used, 'utf8');
  }

  /** A list of names as a JSON array. Makes room, as it is the only one of a row whose length is not counted. */
  jsonNames(names: readonly string[]): void {
    const start = this.used;
    this.makeRoom(2);
    this.used += names.length === 0 ? 1 : 0; // else the comma of the first name stands where the bracket will
    for (let at = 0; at < names.length; at += 1) {
      const name = names[at] as string;
      const place = placeOfName(name);
      this.makeRoom(place < 0 ? name.length * MAX_BYTES_A_UNIT + ENDS : bytesOf(place) + ENDS);
      if (place < 0) {
        this.bytes[this.used++] = COMMA;
        this.escaped(name);
      } else {
        copyName(place, this.view, this.used);
        this.used += bytesOf(place);
      }
    }
    this.bytes[start] = OPEN;
    this.bytes[this.used++] = CLOSE;
  }

  /** Beside what the row has reserved. */
  protected makeRoom(bytes: number): void {
    const needed = this.used + bytes + this.reserved;
    if (needed > this.bytes.length) this.grow(needed);
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.used);
    this.bytes = larger;
    this.view = viewOf(larger);
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
