/**
 * What can go wrong with a batch. `expires` and `cancels` (the provider's own doing) end with half of the lines answered; `fails` ends before the first line; `stuck` never ends;
 * `half` answers each second line with an error; `twice` answers lines a second time; `never` leaves lines out of both files; `strange` adds lines of others, and what is no JSON;
 * `lost` takes the batch, and its answer to that is lost; `refused` takes none; `cut` breaks off the output file;
 * `deep` nests what it adds to each second answer, thousands of levels of it.
 */
export const BATCH_FAULTS = [
  'expires',
  'cancels',
  'fails',
  'stuck',
  'half',
  'twice',
  'never',
  'strange',
  'lost',
  'refused',
  'cut',
  'deep',
] as const;
export type BatchFault = (typeof BATCH_FAULTS)[number];

/** How the local model treats one batch. */
export interface BatchBehaviour {
  /** ms until it has ended. */
  readonly delayMs?: number;
  /** ms between taking the order, and answering that it was taken. */
  readonly takeMs?: number;
  readonly fault?: BatchFault;
}

/**
 * Draws faults of batches by their shares, such as `expires=0.1,half=0.2`; what is left of 1 goes well. The same seed draws the same row.
 * @throws RangeError that says what was expected
 */
export function drawnBatches(shares: string, { delayMs, seed }: { delayMs: number; seed: number }): () => BatchBehaviour {
  const steps = shares
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', share = ''] = part.split('=');
      const fault = BATCH_FAULTS.find((each) => each === name);
      if (fault === undefined || !(Number(share) > 0 && Number(share) <= 1)) {
        throw new RangeError(`a fault of a batch is one of ${BATCH_FAULTS.join(', ')} with its share, such as expires=0.1, found ${JSON.stringify(part)}`); // prettier-ignore
      }
      return { fault, share: Number(share) };
    });
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    let left = state / 2 ** 32;
    for (const { fault, share } of steps) {
      if (left < share) return { delayMs, fault };
      left -= share;
    }
    return { delayMs };
  };
}
