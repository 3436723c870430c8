import { createRemoteJWKSet, customFetch } from 'jose';
import { boundedFetch } from '../base/bounded-fetch.js';
import type pg from 'pg';
import { readApiKey } from '../identity/api-key-reader.js';
import { ApiKeyStore } from '../identity/api-key-store.js';
import type { Identity } from '../identity/caller.js';
import { ibsafeAccounts, ibsafeTokens } from '../identity/ibsafe-tokens.js';
import { localIdentity } from '../identity/local-identity.js';
import { OidcProvider } from '../identity/oidc/oidc-provider.js';
import { parseRoleMap } from '../identity/oidc/oidc-roles.js';
import { CONSOLE_PATH, OIDC_RETURN_PATH } from '../server/http/paths.js';
import { ownTokens } from '../identity/own-tokens.js';
import { SessionDesk } from '../identity/sessions/session-desk.js';
import { SessionIdentity } from '../identity/sessions/session-identity.js';
import { SessionStore } from '../identity/sessions/session-store.js';
import { tokenIdentity, type TokenReader } from '../identity/token-identity.js';
import { type Authentication, sessionLimits, signInWays } from './authentication.js';

type Tokens = Extract<Authentication, { kind: 'tokens' }>;

/** What an identity stands on beside its configuration. */
export interface IdentityGround {
  readonly pool: Pick<pg.Pool, 'query'>;
  /** ms since 1970. */
  readonly clock: () => number;
  /** See `TokenIdentityOptions`. */
  readonly rememberMs?: number;
}

/** What identifies callers, and where browsers sign in; there is no signing in on a service that is open to its machine. */
export interface OpenIdentity {
  readonly identity: Identity;
  readonly desk: SessionDesk | undefined;
  readonly provider: OidcProvider | undefined;
}

/** Makes what identifies callers. Keys of AUTH_JWKS_URL are fetched when the first token needs them. */
export function openIdentity(authentication: Authentication, ground: IdentityGround): OpenIdentity {
  if (authentication.kind === 'local') return { identity: localIdentity(), desk: undefined, provider: undefined };
  const { pool, clock, rememberMs } = ground;
  const keys = new ApiKeyStore(pool);
  const tokens = tokenIdentity({
    readers: readersOf(authentication, ground),
    readKey: authentication.apiKeys ? (token) => readApiKey(token, keys) : undefined,
    clock,
    ...(rememberMs !== undefined && { rememberMs }),
  });
  const ways = signInWays(authentication);
  const store = new SessionStore(pool, sessionLimits(authentication));
  const identity = new SessionIdentity(tokens, { store, ways, findAccount: ibsafeAccounts(pool), clock }, rememberMs);
  return { identity, desk: new SessionDesk({ store, tokens, identity, ways, clock }), provider: providerOf(authentication, clock) };
}

/** Nothing is asked of it yet: it may be away when the service starts. */
function providerOf(settings: Tokens, clock: () => number): OidcProvider | undefined {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_ROLES, CONSOLE_URL } = settings;
  const roles = OIDC_ROLES === undefined ? undefined : parseRoleMap(OIDC_ROLES);
  if (OIDC_ISSUER === undefined || OIDC_CLIENT_ID === undefined || roles === undefined || CONSOLE_URL === undefined) return undefined;
  const own = {
    issuer: new URL(OIDC_ISSUER),
    clientId: OIDC_CLIENT_ID,
    clientSecret: settings.OIDC_CLIENT_SECRET,
    scopes: settings.OIDC_SCOPES,
    rolesClaim: settings.OIDC_ROLES_CLAIM,
    roles,
    redirectUri: new URL(OIDC_RETURN_PATH, CONSOLE_URL).href,
    afterSignOut: new URL(CONSOLE_PATH, CONSOLE_URL).href,
  };
  return new OidcProvider(own, clock);
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
    const key = createRemoteJWKSet(new URL(AUTH_JWKS_URL), { [customFetch]: boundedFetch });
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
