import type { Caller } from './caller.js';

/** Reads one kind of JSON Web Tokens. */
export interface TokenReader {
  /** Values of `alg` that this kind may have; no others reach `read`. */
  readonly algorithms: readonly string[];
  /**
   * Who a token speaks for; undefined when its signature is by none of this reader's keys.
   * @throws AccessRefused when the signature is right and the token is no good all the same; any other error is ours
   */
  read(token: string): Promise<Caller | undefined>;
}

/** Seconds by which other machines' clocks may differ from ours. */
export const CLOCK_TOLERANCE_S = 30;
