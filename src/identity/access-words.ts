import { sentencesOf } from '../domain/said.js';

/** Why a caller is not let in. In Korean: `data/codes`, group `Access`. */
export const ACCESS = sentencesOf('Access', {
  NOTHING_SHOWN: 'Sign in: send the header "authorization: Bearer <token or API key>", or sign in on the console.',
  FORM: 'Expected "Bearer <token or API key>", found another form.',
  TOO_LONG: 'This token is longer than {most} characters.',
  NO_TOKEN: 'This token is neither an API key nor a JSON Web Token.',
  UNREADABLE: 'This token is not a JSON Web Token that can be read here.',
  SIGNED_OTHERWISE: 'This token is signed in a way that is not accepted here.',
  SIGNED_BY_OTHERS: 'This token is not signed by a key that is trusted here.',
  EXPIRED: 'This token has expired: sign in again.',
  NOT_VALID_YET: 'This token is not valid yet.',
  OTHER_AUDIENCE: 'This token is for another audience.',
  OTHER_ISSUER: 'This token is by another issuer.',
  CLAIM_MISSING: 'This token lacks the claim "{claim}".',
  CLAIM_UNUSABLE: 'This token has a claim "{claim}" that cannot be used.',
  SUBJECT_UNUSABLE: 'This token has a claim "sub" that cannot be used: expected 1 to {most} characters.',
  FOR_AN_AUDIENCE: 'This token is for an audience, and this service has no name: set AUTH_JWT_AUDIENCE.',
  NO_ROLE: 'This token gives no role here: expected "{claim}" to be one of {roles}.',
  NO_KEY: 'This token is no API key in use: ask an admin for one ("{command}").',
  NO_ACCESS_TOKEN: 'This token is not an access token: ask IBSafe for one.',
  NOT_OF_IBSAFE: 'This is no access token of IBSafe.',
  ACCOUNT_CLOSED: 'This account of IBSafe is closed.',
  ACCOUNT_WITHOUT_ROLE: 'This account has no role here: IBSafe’s staff may run batches, its superusers may do everything.',
  SESSION_OVER: 'This session is over: sign in again.',
  SESSION_KEY_REVOKED: 'This session was opened with an API key that was revoked: sign in again.',
  ONLY_LOCALHOST:
    'Without authentication this service answers only to localhost. For other names, configure AUTH_JWT_SECRET, AUTH_JWKS_URL or AUTH_API_KEYS=on.',
  NO_PROXY:
    'Without authentication this service answers no proxy, behind which anyone may be: configure AUTH_JWT_SECRET, AUTH_JWKS_URL or AUTH_API_KEYS=on.',
});
