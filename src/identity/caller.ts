import type { Role } from './role.js';
import type { SignInWay } from './sessions/session.js';

/** A caller that we know. */
export interface Caller {
  /** As the log names them: `token:<sub>`, `key:<name>`, `ibsafe:<user id>`, `oidc:<sub>`, or `local`. Never a token. */
  readonly actor: string;
  readonly role: Role;
  /** When what they showed stops to be valid, in ms since 1970; Infinity for what does not expire by itself. */
  readonly expiresAt: number;
  /** The session that they were known by; absent for a caller that shows a token or key. */
  readonly session?: {
    readonly id: string;
    readonly way: SignInWay;
    /** ms since 1970: its end, however it is used. */ readonly endsAt: number;
  };
}

/** What a request brings along by which its sender can be known. */
export interface Credentials {
  readonly headers: {
    readonly authorization?: string | undefined;
    readonly host?: string | undefined;
    /** Whether a proxy says that it has passed the request on. */
    readonly isPassedOn?: boolean;
  };
  /** The payload of a WebSocket's `connection_init`: browsers cannot set headers there. */
  readonly connectionParams?: Readonly<Record<string, unknown>>;
  /**
   * The secret of the browser's session. A browser sends its cookie for pages of other sites too, so this may be set for a request alone of which it
   * is known that a page of this service sent it: `credentialsOf` (server/session) does so, and nothing else reads the cookie.
   */
  readonly session?: string | undefined;
}

/** Finds out who asks, on every way in. */
export interface Identity {
  /** @throws AccessRefused for a caller that is not known or may do nothing; any other error is ours */
  readonly identify: (credentials: Credentials) => Promise<Caller>;
  /**
   * Goes on looking while a connection stays open. Calls back once, when the caller may not stay: the token has expired, the key was revoked.
   * @returns how to stop looking
   */
  readonly watch: (credentials: Credentials, onRefused: (refused: Error) => void) => () => void;
}
