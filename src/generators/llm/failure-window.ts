/** Calls that are looked back at, and how many of them there must be at least. */
const LAST = 20;
const LEAST = 8;

/** How the last calls ended. */
export class FailureWindow {
  #ends: boolean[] = [];

  answered(): void {
    this.#add(true);
  }

  /** @returns whether half of the last calls have failed by now, and there were enough to say so */
  failed(): boolean {
    this.#add(false);
    return this.#ends.length >= LEAST && this.#ends.filter((answered) => !answered).length * 2 >= this.#ends.length;
  }

  clear(): void {
    this.#ends = [];
  }

  #add(answered: boolean): void {
    this.#ends.push(answered);
    if (this.#ends.length > LAST) this.#ends.shift();
  }
}
