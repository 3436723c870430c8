import { GatheredBytes } from './gathered-bytes.js';

const NEW_LINE = 0x0a;

/** Lines that a stranger sends piece by piece, handed on one at a time: no more than the line that is under way is kept of them. */
export class GatheredLines {
  private readonly line = new GatheredBytes();
  private isTooLong = false;

  /** @param take told each line that is not blank, and undefined of one with more than `mostBytes`, which is passed by */
  constructor(
    private readonly mostBytes: number,
    private readonly take: (line: string | undefined) => void,
  ) {}

  add(piece: Uint8Array): void {
    let from = 0;
    for (let end = piece.indexOf(NEW_LINE); end >= 0; end = piece.indexOf(NEW_LINE, from)) {
      this.keep(piece.subarray(from, end));
      this.end();
      from = end + 1;
    }
    this.keep(piece.subarray(from));
  }

  /** What came last has no end of its own. */
  end(): void {
    const text = this.line.bytes.toString().trim();
    if (this.isTooLong) this.take(undefined);
    else if (text !== '') this.take(text);
    this.line.forget();
    this.isTooLong = false;
  }

  private keep(piece: Uint8Array): void {
    if (this.isTooLong) return;
    this.isTooLong = this.line.bytes.byteLength + piece.byteLength > this.mostBytes;
    if (this.isTooLong) this.line.forget();
    else this.line.add(piece);
  }
}
