import { JsonBytes, MAX_BYTES_A_UNIT } from './json-bytes.js';

/** `PGCOPY\n\377\r\n\0`, no flags, no header extension. */
const HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
const TRAILER = Buffer.from([0xff, 0xff]);
const JSONB_VERSION = 1;
const POSTGRES_EPOCH_DAYS = 10_957;
const DAY_MS = 86_400_000;

const TWO_32 = 2 ** 32;

function daysSinceEpoch(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS - POSTGRES_EPOCH_DAYS;
}

/**
 * Rows in PostgreSQL's binary COPY format, encoded as they come into one buffer that is used again and again. Text COPY makes the server scan every
 * byte twice for delimiters, and rows that wait as objects until a chunk is complete survive several collections: the collector then costs more
 * than the rules. Source of the format: PostgreSQL's manual, COPY, "Binary Format".
 */
export class BinaryRows extends JsonBytes {
  private fieldStart = 0;
  /** The dates that were written last, the latest first. */
  private days: { readonly value: string; readonly number: number }[] = [];
  private readonly starts: number[] = [];

  constructor() {
    super();
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

  /** Begins a row of `fields` fields; `textUnits` is how long its texts are together, so that room is made once. Lists of names make room for themselves. */
  begin(fields: number, textUnits: number): void {
    this.reserve(textUnits * MAX_BYTES_A_UNIT + fields * 16);
    this.starts.push(this.used);
    this.view.setInt16(this.used, fields);
    this.used += 2;
  }

  null(): void {
    this.view.setInt32(this.used, -1);
    this.used += 4;
  }

  text(value: string): void {
    const written = this.bytes.write(value, this.used + 4, 'utf8');
    this.view.setInt32(this.used, written);
    this.used += 4 + written;
  }

  /** A short word of ours, ASCII only: a call for each would cost more than its few letters. */
  word(value: string): void {
    this.view.setInt32(this.used, value.length);
    this.used += 4;
    this.ascii(value);
  }

  jsonb(value: string): void {
    this.bytes[this.used + 4] = JSONB_VERSION;
    const written = this.bytes.write(value, this.used + 5, 'utf8');
    this.view.setInt32(this.used, written + 1);
    this.used += 5 + written;
  }

  /** Begins a jsonb field whose JSON follows in pieces, until `jsonEnd`. */
  jsonBegin(): void {
    this.fieldStart = this.used;
    this.used += 4;
    this.bytes[this.used++] = JSONB_VERSION;
  }

  jsonEnd(): void {
    this.view.setInt32(this.fieldStart, this.used - this.fieldStart - 4);
  }

  bool(value: boolean): void {
    this.view.setInt32(this.used, 1);
    this.bytes[this.used + 4] = value ? 1 : 0;
    this.used += 5;
  }

  int4(value: number): void {
    this.view.setInt32(this.used, 4);
    this.view.setInt32(this.used + 4, value);
    this.used += 8;
  }

  int8(value: number): void {
    this.view.setInt32(this.used, 8);
    this.used = this.writeInt8(value, this.used + 4);
  }

  float8(value: number): void {
    this.view.setInt32(this.used, 8);
    this.view.setFloat64(this.used + 4, value);
    this.used += 12;
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
    this.makeRoom(TRAILER.length);
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
    this.view.setInt32(at, high);
    this.view.setUint32(at + 4, value - high * TWO_32);
    return at + 8;
  }
}
