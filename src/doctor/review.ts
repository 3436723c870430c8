import type { Pool } from 'pg';
import type { Config } from '../config/config.js';
import { reviewOf, type Signatures } from '../domain/advice/review.js';
import type { Said } from '../domain/said.js';
import { pauseTold } from '../domain/run/pause-words.js';
import { loadAdviceWords, signedWords } from '../generators/advice-words.js';
import { signableRows, signedBy } from '../generators/signable-rows.js';
import { standingSignatures } from '../store/review-store.js';
import { ok, problem, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** How much of what advice is made of is not signed, in the files or in the log, what changed since it was signed, and whether runs can do with what is. */
export async function judgeReview(config: Config, pool: Pool): Promise<CheckResult> {
  const [words, signatures] = [loadAdviceWords(config), await standingSignatures(pool)];
  const { explainer } = words;
  const { points, wordings, dishes, ingredients } = reviewOf(explainer.catalogue, explainer.vocabulary, signedBy(explainer, signatures));
  const counts = { points: left(points), wordings: left(wordings), dishes: left(dishes), ingredients: left(ingredients) };
  const rows = signableRows(explainer);
  const changed = signatures.filter(({ id, hash }) => rows.get(id)?.isSignedInFile === false && rows.get(id)?.hash !== hash).length;
  const unsigned = changed === 0 ? tell('WORDS_UNSIGNED', counts) : tell('WORDS_UNSIGNED_AND_CHANGED', { ...counts, changed });
  if (!words.onlySigned) return ok(tell('WORDS_ALL_USED', { unsigned }));
  const { refusals, tongue } = signedWords(words, signatures);
  const silenced = tongue.vocabulary.silenced.map(({ id }) => id);
  if (refusals.size === 0 && silenced.length > 0) return problem(tell('WORDS_WARNINGS_UNSIGNED', { unsigned, warnings: silenced.join(', ') }), tell('HAVE_WARNINGS_SIGNED')); // prettier-ignore
  if (refusals.size === 0) return ok(tell('WORDS_SIGNED_USED', { unsigned }));
  return problem(tell('WORDS_REFUSED', { unsigned, refusals: [...refusals.values()].map(pauseTold) }), tell('HAVE_WORDS_SIGNED'));
}

function left({ all, signed }: Signatures): Said {
  return tell('SHARE', { left: all - signed, all });
}
