import { microsOf, tokensOf } from './figures.js';

/**
 * An outcome's data without figures that no user can have taken, and without what was computed from them. Earlier releases kept what an endpoint told
 * of itself, and events do not change.
 */
export function withBelievedFigures(data: object): object {
  const { tokens, tokensIn, tokensOut, tokensCached, costMicros, ...rest } = data as Record<string, unknown>;
  const isBelieved = [tokensIn, tokensOut].every((figure) => figure === undefined || tokensOf(figure) !== undefined);
  return {
    ...rest,
    ...(tokensOf(tokensIn) !== undefined && { tokensIn }),
    ...(tokensOf(tokensOut) !== undefined && { tokensOut }),
    ...(isBelieved && tokensOf(tokensCached) !== undefined && { tokensCached }),
    ...(isBelieved && tokensOf(tokens) !== undefined && { tokens }),
    ...(isBelieved && microsOf(costMicros) !== undefined && { costMicros }),
  };
}
