import type { Role } from './role.js';

/** Somebody we know. */
export interface Caller {
  /** As the log names them: `token:<sub>`, `key:<name>`, `ibsafe:<user id>`, or `local`. Never a token. */
  readonly actor: string;
  readonly role: Role;
  /** When what they showed stops to be valid, in ms since 1970; Infinity for what does not expire by itself. */
  readonly expiresAt: number;
}

/** What a request brings along by which its sender can be known. */
export interface Credentials {
  readonly headers: { readonly authorization?: string | undefined; readonly host?: string | undefined };
  /** The payload of a WebSocket's `connection_init`: browsers cannot set headers there. */
  readonly connectionParams?: Readonly<Record<string, unknown>>;
}

/** Finds out who asks, on every way in. */
export interface Identity {
  /** @throws AccessRefused for who is not known or may do nothing; any other error is ours */
  readonly identify: (credentials: Credentials) => Promise<Caller>;
  /**
   * Goes on looking while a connection stays open. Calls back once, when the caller may not stay: the token has expired, the key was revoked.
   * @returns how to stop looking
   */
  readonly watch: (credentials: Credentials, onRefused: (refused: Error) => void) => () => void;
}
