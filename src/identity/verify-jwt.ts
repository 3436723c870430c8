import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import { tokenRefused, type AccessRefused } from './access-refused.js';
import { ACCESS } from './access-words.js';
import type { Told } from '../domain/said.js';

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
  if (error instanceof errors.JWTExpired) return tokenRefused(ACCESS.tell('EXPIRED'));
  if (error instanceof errors.JWTClaimValidationFailed) return tokenRefused(problemOf(error));
  return MALFORMED.has(error.code) ? tokenRefused(ACCESS.tell('UNREADABLE')) : undefined;
}

function problemOf({ claim, reason }: errors.JWTClaimValidationFailed): Told {
  if (reason === 'missing') return ACCESS.tell('CLAIM_MISSING', { claim });
  if (claim === 'nbf') return ACCESS.tell('NOT_VALID_YET');
  if (claim === 'aud') return ACCESS.tell('OTHER_AUDIENCE');
  return claim === 'iss' ? ACCESS.tell('OTHER_ISSUER') : ACCESS.tell('CLAIM_UNUSABLE', { claim });
}
