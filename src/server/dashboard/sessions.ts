import { createHash, randomBytes } from 'node:crypto';

/** How long (ms) a browser stays signed in: a working day. */
export const SESSION_MS = 8 * 3_600_000;
/** Sign-ins at once; the oldest gives way. */
const MAX_SESSIONS = 1_000;

/**
 * Browsers that have signed in. A session stands for the token or key that was shown, which is checked anew with every request: what is
 * revoked opens no door. In this process's memory only, so behind a load balancer sign-ins must stay with one process.
 */
export class Sessions {
  private readonly tokens = new Map<string, { readonly token: string; readonly until: number }>();

  /** @param clock ms since 1970 */
  constructor(private readonly clock: () => number) {}

  /** Opens a session for a token. @returns its id, 32 random bytes, which only the browser knows: here is but a hash of it */
  open(token: string): string {
    const id = randomBytes(32).toString('base64url');
    const now = this.clock();
    for (const [key, { until }] of this.tokens) if (until <= now) this.tokens.delete(key);
    const oldest = this.tokens.size >= MAX_SESSIONS ? this.tokens.keys().next().value : undefined;
    if (oldest !== undefined) this.tokens.delete(oldest);
    this.tokens.set(keyOf(id), { token, until: now + SESSION_MS });
    return id;
  }

  /** The token that a session stands for; undefined when there is no such session any more. */
  tokenOf(id: string): string | undefined {
    const session = this.tokens.get(keyOf(id));
    return session !== undefined && this.clock() < session.until ? session.token : undefined;
  }

  close(id: string): void {
    this.tokens.delete(keyOf(id));
  }
}

function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
