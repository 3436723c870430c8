import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import { tokenRefused, type AccessRefused } from './access-refused.js';

/** The bytes of a shared secret, or where to find the public key that a token names. */
export type VerificationKey = Uint8Array | JWTVerifyGetKey;

/** Not signed by a key of this reader: another one may know it. */
const NOT_OURS = new Set(['ERR_JWS_SIGNATURE_VERIFICATION_FAILED', 'ERR_JWKS_NO_MATCHING_KEY', 'ERR_JWKS_MULTIPLE_MATCHING_KEYS']);
const MALFORMED = new Set(['ERR_JWS_INVALID', 'ERR_JWT_INVALID', 'ERR_JOSE_ALG_NOT_ALLOWED', 'ERR_JOSE_NOT_SUPPORTED']);

/**
 * Checks a token's signature and claims. @returns its claims; undefined when the signature is by none of these keys
 * @throws AccessRefused for a token that is no good; jose's own error when the keys cannot be had, which is not the caller's fault
 */
export async function verifyJwt(token: string, key: VerificationKey, options: JWTVerifyOptions): Promise<JWTPayload | undefined> {
  try {
    // jose has an overload for each kind of key, and none for either.
    const { payload } = typeof key === 'function' ? await jwtVerify(token, key, options) : await jwtVerify(token, key, options);
    return payload;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    if (NOT_OURS.has(error.code)) return undefined;
    throw refusalOf(error) ?? error;
  }
}

function refusalOf(error: errors.JOSEError): AccessRefused | undefined {
  if (error instanceof errors.JWTExpired) return tokenRefused('has expired: sign in again');
  if (error instanceof errors.JWTClaimValidationFailed) return tokenRefused(problemOf(error));
  return MALFORMED.has(error.code) ? tokenRefused('is not a JSON Web Token that can be read here') : undefined;
}

function problemOf({ claim, reason }: errors.JWTClaimValidationFailed): string {
  if (reason === 'missing') return `lacks the claim "${claim}"`;
  if (claim === 'nbf') return 'is not valid yet';
  if (claim === 'aud') return 'is for another audience';
  return claim === 'iss' ? 'is by another issuer' : `has a claim "${claim}" that cannot be used`;
}
