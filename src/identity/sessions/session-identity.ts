import type { Caller, Credentials, Identity } from '../caller.js';
import { showsBearer, watchCaller } from '../token-identity.js';
import { CallerCache, REMEMBER_MS } from '../caller-cache.js';
import { hashSessionSecret } from './session-store.js';
import { readSession, type SessionReading } from './session-reader.js';

/** Knows callers by what they show, else by their session. What is shown counts alone: no session opens what a bad token closes. */
export class SessionIdentity implements Identity {
  /** Of requests, which renew a session, and of looks after open connections, which do not. */
  private readonly asked: CallerCache;
  private readonly watched: CallerCache;

  constructor(
    private readonly tokens: Identity,
    reading: SessionReading,
    private readonly rememberMs: number = REMEMBER_MS,
  ) {
    const { clock } = reading;
    this.clock = clock;
    this.asked = new CallerCache((secret) => readSession(secret, true, reading), clock, rememberMs);
    this.watched = new CallerCache((secret) => readSession(secret, false, reading), clock, rememberMs);
  }

  private readonly clock: () => number;

  readonly identify = (credentials: Credentials): Promise<Caller> => {
    const { session } = credentials;
    return session === undefined || showsBearer(credentials) ? this.tokens.identify(credentials) : this.callerOf(session);
  };

  readonly watch: Identity['watch'] = (credentials, onRefused) => {
    const { session } = credentials;
    if (session === undefined || showsBearer(credentials)) return this.tokens.watch(credentials, onRefused);
    return watchCaller({ ask: () => this.watched.callerOf(session), onRefused, clock: this.clock, everyMs: this.rememberMs });
  };

  /** The caller of a session's secret. @throws AccessRefused */
  callerOf(secret: string): Promise<Caller> {
    return this.asked.callerOf(secret);
  }

  /** Forgets at once who a session spoke for: it was ended in this process. Others forget within some seconds. @param hash of its secret */
  forget(hash: Buffer): void {
    for (const cache of [this.asked, this.watched]) cache.forget(hash.toString('base64url'));
  }

  /** As `forget`, by the secret itself. */
  forgetSecret(secret: string): void {
    this.forget(hashSessionSecret(secret));
  }
}
