import { AccessRefused } from '../access-refused.js';
import { looksLikeApiKey, parseApiKey } from '../api-key.js';
import type { Caller, Identity } from '../caller.js';
import type { Page, PageRequest } from '../../database/keyset.js';
import type { SessionIdentity } from './session-identity.js';
import type { SessionStore } from './session-store.js';
import type { Session, SignInWay, Standing } from './session.js';
import { ACCESS } from '../access-words.js';

/** How long a session of IBSafe's staff may outlive the token it was opened with, in ms. */
const BEYOND_IBSAFE_TOKEN_MS = 8 * 3_600_000;

/** A session that was opened: what the browser is to keep, and until when. */
export interface OpenedSession {
  readonly secret: string;
  readonly caller: Caller;
  readonly endsAt: Date;
}

/** What the desk is made of. */
export interface SessionDeskParts {
  readonly store: SessionStore;
  /** Knows tokens and keys. */
  readonly tokens: Identity;
  /** Knows sessions; told at once of what ended here. */
  readonly identity: SessionIdentity;
  readonly ways: ReadonlySet<SignInWay>;
  /** ms since 1970. */
  readonly clock: () => number;
}

/** Where sessions are opened, listed and ended. */
export class SessionDesk {
  constructor(private readonly parts: SessionDeskParts) {}

  /** The ways to sign in here. */
  get ways(): ReadonlySet<SignInWay> {
    return this.parts.ways;
  }

  /**
   * Signs a caller in by a token or key. @param before the session that the browser had, which ends. @param check throws for a caller that is known and not
   * welcome. @throws AccessRefused as for any request with it
   */
  async signIn(token: string, before: string | undefined, check?: (caller: Caller) => void): Promise<OpenedSession> {
    const caller = await this.parts.tokens.identify({ headers: { authorization: `Bearer ${token}` } });
    check?.(caller);
    return this.open(standingOf(token, caller), before);
  }

  /** Opens a session for a caller that is known already. @throws AccessRefused when what they stand on ends in this moment */
  async open(standing: Standing, before: string | undefined): Promise<OpenedSession> {
    const { store, identity, clock } = this.parts;
    const now = clock();
    if (standing.until <= now) throw new AccessRefused('UNAUTHENTICATED', ACCESS.tell('EXPIRED'));
    const { secret, endsAt } = await store.open(standing, new Date(now));
    const caller = await identity.callerOf(secret).catch(async (error: unknown) => {
      // No browser is given its secret: it is to stand in no list.
      await store.endBySecret(secret, { at: new Date(now) }).catch(() => undefined);
      throw error;
    });
    // Only now: who is refused keeps the session they have.
    if (before !== undefined) await this.signOut(before);
    return { secret, caller, endsAt };
  }

  /** Ends the session of a secret. @returns it; undefined where there was none */
  async signOut(secret: string): Promise<Session | undefined> {
    const ended = await this.parts.store.endBySecret(secret, { at: new Date(this.now) });
    this.parts.identity.forgetSecret(secret);
    return ended;
  }

  /** Ends a session by its id. @param of the actor that it must belong to; undefined for any. @returns it; undefined where there is none that goes on */
  async revoke(id: string, by: string, of?: string): Promise<Session | undefined> {
    const ended = await this.parts.store.end(id, { by, at: new Date(this.now) }, of);
    if (ended === undefined) return undefined;
    const { hash, ...session } = ended;
    this.parts.identity.forget(hash);
    return session;
  }

  /** Ends all sessions of an actor. @returns how many there were */
  async revokeAll(actor: string, by: string): Promise<number> {
    const hashes = await this.parts.store.endAll(actor, { by, at: new Date(this.now) });
    for (const hash of hashes) this.parts.identity.forget(hash);
    return hashes.length;
  }

  /** Sessions, newest first. @param actor whose; all where it is left out */
  list(filter: { readonly actor?: string | undefined; readonly live: boolean }, page: PageRequest): Promise<Page<Session>> {
    return this.parts.store.page({ ...filter, now: new Date(this.now) }, page);
  }

  /** The time by which sessions end, in ms since 1970. */
  get now(): number {
    return this.parts.clock();
  }
}

/** What a caller who showed a token stands on, so that the session ends when that does. */
function standingOf(token: string, { actor, role, expiresAt }: Caller): Standing {
  const keyPrefix = looksLikeApiKey(token) ? parseApiKey(token)?.prefix : undefined;
  if (keyPrefix !== undefined) return { way: 'KEY', actor, keyPrefix, until: Infinity };
  const userId = /^ibsafe:(-?\d+)$/.exec(actor)?.[1];
  if (userId !== undefined) return { way: 'IBSAFE', actor, userId: Number(userId), until: expiresAt + BEYOND_IBSAFE_TOKEN_MS };
  return { way: 'TOKEN', actor, role, until: expiresAt };
}
