import type { JWTPayload } from 'jose';
import { isPrintable } from '../domain/operator-text.js';
import { AccessRefused, tokenRefused } from './access-refused.js';
import type { Caller } from './caller.js';
import { isRole, ROLES } from './role.js';
import { CLOCK_TOLERANCE_S, type TokenReader } from './token-identity.js';
import { verifyJwt, type VerificationKey } from './verify-jwt.js';
import { ACCESS } from './access-words.js';

/** How tokens that were issued for this service are checked. */
export interface OwnTokenOptions {
  readonly key: VerificationKey;
  /** The `alg` values allowed with that key. A secret and public keys must never share a list: a public key would do as the secret. */
  readonly algorithms: readonly string[];
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
  /** Name of the claim that holds the role. */
  readonly roleClaim: string;
  /** ms since 1970. */
  readonly clock: () => number;
}

/** The longest subject that may stand in the log. */
const MAX_SUBJECT = 200;

/** Reads tokens issued for this service: `exp` and `sub` are required, the role stands in a claim. */
export function ownTokens({ key, algorithms, issuer, audience, roleClaim, clock }: OwnTokenOptions): TokenReader {
  const rules = {
    algorithms: [...algorithms],
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
    requiredClaims: ['exp', 'sub'],
    clockTolerance: CLOCK_TOLERANCE_S,
  };
  return {
    algorithms,
    async read(token) {
      const claims = await verifyJwt(token, key, { ...rules, currentDate: new Date(clock()) });
      if (claims === undefined) return undefined;
      // RFC 7519, 4.1.3: who is not named among the audience must refuse, and without a name we cannot be.
      if (audience === undefined && claims.aud !== undefined) throw tokenRefused(ACCESS.tell('FOR_AN_AUDIENCE'));
      return callerOf(claims, roleClaim);
    },
  };
}

function callerOf(claims: JWTPayload, roleClaim: string): Caller {
  const { sub, exp = 0 } = claims;
  // Others would let a subject write lines of its own, or turn words around, wherever the actor is shown.
  if (typeof sub !== 'string' || sub === '' || sub.length > MAX_SUBJECT || !isPrintable(sub)) {
    throw tokenRefused(ACCESS.tell('SUBJECT_UNUSABLE', { most: MAX_SUBJECT }));
  }
  const role = claims[roleClaim];
  if (!isRole(role)) {
    throw new AccessRefused('FORBIDDEN', ACCESS.tell('NO_ROLE', { claim: roleClaim, roles: ROLES }));
  }
  return { actor: `token:${sub}`, role, expiresAt: exp * 1_000 };
}
