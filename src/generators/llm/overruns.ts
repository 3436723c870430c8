/** ms after which an endpoint is taken to keep to its limit again: it may have been mended, or replaced. */
const FORGOTTEN_MS = 3_600_000;

/** Answers that went beyond the limit that was told. An endpoint that keeps to none is charged by what it does. */
export class Overruns {
  #most = 0;
  #times = 0;
  #last = 0;

  constructor(
    /** ms of a clock that does not jump. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Tokens of the longest of them; 0 where there was none lately. */
  get most(): number {
    return this.now() - this.#last < FORGOTTEN_MS ? this.#most : 0;
  }

  saw(tokens: number): void {
    const isForgotten = this.now() - this.#last >= FORGOTTEN_MS;
    this.#times = isForgotten ? 1 : this.#times + 1;
    this.#most = Math.max(this.most, tokens);
    this.#last = this.now();
  }

  /**
   * A budget does not hold so much. One alone may have been an accident, and must not end the calls of this run and of all later ones: it is not reckoned with any
   * more. The second is the endpoint's way.
   */
  doubt(): void {
    if (this.#times === 1) this.#most = 0;
  }
}
