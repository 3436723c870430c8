import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The two parts of an API key: what it is found by, which may be shown, and what proves it, which may not. */
export interface ApiKeyParts {
  /** 8 characters, unique. */
  readonly prefix: string;
  /** 32 random bytes in base64url. */
  readonly secret: string;
}

const PREFIX_ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const FORM = /^ibk_([a-z2-7]{8})_([A-Za-z0-9_-]{43})$/;

/** Whether a bearer token claims to be an API key. */
export function looksLikeApiKey(token: string): boolean {
  return token.startsWith('ibk_');
}

/** Takes an API key apart; undefined when it has another form. */
export function parseApiKey(token: string): ApiKeyParts | undefined {
  const [, prefix, secret] = FORM.exec(token) ?? [];
  return prefix === undefined || secret === undefined ? undefined : { prefix, secret };
}

/** Makes a key. @param bytes 40 random bytes; tests give their own */
export function makeApiKey(bytes: Buffer = randomBytes(40)): ApiKeyParts {
  const prefix = [...bytes.subarray(0, 8)].map((byte) => PREFIX_ALPHABET[byte % PREFIX_ALPHABET.length]).join('');
  return { prefix, secret: bytes.subarray(8, 40).toString('base64url') };
}

/** A key as its owner is given it. */
export function writeApiKey({ prefix, secret }: ApiKeyParts): string {
  return `ibk_${prefix}_${secret}`;
}

/** What is kept of a secret. A fast hash will do: unlike a password, 32 random bytes cannot be guessed. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Whether a secret is the one of a hash, in a time that tells nothing of how much of it is right. */
export function isSecretOf(secret: string, hash: Buffer): boolean {
  const found = hashSecret(secret);
  return found.length === hash.length && timingSafeEqual(found, hash);
}
