import type { Config } from '../config.js';
import type { Signatures } from '../domain/advice/review.js';
import type { Said } from '../domain/said.js';
import { loadAdviceWords } from '../generators/advice-words.js';
import { ok, problem, type Verdict } from './finding.js';
import { tell } from './finding-words.js';
import { pauseTold } from '../domain/run/pause-words.js';

/** How much of what advice is made of is not signed, and whether runs can do with what is. */
export function judgeReview(config: Config): Verdict {
  const { review, refusals } = loadAdviceWords(config);
  const { points, wordings, dishes, ingredients } = review;
  const counts = { points: left(points), wordings: left(wordings), dishes: left(dishes), ingredients: left(ingredients) };
  const unsigned = tell('WORDS_UNSIGNED', counts);
  if (config.ADVICE_ONLY_REVIEWED === 'false') return ok(tell('WORDS_ALL_USED', { unsigned }));
  if (refusals.size === 0) return ok(tell('WORDS_SIGNED_USED', { unsigned }));
  return problem(tell('WORDS_REFUSED', { unsigned, refusals: [...refusals.values()].map(pauseTold) }), tell('HAVE_WORDS_SIGNED'));
}

function left({ all, signed }: Signatures): Said {
  return tell('SHARE', { left: all - signed, all });
}
