import type { Config } from '../config.js';
import type { Signatures } from '../domain/advice/review.js';
import { loadAdviceWords } from '../generators/advice-words.js';
import { ok, problem, type Verdict } from './finding.js';

/** How much of what advice is made of nobody has signed, and whether runs can do with what is. */
export function judgeReview(config: Config): Verdict {
  const { review, refusals } = loadAdviceWords(config);
  const { points, wordings, dishes, ingredients } = review;
  const unsigned = `not signed: ${left(points)} points, ${left(wordings)} wordings, ${left(dishes)} dishes, ${left(ingredients)} ingredients`;
  if (config.ADVICE_ONLY_REVIEWED === 'false') return ok(`${unsigned}; all of them are used`);
  if (refusals.size === 0) return ok(`${unsigned}; what is signed is used, and nothing else`);
  return problem(
    `${unsigned}; ${[...refusals.values()].join('; ')}`,
    'Such runs pause and write no advice. Have a dietitian sign rows of data/ (reviewed_by, reviewed_on; docs/advice.md lists them), or set ADVICE_ONLY_REVIEWED to false, and start the service again.',
  );
}

function left({ all, signed }: Signatures): string {
  return `${all - signed} of ${all}`;
}
