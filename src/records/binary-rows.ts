/** Bytes that a UTF-16 unit can need: three in UTF-8, six as an escape of JSON. */
const MAX_BYTES_A_UNIT = 6;
/** `PGCOPY\n\377\r\n\0`, no flags, no header extension. */
const HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
const TRAILER = Buffer.from([0xff, 0xff]);
const JSONB_VERSION = 1;
const POSTGRES_EPOCH_DAYS = 10_957;
const DAY_MS = 86_400_000;

const TWO_32 = 2 ** 32;
const [OPEN, CLOSE, COMMA, QUOTE, BACKSLASH, SPACE] = [0x5b, 0x5d, 0x2c, 0x22, 0x5c, 0x20];

/** Names kept encoded; beyond that the memory is begun anew, so that a food table of any size cannot fill it. */
const MAX_NAMES = 50_000;
const NAMES = new Map<string, Uint8Array>();

function remember(text: string): Uint8Array {
  if (NAMES.size >= MAX_NAMES) NAMES.clear();
  const encoded = Buffer.from(JSON.stringify(text));
  NAMES.set(text, encoded);
  return encoded;
}

function daysSinceEpoch(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS - POSTGRES_EPOCH_DAYS;
}

/**
 * Rows in PostgreSQL's binary COPY format, encoded as they come into one buffer that is used again and again. Text COPY makes the server scan every
 * byte twice for delimiters, and rows that wait as objects until a chunk is complete survive several collections: the collector then costs more
 * than the rules. Source of the format: PostgreSQL's manual, COPY, "Binary Format".
 */
export class BinaryRows {
  private bytes = Buffer.allocUnsafeSlow(1 << 20);
  private used = 0;
  private fieldStart = 0;
  /** The dates that were written last, the latest first. */
  private days: { readonly value: string; readonly number: number }[] = [];
  private readonly starts: number[] = [];

  constructor() {
    this.clear();
  }

  /** Forgets the rows: only once their bytes have left. */
  clear(): void {
    HEADER.copy(this.bytes);
    this.used = HEADER.length;
    this.starts.length = 0;
  }

  get count(): number {
    return this.starts.length;
  }

  /** Begins a row of `fields` fields; `textUnits` is how long its texts are together, so that room is made once. */
  begin(fields: number, textUnits: number): void {
    const needed = this.used + textUnits * MAX_BYTES_A_UNIT + fields * 16;
    if (needed > this.bytes.length) this.grow(needed);
    this.starts.push(this.used);
    this.used = this.bytes.writeInt16BE(fields, this.used);
  }

  null(): void {
    this.used = this.bytes.writeInt32BE(-1, this.used);
  }

  text(value: string): void {
    const written = this.bytes.write(value, this.used + 4, 'utf8');
    this.bytes.writeInt32BE(written, this.used);
    this.used += 4 + written;
  }

  jsonb(value: string): void {
    this.bytes[this.used + 4] = JSONB_VERSION;
    const written = this.bytes.write(value, this.used + 5, 'utf8');
    this.bytes.writeInt32BE(written + 1, this.used);
    this.used += 5 + written;
  }

  /** Begins a jsonb field whose JSON follows in pieces, until `jsonEnd`. */
  jsonBegin(): void {
    this.fieldStart = this.used;
    this.used += 4;
    this.bytes[this.used++] = JSONB_VERSION;
  }

  jsonEnd(): void {
    this.bytes.writeInt32BE(this.used - this.fieldStart - 4, this.fieldStart);
  }

  /** Punctuation, digits and keys: ASCII only. */
  ascii(piece: string): void {
    for (let at = 0; at < piece.length; at += 1) this.bytes[this.used++] = piece.charCodeAt(at);
  }

  /** A text as a JSON string. Names come again and again: each is encoded once and copied after that. */
  jsonString(text: string): void {
    const known = NAMES.get(text) ?? remember(text);
    this.bytes.set(known, this.used);
    this.used += known.length;
  }

  /** A text that is nobody else's as a JSON string: remembered, it would be kept and looked for in vain. */
  jsonText(text: string): void {
    if (!text.isWellFormed()) return this.jsonString(text);
    const from = this.used + 1;
    const end = from + this.bytes.write(text, from, 'utf8');
    for (let at = from; at < end; at += 1) {
      const byte = this.bytes[at] as number;
      if (byte < SPACE || byte === QUOTE || byte === BACKSLASH) return this.jsonString(text);
    }
    this.bytes[from - 1] = QUOTE;
    this.bytes[end] = QUOTE;
    this.used = end + 1;
  }

  /** A list of texts as a JSON array. */
  jsonStrings(texts: readonly string[]): void {
    this.bytes[this.used++] = OPEN;
    for (let at = 0; at < texts.length; at += 1) {
      if (at > 0) this.bytes[this.used++] = COMMA;
      this.jsonString(texts[at] as string);
    }
    this.bytes[this.used++] = CLOSE;
  }

  bool(value: boolean): void {
    this.used = this.bytes.writeInt32BE(1, this.used);
    this.used = this.bytes.writeInt8(value ? 1 : 0, this.used);
  }

  int4(value: number): void {
    this.used = this.bytes.writeInt32BE(4, this.used);
    this.used = this.bytes.writeInt32BE(value, this.used);
  }

  int8(value: number): void {
    this.used = this.bytes.writeInt32BE(8, this.used);
    this.used = this.writeInt8(value, this.used);
  }

  float8(value: number): void {
    this.used = this.bytes.writeInt32BE(8, this.used);
    this.used = this.bytes.writeDoubleBE(value, this.used);
  }

  /** A calendar day, `YYYY-MM-DD`. */
  date(value: string): void {
    // A chunk has two days, the record's and the target's: parsed once each.
    if (value !== this.days[0]?.value) this.days.reverse();
    if (value !== this.days[0]?.value) this.days = [{ value, number: daysSinceEpoch(value) }, ...this.days.slice(0, 1)];
    this.int4(this.days[0]?.number ?? 0);
  }

  /** An instant in ms since 1970. */
  timestamptz(value: number): void {
    this.int8((value - POSTGRES_EPOCH_DAYS * DAY_MS) * 1_000);
  }

  /** Sets the first field of a row, which must be an int8: ids are known last. */
  setId(row: number, id: number): void {
    this.writeInt8(id, (this.starts[row] as number) + 6);
  }

  /** Everything as one COPY stream: a view, valid until the next row or `clear`. */
  get content(): Buffer {
    if (this.used + TRAILER.length > this.bytes.length) this.grow(this.used + TRAILER.length);
    TRAILER.copy(this.bytes, this.used);
    return this.bytes.subarray(0, this.used + TRAILER.length);
  }

  /** A row's fields as binary parameters of a statement. */
  fields(row: number): (Buffer | null)[] {
    let at = this.starts[row] as number;
    const fields: (Buffer | null)[] = Array.from({ length: this.bytes.readInt16BE(at) });
    at += 2;
    for (let field = 0; field < fields.length; field += 1) {
      const length = this.bytes.readInt32BE(at);
      fields[field] = length < 0 ? null : this.bytes.subarray(at + 4, at + 4 + length);
      at += 4 + Math.max(0, length);
    }
    return fields;
  }

  /** In two halves: a BigInt for each of four numbers a row cost more than the rest of them. */
  private writeInt8(value: number, at: number): number {
    const high = Math.floor(value / TWO_32);
    this.bytes.writeInt32BE(high, at);
    return this.bytes.writeUInt32BE(value - high * TWO_32, at + 4);
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.used);
    this.bytes = larger;
  }
}
