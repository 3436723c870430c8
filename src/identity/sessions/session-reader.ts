import { AccessRefused } from '../access-refused.js';
import type { Caller } from '../caller.js';
import { callerOfAccount, type FindAccount } from '../ibsafe-tokens.js';
import { isSessionSecret, type SessionStore, type StoredSession } from './session-store.js';
import { expiryOf, type SignInWay } from './session.js';
import { ACCESS } from '../access-words.js';

/** A session's use is noted at most this often (ms): a write for each request would cost more than the request. */
const NOTE_MS = 60_000;

/** What sessions are read with. */
export interface SessionReading {
  readonly store: Pick<SessionStore, 'find' | 'renew'>;
  /** Ways that the configuration still allows: a session by another one is over. */
  readonly ways: ReadonlySet<SignInWay>;
  readonly findAccount: FindAccount;
  /** ms since 1970. */
  readonly clock: () => number;
}

/**
 * The caller of a session's secret, by what the session stands on now. @param use whether this is a request, which renews the session; looking after a
 * connection that stays open does not
 * @throws AccessRefused for a session that has ended or never was, with the same words, and for one whose key was revoked or account closed
 */
export async function readSession(secret: string, use: boolean, reading: SessionReading): Promise<Caller> {
  const { store, ways, findAccount, clock } = reading;
  const found = isSessionSecret(secret) ? await store.find(secret) : undefined;
  const now = clock();
  if (found === undefined || !ways.has(found.way) || expiryOf(found) <= now)
    throw new AccessRefused('UNAUTHENTICATED', ACCESS.tell('SESSION_OVER'));
  const { actor, role } = await standingOf(found, findAccount);
  const expiresAt = use && isUnnoted(found, now) ? await renewed(found, store, now) : expiryOf(found);
  return { actor, role, expiresAt, session: { id: found.id, way: found.way, endsAt: found.endsAt.getTime() } };
}

async function standingOf({ actor, role, userId }: StoredSession, findAccount: FindAccount): Promise<Pick<Caller, 'actor' | 'role'>> {
  if (userId !== null) return callerOfAccount(userId, await findAccount(userId), Infinity);
  if (role === null) throw new AccessRefused('UNAUTHENTICATED', ACCESS.tell('SESSION_KEY_REVOKED'));
  return { actor, role };
}

/** A clock that was set back must not keep a session from being renewed. */
function isUnnoted({ seenAt }: StoredSession, now: number): boolean {
  return Math.abs(now - seenAt.getTime()) >= NOTE_MS;
}

/** A database that takes no writes for the moment must not keep a caller out. */
async function renewed(found: StoredSession, store: SessionReading['store'], now: number): Promise<number> {
  const idleUntil = await store.renew(found.id, new Date(now)).catch(() => found.idleUntil);
  return expiryOf({ idleUntil, endsAt: found.endsAt });
}
