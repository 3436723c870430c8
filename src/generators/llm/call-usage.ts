import { boundedTokens, tokensOf, type Tokens } from '../../domain/figures.js';
import { BYTES_A_TOKEN } from './token-guess.js';

/** What a call took. `most…` is what it can have taken at most, which is what an estimated call is charged. */
export interface CallUsage {
  readonly tokensIn: Tokens;
  readonly tokensOut: Tokens;
  readonly mostIn: Tokens;
  readonly mostOut: Tokens;
  /** Of `tokensIn`, those that the endpoint had kept of an earlier call and read at its lower price; 0 where it told none that could be believed. */
  readonly cachedIn: Tokens;
  /** Why figures are estimates: the endpoint told none, or one that cannot be. Absent where both are the endpoint's own. */
  readonly estimated?: 'MISSING' | 'ABSURD';
}

/** What a call is known to have been, whatever the endpoint says of it. */
export interface CallSize {
  /** Bytes of text that were sent. */
  readonly sentBytes: number;
  /** Bytes of text that came back, reasoning included. */
  readonly writtenBytes: number;
  /** Whether an answer is among them; the tokens of one without a word went into thoughts, which an endpoint need not show. */
  readonly isAnswered: boolean;
  /** Tokens that the endpoint was allowed to write; undefined where it takes no limit. */
  readonly limit: number | undefined;
}

/** Tokens that a chat template, a schema and an operator's own preamble may add to what was sent. */
const TEMPLATE_TOKENS = 8_000;
/** No tokenizer puts more bytes into a token, over a whole text. */
const MAX_BYTES_A_TOKEN = 32;
/** What a model may write that is told no limit. */
const UNLIMITED_TOKENS = 128_000;
/** More than any model writes in a second, thoughts included. */
const MAX_TOKENS_A_SECOND = 5_000;

/** What is believed of an answer of a model that takes no limit: as much as would have been asked for, and what can be written in the time that the call took. */
export function believedWithout(wouldHaveAsked: number, tookMs: number): number {
  return Math.min(UNLIMITED_TOKENS, Math.ceil(wouldHaveAsked + (MAX_TOKENS_A_SECOND * Math.max(0, tookMs)) / 1_000));
}

/** The most that is believed of a call that keeps to its limit: so much is set aside for it. */
export function mostOf({ sentBytes, limit = UNLIMITED_TOKENS }: Pick<CallSize, 'sentBytes' | 'limit'>): {
  readonly in: Tokens;
  readonly out: Tokens;
} {
  return { in: boundedTokens(sentBytes + TEMPLATE_TOKENS), out: boundedTokens(limit) };
}

/**
 * Reads an endpoint's `usage`. A figure is believed when it fits the texts that went to and fro: a tokenizer makes at most a token of each byte and at
 * least one of some thirty. What is missing, no whole number or does not fit is estimated from the texts; where no answer came, at the most that was
 * allowed: a model that ends without a word has used it up.
 */
export function usageOf(told: unknown, { sentBytes, writtenBytes, isAnswered, limit = UNLIMITED_TOKENS }: CallSize): CallUsage {
  const mostIn = boundedTokens(sentBytes);
  const mostOut = boundedTokens(isAnswered ? writtenBytes : Math.max(writtenBytes, limit));
  const figures = { in: fieldOf(told, 'prompt_tokens'), out: fieldOf(told, 'completion_tokens') };
  const tokensIn = believed(figures.in, sentBytes, sentBytes + TEMPLATE_TOKENS);
  const tokensOut = believed(figures.out, writtenBytes, writtenBytes + limit);
  const missing = [figures.in, figures.out].every((figure) => figure === undefined || figure === null);
  return {
    tokensIn: tokensIn ?? boundedTokens(sentBytes / BYTES_A_TOKEN),
    tokensOut: tokensOut ?? (isAnswered ? boundedTokens(writtenBytes / BYTES_A_TOKEN) : mostOut),
    mostIn: tokensIn ?? mostIn,
    mostOut: tokensOut ?? mostOut,
    cachedIn: cachedOf(told, tokensIn),
    ...((tokensIn === undefined || tokensOut === undefined) && { estimated: missing ? 'MISSING' : 'ABSURD' }),
  };
}

/** A discount is believed only of a figure that is: what is estimated is charged in full. */
function cachedOf(told: unknown, tokensIn: Tokens | undefined): Tokens {
  const cached = tokensOf(fieldOf(fieldOf(told, 'prompt_tokens_details'), 'cached_tokens'));
  return tokensIn === undefined || cached === undefined || cached > tokensIn ? boundedTokens(0) : cached;
}

/** A member of a value that may be anything. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function believed(figure: unknown, bytes: number, most: number): Tokens | undefined {
  const tokens = tokensOf(figure);
  return tokens !== undefined && tokens >= bytes / MAX_BYTES_A_TOKEN && tokens <= most ? tokens : undefined;
}
