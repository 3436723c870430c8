import type { IncomingMessage, IncomingHttpHeaders } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Caller } from '../../identity/caller.js';
import type { OpenedSession, SessionDesk } from '../../identity/sessions/session-desk.js';
import { SignInLimits, TRIES_AT_A_PROVIDER } from '../../identity/sessions/sign-in-limits.js';
import type { SignInWay } from '../../identity/sessions/session.js';
import { SignInProblem } from '../../identity/oidc/oidc-provider.js';
import { HttpRefusal } from '../http/exchange.js';
import { isIdentityError } from '../http/identity-error.js';
import type { Logger } from '../http/options.js';
import { clearCookies, type PublicUrl, sessionSecretIn, setCookie, isHttps } from './session-cookie.js';
import { RefusalsTold } from './refusals-told.js';
import { SESSION_PATH } from '../http/paths.js';
import { HTTP } from '../http/http-words.js';

/** `__Secure-` and no `__Host-`: the latter goes with every request of the host, and this one is for signing out alone. */
const SECURE = '__Secure-ibsafe-batch-hint';
const PLAIN = 'ibsafe-batch-hint';
/** Browsers take 4,096 bytes of a cookie, its name and attributes included. */
const MAX_TOKEN_LENGTH = 3_800;
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Has the browser keep the ID token with which it came back from the provider, to show it there when it signs out: providers ask for it, and end the right
 * session by it without a question. The service keeps no copy: what the token says of a person stays with that person. It goes when the browser is closed.
 * @returns the `set-cookie`; none for a token that no cookie can hold
 */
export function keepHint(headers: IncomingHttpHeaders, publicUrl: PublicUrl, idToken: string): string[] {
  return TOKEN.test(idToken) && idToken.length <= MAX_TOKEN_LENGTH ? [cookie(headers, publicUrl, idToken)] : [];
}

/** The ID token that a browser kept; undefined where it has none. */
function hintIn(headers: IncomingHttpHeaders, publicUrl: PublicUrl): string | undefined {
  const start = `${isHttps(headers, publicUrl) ? SECURE : PLAIN}=`;
  const values = (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(start))
    .map((pair) => pair.slice(start.length));
  // Of two, one was planted.
  return values.length === 1 && TOKEN.test(values[0] ?? '') ? values[0] : undefined;
}

/** What takes it away, where there is one. */
function dropHint(headers: IncomingHttpHeaders, publicUrl: PublicUrl): string[] {
  return hintIn(headers, publicUrl) === undefined ? [] : [`${cookie(headers, publicUrl, '')}; Max-Age=0`];
}

function cookie(headers: IncomingHttpHeaders, publicUrl: PublicUrl, value: string): string {
  const secure = isHttps(headers, publicUrl);
  return `${secure ? SECURE : PLAIN}=${value}; Path=${SESSION_PATH}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}

/** Signs browsers in and out, for whatever page asks. Who asks has seen to it that it is a page that may. */
export interface Front {
  /** @param check throws for a caller that is known and not welcome. @returns the cookies to set. @throws AccessRefused; HttpRefusal 429 after too many tries that failed */
  readonly signIn: (request: IncomingMessage, key: string, check?: (caller: Caller) => void) => Promise<readonly string[]>;
  /** Signs in who is found out by asking a provider: within limits of its own, with the same words in the log. @throws HttpRefusal 429 */
  readonly admit: (request: IncomingMessage, open: (before: string | undefined) => Promise<OpenedSession>) => Promise<readonly string[]>;
  /** Asks a provider on behalf of strangers, within the same limits: what it throws is a try that failed. @throws HttpRefusal 429 */
  readonly atProvider: <T>(request: IncomingMessage, work: () => Promise<T>) => Promise<T>;
  /** Logs that a sign-in was refused, of many few. */
  readonly refused: (fields: object, message: string) => void;
  /** @returns the cookies to take away, and where the browser goes from here, if anywhere */
  readonly signOut: (request: IncomingMessage) => Promise<{ readonly cookies: readonly string[]; readonly next: string | undefined }>;
}

/** What it is made of. */
export interface FrontParts {
  readonly desk: SessionDesk;
  readonly publicUrl: PublicUrl;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** ms since 1970. */
  readonly clock: () => number;
  /** Where a browser that signed in by a way goes when it signs out. @param hint the ID token that it kept */
  readonly afterSignOut: (way: SignInWay, hint: string | undefined) => Promise<string | undefined>;
}

/** The front of a service that people sign in to. */
export class SignInFront implements Front {
  private readonly limits: SignInLimits;
  private readonly limitsAtProvider: SignInLimits;
  private readonly refusals: RefusalsTold;

  constructor(private readonly parts: FrontParts) {
    const { clock, logger } = parts;
    this.limits = new SignInLimits(clock);
    this.limitsAtProvider = new SignInLimits(clock, TRIES_AT_A_PROVIDER);
    this.refusals = new RefusalsTold(logger, clock);
  }

  readonly signIn: Front['signIn'] = (request, key, check) => {
    const { desk } = this.parts;
    const token = key.trim().replace(/^Bearer\s+/i, '');
    return this.opened(request, (before) => within(this.limits, request, () => desk.signIn(token, before, check)));
  };

  readonly atProvider: Front['atProvider'] = (request, work) => within(this.limitsAtProvider, request, work);

  readonly admit: Front['admit'] = (request, open) => this.opened(request, (before) => this.atProvider(request, () => open(before)));

  readonly refused: Front['refused'] = (fields, message) => this.refusals.tell(fields, message);

  private async opened(request: IncomingMessage, open: (before: string | undefined) => Promise<OpenedSession>): Promise<readonly string[]> {
    const { desk, logger, publicUrl } = this.parts;
    const { secret, caller, endsAt } = await open(sessionSecretIn(request.headers, publicUrl)).catch((error: unknown) => {
      if (isIdentityError(error)) this.refused({ code: error.code }, 'signing in was refused');
      throw error;
    });
    logger.info({ actor: caller.actor, way: caller.session?.way }, 'signed in');
    return [setCookie(request.headers, publicUrl, { secret, maxAgeS: (endsAt.getTime() - desk.now) / 1_000 })];
  }

  readonly signOut: Front['signOut'] = async ({ headers }) => {
    const { desk, logger, publicUrl, afterSignOut } = this.parts;
    const secret = sessionSecretIn(headers, publicUrl);
    const ended = secret === undefined ? undefined : await desk.signOut(secret);
    if (ended !== undefined) logger.info({ actor: ended.actor, way: ended.way }, 'signed out');
    const next = ended && (await afterSignOut(ended.way, hintIn(headers, publicUrl)));
    return { cookies: [...clearCookies(headers, publicUrl), ...dropHint(headers, publicUrl)], next };
  };
}

/** @throws HttpRefusal 429 */
async function within<T>(limits: SignInLimits, request: IncomingMessage, work: () => Promise<T>): Promise<T> {
  const attempt = limits.begin(senderAddress(request));
  if ('waitS' in attempt) throw tooMany(attempt.waitS);
  try {
    const done = await work();
    attempt.takeBack();
    return done;
  } catch (error) {
    if (!isTheirs(error)) attempt.takeBack();
    throw error;
  }
}

/** Whether a try failed by what was shown or by the provider, which was asked in vain. A database that is locked or away says nothing of the person that signs in. */
function isTheirs(error: unknown): boolean {
  return isIdentityError(error) || error instanceof HttpRefusal || error instanceof SignInProblem;
}

function tooMany(waitS: number): HttpRefusal {
  return new HttpRefusal(429, 'TOO_MANY_SIGN_INS', HTTP.tell('TOO_MANY_SIGN_INS', { wait: waitS }), ['retry-after', String(waitS)]);
}

/**
 * Whose tries to sign in are counted together: the address that is connected, and, where a proxy passes requests on, the one that it says last. A client
 * that is no proxy can make that up, and is counted by what it says: it gains tries by it, and takes none from others. Of an address of IPv6 the network
 * counts, whose 2^64 addresses belong to one customer.
 */
function senderAddress({ socket, headers }: IncomingMessage): string {
  const said =
    String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .at(-1)
      ?.trim()
      .slice(0, 64) ?? '';
  return `${networkOf(socket.remoteAddress ?? '')} ${networkOf(said)}`;
}

/** The first 64 bits of an address of IPv6; any other text as it is. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [before = '', after] = address.split('%', 1)[0]?.split('::') ?? [];
  const [first, last] = [before, after ?? ''].map((part) => part.split(':').filter((group) => group !== '')) as [string[], string[]];
  const gap = after === undefined ? [] : Array.from({ length: 8 - first.length - last.length }, () => '0');
  const groups = [...first, ...gap, ...last].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}
