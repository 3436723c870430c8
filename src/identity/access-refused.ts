import type { Said, Told } from '../domain/said.js';

/** Why, for a way in that has a word for each: nothing was shown, it has another form than `Bearer <token>`, the token is no good, its account is closed, or there is none. */
export type RefusedWhy = 'NOTHING_SHOWN' | 'FORM' | 'TOKEN' | 'ACCOUNT_CLOSED' | 'ACCOUNT_UNKNOWN';

/**
 * A caller is not let in. `UNAUTHENTICATED`: we do not know who asks (401, or 4401 on a WebSocket). `FORBIDDEN`: we do, and they may not
 * (403, 4403). The message is shown to the caller and says what to do; it never quotes what was shown to us. Transports know it by its name.
 */
export class AccessRefused extends Error {
  override readonly name = 'IdentityError';
  /** The message before it is in a language. */
  readonly said: Said;

  constructor(
    readonly code: 'UNAUTHENTICATED' | 'FORBIDDEN',
    { text, said }: Told,
    readonly why?: RefusedWhy,
  ) {
    super(text);
    this.said = said;
  }
}

/** A token or key that cannot be taken. */
export function tokenRefused(told: Told): AccessRefused {
  return new AccessRefused('UNAUTHENTICATED', told, 'TOKEN');
}
