import type { RecallCause } from '../../domain/recall/recall-cause.js';
import type { OfferedWords, Transaction } from '../ports.js';

/**
 * What programs could not do without, were this taken out of advice as well. All of it is read in the transaction that holds the lock of recalls: a process that
 * writes no advice knows of no recall and no signature, and of one that does the last withdrawal may be newer than what it knows.
 */
export async function lackingWithout(words: OfferedWords, tx: Transaction, cause: RecallCause): Promise<readonly string[]> {
  const going = (await tx.recalls.going()).map((each) => each.cause);
  const off = await tx.reviews.off();
  const signatures = words.onlySigned ? await tx.reviews.signatures() : [];
  return words.lackingWithout([...going, ...off, cause], signatures);
}
