import { decodeProtectedHeader } from 'jose';
import { tokenRefused } from './access-refused.js';
import { looksLikeApiKey } from './api-key.js';
import { bearerOf } from './bearer.js';
import type { Caller, Credentials, Identity } from './caller.js';
import { CallerCache, REMEMBER_MS } from './caller-cache.js';
import type { TokenReader } from './token-reader.js';
import { watchCaller } from './watch-caller.js';

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
  if (able.length === 0) throw tokenRefused('is signed in a way that is not accepted here');
  for (const reader of able) {
    const caller = await reader.read(token);
    if (caller !== undefined) return caller;
  }
  throw tokenRefused('is not signed by a key that is trusted here');
}

function algorithmOf(token: string): string {
  try {
    return String(decodeProtectedHeader(token).alg);
  } catch {
    throw tokenRefused('is neither an API key nor a JSON Web Token');
  }
}
