import type { Role } from '../role.js';

/** How a session began. */
export const SIGN_IN_WAYS = ['KEY', 'TOKEN', 'IBSAFE', 'OIDC'] as const;
export type SignInWay = (typeof SIGN_IN_WAYS)[number];

/** What a session stands on: it is checked anew with each request. */
export type Standing =
  /** An API key: as long as it is not revoked, with the role that it has then. */
  | { readonly way: 'KEY'; readonly actor: string; readonly keyPrefix: string; readonly until: number }
  /** An account of IBSafe's: as long as it is open, with the role that it has then. */
  | { readonly way: 'IBSAFE'; readonly actor: string; readonly userId: number; readonly until: number }
  /** A token or an identity provider said so, and cannot be asked again. */
  | { readonly way: 'TOKEN' | 'OIDC'; readonly actor: string; readonly role: Role; readonly until: number };

/** A session as its owner and admins may see it. */
export interface Session {
  readonly id: string;
  readonly actor: string;
  readonly way: SignInWay;
  readonly signedInAt: Date;
  /** To the minute. */
  readonly seenAt: Date;
  /** When it ends unless it is used. */
  readonly idleUntil: Date;
  /** When it ends whatever happens. */
  readonly endsAt: Date;
  readonly endedAt: Date | null;
  /** The actor that ended it; null for one that goes on or has expired. */
  readonly endedBy: string | null;
}

/** When a session is over, in ms since 1970, unless it is used or ended before. */
export function expiryOf({ idleUntil, endsAt }: Pick<Session, 'idleUntil' | 'endsAt'>): number {
  return Math.min(idleUntil.getTime(), endsAt.getTime());
}
