import { createHmac, randomBytes } from 'node:crypto';

/** What binds the way to a provider and back to one browser. */
export interface SignInFlow {
  /** 32 random bytes in base64url: the browser's cookie for the time of the way. */
  readonly secret: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

const FORM = /^[A-Za-z0-9_-]{43}$/;

/** Begins a way. Nothing is kept here: a stranger who begins many costs nothing, and any process can answer the return. */
export function newFlow(): SignInFlow {
  return flowOf(randomBytes(32).toString('base64url'));
}

/** The way that a browser's cookie stands for; undefined for a text that is none of ours. */
export function flowOfSecret(secret: string): SignInFlow | undefined {
  return FORM.test(secret) ? flowOf(secret) : undefined;
}

/** State, nonce and verifier are the secret's, each by another word: the browser alone can answer all three, and none tells another. */
function flowOf(secret: string): SignInFlow {
  const derived = (what: string): string => createHmac('sha256', secret).update(`sign-in ${what}`).digest('base64url');
  return { secret, state: derived('state'), nonce: derived('nonce'), codeVerifier: derived('verifier') };
}
