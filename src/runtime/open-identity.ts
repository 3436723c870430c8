import { createRemoteJWKSet } from 'jose';
import type pg from 'pg';
import { readApiKey } from '../identity/api-key-reader.js';
import { ApiKeyStore } from '../identity/api-key-store.js';
import type { Identity } from '../identity/caller.js';
import { ibsafeAccounts } from '../identity/ibsafe-accounts.js';
import { ibsafeTokens } from '../identity/ibsafe-tokens.js';
import { localIdentity } from '../identity/local-identity.js';
import { ownTokens } from '../identity/own-tokens.js';
import { tokenIdentity } from '../identity/token-identity.js';
import type { TokenReader } from '../identity/token-reader.js';
import type { Authentication } from './authentication.js';

type Tokens = Extract<Authentication, { kind: 'tokens' }>;

/** What an identity stands on beside its configuration. */
export interface IdentityGround {
  readonly pool: Pick<pg.Pool, 'query'>;
  /** ms since 1970. */
  readonly clock: () => number;
  /** See `TokenIdentityOptions`. */
  readonly rememberMs?: number;
}

/** Makes what finds out who asks. Keys of AUTH_JWKS_URL are fetched when the first token needs them. */
export function openIdentity(authentication: Authentication, ground: IdentityGround): Identity {
  if (authentication.kind === 'local') return localIdentity();
  const { pool, clock, rememberMs } = ground;
  const keys = new ApiKeyStore(pool);
  return tokenIdentity({
    readers: readersOf(authentication, ground),
    readKey: authentication.apiKeys ? (token) => readApiKey(token, keys) : undefined,
    clock,
    ...(rememberMs !== undefined && { rememberMs }),
  });
}

function readersOf(settings: Tokens, { pool, clock }: IdentityGround): TokenReader[] {
  const { AUTH_JWT_SECRET, AUTH_JWKS_URL, AUTH_IBSAFE_JWT_SECRET } = settings;
  const claims = {
    issuer: settings.AUTH_JWT_ISSUER,
    audience: settings.AUTH_JWT_AUDIENCE,
    roleClaim: settings.AUTH_ROLE_CLAIM,
    clock,
  };
  const readers: TokenReader[] = [];
  if (AUTH_JWT_SECRET !== undefined) readers.push(ownTokens({ key: bytesOf(AUTH_JWT_SECRET), algorithms: ['HS256'], ...claims }));
  if (AUTH_JWKS_URL !== undefined) {
    const key = createRemoteJWKSet(new URL(AUTH_JWKS_URL));
    readers.push(ownTokens({ key, algorithms: ['RS256', 'ES256', 'EdDSA'], ...claims }));
  }
  if (AUTH_IBSAFE_JWT_SECRET !== undefined) {
    readers.push(ibsafeTokens({ secret: bytesOf(AUTH_IBSAFE_JWT_SECRET), findAccount: ibsafeAccounts(pool), clock }));
  }
  return readers;
}

function bytesOf(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}
