import type { OutcomeName } from '../outcome.js';
import { boundedSum, MAX_FORECAST_SECONDS } from '../figures.js';

/** What past runs of the same generator and program were like; null where there is nothing to learn from. */
export interface Experience {
  /** Share of the roster that got advice or had it already, 0 to 1. */
  readonly eligibleShare: number | null;
  /** Users advised a second, from the start of a run to its end. */
  readonly usersPerSecond: number | null;
  /** Means of an advised user. */
  readonly tokensIn: number | null;
  readonly tokensOut: number | null;
  /** Of `tokensIn`, those that the endpoint read from its cache. */
  readonly tokensCached: number | null;
  /** Seconds until nine of ten of the last batches at the provider were back. */
  readonly batchSeconds: number | null;
}

/** What a language model costs and lets through; absent for a generator that asks none. */
export interface ModelFacts {
  /** US$ per million tokens, which is millionths of a US$ per token. */
  readonly price: { readonly input: number; readonly cachedInput: number; readonly output: number };
  /** Over all processes; absent for no limit. */
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  /** Batches at the provider: their share of the price, and ms that they take at most. */
  readonly batch: { readonly priceFactor: number; readonly windowMs: number };
  /** Tokens of one user before there is experience, from the size of the prompt and of an answer. */
  readonly guess: { readonly tokensIn: number; readonly tokensOut: number };
}

/** What a forecast is made from, beside the headcount. */
export const FORECAST_BASES = ['PAST_RUNS', 'ESTIMATE'] as const;
export type ForecastBasis = (typeof FORECAST_BASES)[number];

/** What a run is expected to come to. Figures only; null where nothing can be said, and zero tokens where none are asked for. */
export interface RunForecast {
  /** Users who will probably get advice. */
  readonly eligible: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** Millionths of a US$. */
  readonly costMicros: number;
  /** From the start to the end. */
  readonly seconds: number | null;
  /** Whether tokens and time come from past runs or from what is configured. */
  readonly basis: ForecastBasis;
  /** The same by batches; absent where no model is asked, and of earlier releases. */
  readonly byBatch?: BatchForecast;
}

/** What a run is expected to come to by batches. */
export interface BatchForecast {
  /** Millionths of a US$. */
  readonly costMicros: number;
  /** From the start until the batches are back: what the last ones took, or the most that the provider takes. */
  readonly seconds: number;
}

/** Forecasts a run over `eligible` users. Pure: the same figures give the same forecast. */
export function forecastOf(eligible: number, experience: Experience, model: ModelFacts | undefined): RunForecast {
  const known = experience.tokensIn !== null && experience.tokensOut !== null;
  const perUser =
    model === undefined
      ? { tokensIn: 0, tokensOut: 0 }
      : { tokensIn: experience.tokensIn ?? model.guess.tokensIn, tokensOut: experience.tokensOut ?? model.guess.tokensOut };
  const tokensIn = boundedSum(Math.round(eligible * perUser.tokensIn));
  const tokensOut = boundedSum(Math.round(eligible * perUser.tokensOut));
  const price = model?.price ?? { input: 0, cachedInput: 0, output: 0 };
  const cost = (factor: number, cachedTokens: number): number =>
    boundedSum(((tokensIn - cachedTokens) * price.input + cachedTokens * price.cachedInput + tokensOut * price.output) * factor);
  const cached = known ? Math.min(tokensIn, Math.round(eligible * (experience.tokensCached ?? 0))) : 0;
  return {
    eligible,
    tokensIn,
    tokensOut,
    costMicros: cost(1, cached),
    seconds: secondsFor(eligible, { tokens: tokensIn + tokensOut, experience, model }),
    basis: experience.usersPerSecond !== null && (model === undefined || known) ? 'PAST_RUNS' : 'ESTIMATE',
    ...(model !== undefined && {
      byBatch: { costMicros: cost(model.batch.priceFactor, cached), seconds: batchSeconds(experience, model) },
    }),
  };
}

function batchSeconds({ batchSeconds: past }: Experience, { batch }: ModelFacts): number {
  return boundedSum(Math.min(past ?? Number.POSITIVE_INFINITY, batch.windowMs / 1_000));
}

/**
 * Users of a roster who will probably get advice, by the share of past runs; all of them where there were none, and where the roster holds only users who failed before or
 * whose advice is recalled: they had been found eligible.
 */
export function likelyEligible(
  roster: number,
  { eligibleShare }: Pick<Experience, 'eligibleShare'>,
  { retry, recallId }: { readonly retry?: { readonly outcomes: readonly OutcomeName[] }; readonly recallId?: string } = {},
): number {
  const wereEligible = retry === undefined ? recallId !== undefined : retry.outcomes.every((outcome) => outcome === 'FAILED');
  return eligibleShare === null || wereEligible ? roster : Math.round(roster * eligibleShare);
}

interface Pace {
  readonly tokens: number;
  readonly experience: Experience;
  readonly model: ModelFacts | undefined;
}

/** The longest of what past runs took and of what the rates let through; null when neither says anything. */
function secondsFor(eligible: number, { tokens, experience, model }: Pace): number | null {
  const bounds: number[] = [];
  if (experience.usersPerSecond !== null && experience.usersPerSecond > 0) bounds.push(eligible / experience.usersPerSecond);
  if (model?.requestsPerMinute !== undefined) bounds.push((eligible * 60) / model.requestsPerMinute);
  if (model?.tokensPerMinute !== undefined) bounds.push((tokens * 60) / model.tokensPerMinute);
  return bounds.length === 0 ? null : Math.min(MAX_FORECAST_SECONDS, boundedSum(Math.max(...bounds)));
}
