/** Bytes that a stranger sends piece by piece, kept as bytes alone: a list of pieces takes a hundred times as much where each of them is a byte. */
export class GatheredBytes {
  private held = Buffer.allocUnsafe(0);
  private used = 0;

  /** Copied: what a piece was part of is not kept. */
  add(piece: Uint8Array): void {
    const needed = this.used + piece.byteLength;
    if (needed > this.held.byteLength) {
      const wider = Buffer.allocUnsafe(Math.max(needed, 2 * this.held.byteLength));
      this.held.copy(wider, 0, 0, this.used);
      this.held = wider;
    }
    this.held.set(piece, this.used);
    this.used = needed;
  }

  forget(): void {
    this.held = Buffer.allocUnsafe(0);
    this.used = 0;
  }

  /** What came so far. */
  get bytes(): Buffer {
    return this.held.subarray(0, this.used);
  }
}
