declare const tokensBrand: unique symbol;
declare const microsBrand: unique symbol;
declare const waitBrand: unique symbol;

/** Tokens of a call or of one user: a whole number from 0 to `MAX_TOKENS`. Made by `tokensOf` and `boundedTokens` alone. */
export type Tokens = number & { readonly [tokensBrand]: true };

/** Millionths of a US$ of a call or of one user: a whole number from 0 to `MAX_MICROS`. Made by `microsOf` and `boundedMicros` alone. */
export type Micros = number & { readonly [microsBrand]: true };

/** A wait that an endpoint asks for, in ms: from 0 to `MAX_WAIT_MS`. Made by `boundedWait` alone. */
export type WaitMs = number & { readonly [waitBrand]: true };

/** More than ten calls with the longest prompt and the longest answer come to. */
export const MAX_TOKENS = 4_000_000;

/** A million US$. */
export const MAX_MICROS = 1_000_000_000_000;

/** Longest wait that an endpoint is believed: then it is asked again, and may say the same again. */
export const MAX_WAIT_MS = 600_000;

/** Longest time, in s, that a forecast tells: ten years. What takes longer is told as that, and still is a date. */
export const MAX_FORECAST_SECONDS = 315_360_000;

/** A figure that came from outside, as tokens. @returns undefined for what is no whole number, negative, or beyond belief */
export function tokensOf(figure: unknown): Tokens | undefined {
  return isWhole(figure, MAX_TOKENS) ? (figure as Tokens) : undefined;
}

/** The same for money. */
export function microsOf(figure: unknown): Micros | undefined {
  return isWhole(figure, MAX_MICROS) ? (figure as Micros) : undefined;
}

/** A figure that was computed here, rounded up and kept within bounds. */
export function boundedTokens(figure: number): Tokens {
  return bounded(figure, MAX_TOKENS) as Tokens;
}

/** The same for money. */
export function boundedMicros(figure: number): Micros {
  return bounded(figure, MAX_MICROS) as Micros;
}

/** A wait that was asked for, kept within bounds; none for what is no number. */
export function boundedWait(ms: number): WaitMs {
  return bounded(ms, MAX_WAIT_MS) as WaitMs;
}

/** A sum over many users, rounded up: a whole number that every reader can hold, whatever was added up. */
export function boundedSum(figure: number): number {
  return bounded(figure, Number.MAX_SAFE_INTEGER);
}

function isWhole(figure: unknown, most: number): boolean {
  return Number.isInteger(figure) && (figure as number) >= 0 && (figure as number) <= most;
}

/** What is no number counts as none: it cannot come about, and must not travel on if it does. */
function bounded(figure: number, most: number): number {
  return figure > 0 ? Math.min(most, Math.ceil(figure)) : 0;
}
