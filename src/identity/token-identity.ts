import { decodeProtectedHeader } from 'jose';
import { tokenRefused, AccessRefused } from './access-refused.js';
import { looksLikeApiKey } from './api-key.js';
import type { Caller, Credentials, Identity } from './caller.js';
import { CallerCache, REMEMBER_MS } from './caller-cache.js';
import { ACCESS } from './access-words.js';

/** Reads one kind of JSON Web Tokens. */
export interface TokenReader {
  /** Values of `alg` that this kind may have; no others reach `read`. */
  readonly algorithms: readonly string[];
  /**
   * The caller of a token; undefined when its signature is by none of this reader's keys.
   * @throws AccessRefused when the signature is right and the token is no good all the same; any other error is ours
   */
  read(token: string): Promise<Caller | undefined>;
}

/** Seconds by which other machines' clocks may differ from ours. */
export const CLOCK_TOLERANCE_S = 30;

/** Longer than any token that fits into a header. */
const MAX_CHARACTERS = 8_192;

/** Whether a request shows a token at all, be it a good one. */
export function showsBearer(credentials: Credentials): boolean {
  return shownBy(credentials) !== undefined;
}

/**
 * The token that a request shows: in a WebSocket's `connection_init` as `authorization` or `Authorization`, else in the header. Not in the
 * address and not in a cookie: addresses end up in logs, and cookies are sent for pages of other sites. @throws AccessRefused without one
 */
function bearerOf(credentials: Credentials): string {
  const shown = shownBy(credentials);
  if (shown === undefined) throw new AccessRefused('UNAUTHENTICATED', ACCESS.tell('NOTHING_SHOWN'), 'NOTHING_SHOWN');
  const token = typeof shown === 'string' ? /^Bearer +([^\s]+)$/i.exec(shown.trim())?.[1] : undefined;
  if (token === undefined) throw new AccessRefused('UNAUTHENTICATED', ACCESS.tell('FORM'), 'FORM');
  if (token.length > MAX_CHARACTERS) throw tokenRefused(ACCESS.tell('TOO_LONG', { most: MAX_CHARACTERS }));
  return token;
}

function shownBy({ headers, connectionParams }: Credentials): unknown {
  return connectionParams?.['authorization'] ?? connectionParams?.['Authorization'] ?? headers.authorization;
}

/** What callers can be known by. */
export interface TokenIdentityOptions {
  readonly readers: readonly TokenReader[];
  /** Reads API keys; without it there are none. */
  readonly readKey?: ((token: string) => Promise<Caller>) | undefined;
  /** ms since 1970. */
  readonly clock: () => number;
  /** How long (ms) an answer is remembered, and how often open connections are looked after. Default 5 s. */
  readonly rememberMs?: number;
}

/** Knows callers by the bearer token they show, a JSON Web Token or an API key. */
export function tokenIdentity({ readers, readKey, clock, rememberMs = REMEMBER_MS }: TokenIdentityOptions): Identity {
  const read = async (token: string): Promise<Caller> => {
    if (looksLikeApiKey(token) && readKey !== undefined) return readKey(token);
    return readToken(token, readers);
  };
  const cache = new CallerCache(read, clock, rememberMs);
  const identify = async (credentials: Credentials): Promise<Caller> => cache.callerOf(bearerOf(credentials));
  return {
    identify,
    watch: (credentials, onRefused) => watchCaller({ ask: () => identify(credentials), onRefused, clock, everyMs: rememberMs }),
  };
}

/** The algorithm chooses the reader before any key is touched: so no public key can ever serve as a secret, and `none` finds no reader. */
async function readToken(token: string, readers: readonly TokenReader[]): Promise<Caller> {
  const algorithm = algorithmOf(token);
  const able = readers.filter(({ algorithms }) => algorithms.includes(algorithm));
  if (able.length === 0) throw tokenRefused(ACCESS.tell('SIGNED_OTHERWISE'));
  for (const reader of able) {
    const caller = await reader.read(token);
    if (caller !== undefined) return caller;
  }
  throw tokenRefused(ACCESS.tell('SIGNED_BY_OTHERS'));
}

function algorithmOf(token: string): string {
  try {
    return String(decodeProtectedHeader(token).alg);
  } catch {
    throw tokenRefused(ACCESS.tell('NO_TOKEN'));
  }
}

/** How it is looked after a caller whose connection stays open. */
interface WatchOptions {
  /** Finds out again who it is. */
  readonly ask: () => Promise<Caller>;
  readonly onRefused: (refused: AccessRefused) => void;
  /** ms since 1970. */
  readonly clock: () => number;
  /** Longest time in ms between two looks. */
  readonly everyMs: number;
}

/**
 * Looks again and again whether a caller may stay, the first time at once: until the credentials' own expiry, to the millisecond, or until they
 * are refused. Here nothing is added for the tolerance of clocks: a stream that was ended could otherwise be opened anew at once.
 * @returns how to stop looking
 */
export function watchCaller({ ask, onRefused, clock, everyMs }: WatchOptions): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const lookIn = (ms: number): void => {
    if (!stopped) timer = setTimeout(() => void look(), ms).unref();
  };
  const look = async (): Promise<void> => {
    try {
      const leftMs = (await ask()).expiresAt - clock();
      if (leftMs <= 0) throw tokenRefused(ACCESS.tell('EXPIRED'));
      lookIn(Math.min(leftMs, everyMs));
    } catch (error) {
      if (stopped) return;
      // A database that is away for a moment says nothing about the caller.
      if (!(error instanceof AccessRefused)) return lookIn(everyMs);
      stopped = true;
      onRefused(error);
    }
  };
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
