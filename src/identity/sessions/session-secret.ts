import { createHash, randomBytes } from 'node:crypto';

const FORM = /^[A-Za-z0-9_-]{43}$/;

/** Makes what opens a session: 32 random bytes in base64url, which the browser alone keeps. */
export function makeSessionSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether a text has the form of such a secret: others are not looked for. */
export function isSessionSecret(text: string): boolean {
  return FORM.test(text);
}

/** What the database keeps of a secret. Not a slow hash: 256 random bits are not guessed. */
export function hashSessionSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
