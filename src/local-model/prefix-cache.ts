import { createHash } from 'node:crypto';

/** Tokens from which a beginning is kept, and in steps of which it grows, as OpenAI's endpoint has it. */
const LEAST = 1_024;
const STEP = 128;
/** Beginnings that are kept; the oldest goes first. */
const MAX_KEPT = 20_000;

/** What an endpoint keeps of the texts that it read, so that the same beginning need not be read again. */
export class PrefixCache {
  readonly #kept = new Set<string>();

  /** @param bytes a text's tokens @returns how many of a text's first tokens were kept of an earlier one; from now on its own are */
  read(bytes: Buffer, bytesAToken: number): number {
    const hash = createHash('sha256');
    let [found, isSame, at] = [0, true, 0];
    for (let tokens = LEAST; tokens * bytesAToken <= bytes.length; tokens += STEP) {
      hash.update(bytes.subarray(at, (at = tokens * bytesAToken)));
      const key = hash.copy().digest('base64url');
      isSame &&= this.#kept.has(key);
      if (isSame) found = tokens;
      else this.#keep(key);
    }
    return found;
  }

  #keep(key: string): void {
    this.#kept.add(key);
    const [oldest] = this.#kept;
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}
