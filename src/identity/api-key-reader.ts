import { asTyped } from '../base/as-typed.js';
import { tokenRefused } from './access-refused.js';
import { isSecretOf, parseApiKey } from './api-key.js';
import type { ApiKeyStore } from './api-key-store.js';
import type { Caller } from './caller.js';
import { ACCESS } from './access-words.js';

/** A hash that no secret has: a key that does not exist takes as long to refuse as a wrong one. */
const NOBODY = Buffer.alloc(32);

/** The caller of an API key. @throws AccessRefused for a key that does not exist, was revoked, or has another secret: all with the same words */
export async function readApiKey(token: string, keys: Pick<ApiKeyStore, 'find' | 'noteUse'>): Promise<Caller> {
  const parts = parseApiKey(token);
  if (parts === undefined) throw keyRefused();
  const stored = await keys.find(parts.prefix);
  const isRight = isSecretOf(parts.secret, stored?.secretHash ?? NOBODY);
  if (stored === undefined || !isRight) throw keyRefused();
  // A database that takes no writes for the moment must not keep a caller out.
  if (stored.isUnnoted) await keys.noteUse(parts.prefix).catch(() => undefined);
  return { actor: `key:${stored.name}`, role: stored.role, expiresAt: Infinity };
}

function keyRefused(): Error {
  return tokenRefused(ACCESS.tell('NO_KEY', { command: asTyped('key create') }));
}
