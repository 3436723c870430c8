import type { IncomingMessage } from 'node:http';
import type { Caller } from '../../identity/caller.js';
import type { OpenedSession, SessionDesk } from '../../identity/sessions/session-desk.js';
import type { SignInLimits } from '../../identity/sessions/sign-in-limits.js';
import type { SignInWay } from '../../identity/sessions/session.js';
import { HttpRefusal } from '../http/exchange.js';
import { isIdentityError } from '../http/identity-error.js';
import type { Logger } from '../http/options.js';
import { dropHint, hintIn } from './hint-cookie.js';
import { senderAddress } from './sender-address.js';
import { clearCookies, type PublicUrl, sessionSecretIn, setCookie } from './session-cookie.js';

/** Signs browsers in and out, for whatever page asks. Who asks has seen to it that it is a page that may. */
export interface Front {
  /** @param check throws for who is known and not welcome. @returns the cookies to set. @throws AccessRefused; HttpRefusal 429 after too many tries that failed */
  readonly signIn: (request: IncomingMessage, key: string, check?: (caller: Caller) => void) => Promise<readonly string[]>;
  /** Signs in who has been found out otherwise: within the same limits, with the same words in the log. */
  readonly admit: (request: IncomingMessage, open: (before: string | undefined) => Promise<OpenedSession>) => Promise<readonly string[]>;
  /** Does what strangers can ask for within the limits of tries: what it throws is a try that failed. @throws HttpRefusal 429 */
  readonly within: <T>(request: IncomingMessage, work: () => Promise<T>) => Promise<T>;
  /** @returns the cookies to take away, and where the browser goes from here, if anywhere */
  readonly signOut: (request: IncomingMessage) => Promise<{ readonly cookies: readonly string[]; readonly next: string | undefined }>;
}

/** What it is made of. */
export interface FrontParts {
  readonly desk: SessionDesk;
  readonly limits: SignInLimits;
  readonly publicUrl: PublicUrl;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Where a browser that signed in by a way goes when it signs out. @param hint the ID token that it kept */
  readonly afterSignOut: (way: SignInWay, hint: string | undefined) => Promise<string | undefined>;
}

/** The front of a service that people sign in to. */
export class SignInFront implements Front {
  constructor(private readonly parts: FrontParts) {}

  readonly signIn: Front['signIn'] = (request, key, check) =>
    this.admit(request, (before) => this.parts.desk.signIn(key.trim().replace(/^Bearer\s+/i, ''), before, check));

  readonly within: Front['within'] = async (request, work) => {
    const attempt = this.parts.limits.begin(senderAddress(request));
    if ('waitS' in attempt) throw tooMany(attempt.waitS);
    const done = await work();
    attempt.succeeded();
    return done;
  };

  readonly admit: Front['admit'] = async (request, open) => {
    const { desk, logger, publicUrl } = this.parts;
    const { secret, caller, endsAt } = await this.within(request, () => open(sessionSecretIn(request.headers, publicUrl))).catch(
      (error: unknown) => {
        if (isIdentityError(error)) logger.warn({ code: error.code }, 'signing in was refused');
        throw error;
      },
    );
    logger.info({ actor: caller.actor, way: caller.session?.way }, 'signed in');
    return [setCookie(request.headers, publicUrl, { secret, maxAgeS: (endsAt.getTime() - desk.now) / 1_000 })];
  };

  readonly signOut: Front['signOut'] = async ({ headers }) => {
    const { desk, logger, publicUrl, afterSignOut } = this.parts;
    const secret = sessionSecretIn(headers, publicUrl);
    const ended = secret === undefined ? undefined : await desk.signOut(secret);
    if (ended !== undefined) logger.info({ actor: ended.actor, way: ended.way }, 'signed out');
    const next = ended && (await afterSignOut(ended.way, hintIn(headers, publicUrl)));
    return { cookies: [...clearCookies(headers, publicUrl), ...dropHint(headers, publicUrl)], next };
  };
}

function tooMany(waitS: number): HttpRefusal {
  const message = `Too many tries to sign in failed. Wait ${waitS} s, then try again with a key that is valid.`;
  return new HttpRefusal(429, 'TOO_MANY_SIGN_INS', message, ['retry-after', String(waitS)]);
}
