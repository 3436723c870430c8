import { ConfigError, type Config } from '../config/config.js';
import { SETTINGS } from '../config/config-words.js';
import type { Told } from '../domain/said.js';
import type { SignInWay } from '../identity/sessions/session.js';
import type { SessionLimits } from '../identity/sessions/session-store.js';
import { isLoopback } from '../base/loopback.js';

/** How callers are known: by what they show, or, on a service that only this machine can reach, not at all. */
export type Authentication = { readonly kind: 'local' } | ({ readonly kind: 'tokens'; readonly apiKeys: boolean } & TokenSettings);

type TokenSettings = Pick<
  Config,
  | 'AUTH_JWT_SECRET'
  | 'AUTH_JWKS_URL'
  | 'AUTH_JWT_ISSUER'
  | 'AUTH_JWT_AUDIENCE'
  | 'AUTH_ROLE_CLAIM'
  | 'AUTH_IBSAFE_JWT_SECRET'
  | 'CONSOLE_URL'
  | 'CONSOLE_APP_ORIGINS'
  | 'OIDC_ISSUER'
  | 'OIDC_CLIENT_ID'
  | 'OIDC_CLIENT_SECRET'
  | 'OIDC_SCOPES'
  | 'OIDC_ROLES_CLAIM'
  | 'OIDC_ROLES'
  | 'SESSION_IDLE_MINUTES'
  | 'SESSION_HOURS'
>;

const { tell } = SETTINGS;
const WAYS = tell('WAYS');

/**
 * What the configuration says of callers. Without any way to know them every caller is admin, which is refused in production and on an address
 * that others can reach. @throws ConfigError naming the variables
 */
export function authenticationOf(config: Config): Authentication {
  const problems = hasTokens(config) || config.AUTH_API_KEYS === 'on' ? tokenProblems(config) : openProblems(config);
  if (problems.length > 0) throw new ConfigError(problems);
  if (!hasTokens(config) && config.AUTH_API_KEYS !== 'on') return { kind: 'local' };
  return { ...config, kind: 'tokens', apiKeys: config.AUTH_API_KEYS !== 'off' };
}

/** A line for the start of the service: every caller on this machine is admin; undefined when callers must identify themselves. */
export function openDoorLine(config: Config): string | undefined {
  if (authenticationOf(config).kind === 'tokens') return undefined;
  return `No authentication: every caller on this machine is admin ("local"). To ask for tokens or keys set ${WAYS.text}.`;
}

/** Why a service with these settings takes no API key, and what makes it take one; undefined where it does. */
export function whyNoKeys(config: Config): Told | undefined {
  const { AUTH_API_KEYS: keys } = config;
  if (keys === 'on' || (keys === 'auto' && hasTokens(config))) return undefined;
  if (keys === 'auto') return tell('KEYS_AUTO_AND_OPEN');
  return hasTokens(config) ? tell('KEYS_OFF') : tell('KEYS_OFF_AND_OPEN');
}

/** The ways to sign in on a service with these settings. A session by a way that is no more is over. */
export function signInWays(settings: Extract<Authentication, { kind: 'tokens' }>): ReadonlySet<SignInWay> {
  const { AUTH_JWT_SECRET, AUTH_JWKS_URL, AUTH_IBSAFE_JWT_SECRET, apiKeys } = settings;
  const ways: readonly (readonly [SignInWay, boolean])[] = [
    ['KEY', apiKeys],
    ['TOKEN', AUTH_JWT_SECRET !== undefined || AUTH_JWKS_URL !== undefined],
    ['IBSAFE', AUTH_IBSAFE_JWT_SECRET !== undefined],
    ['OIDC', settings.OIDC_ISSUER !== undefined],
  ];
  return new Set(ways.flatMap(([way, isOpen]) => (isOpen ? [way] : [])));
}

/** How long sessions last with these settings. */
export function sessionLimits(config: Pick<Config, 'SESSION_IDLE_MINUTES' | 'SESSION_HOURS'>): SessionLimits {
  return { idleMs: config.SESSION_IDLE_MINUTES * 60_000, longestMs: config.SESSION_HOURS * 3_600_000 };
}

function hasTokens(settings: Pick<TokenSettings, 'AUTH_JWT_SECRET' | 'AUTH_JWKS_URL' | 'AUTH_IBSAFE_JWT_SECRET' | 'OIDC_ISSUER'>): boolean {
  const { AUTH_JWT_SECRET, AUTH_JWKS_URL, AUTH_IBSAFE_JWT_SECRET, OIDC_ISSUER } = settings;
  return [AUTH_JWT_SECRET, AUTH_JWKS_URL, AUTH_IBSAFE_JWT_SECRET, OIDC_ISSUER].some((way) => way !== undefined);
}

function openProblems({ NODE_ENV, HOST, AUTH_JWT_ISSUER, AUTH_JWT_AUDIENCE }: Config): Told[] {
  const problems: Told[] = [];
  if (NODE_ENV === 'production') problems.push(tell('NO_AUTHENTICATION', { ways: WAYS.said }));
  else if (!isLoopback(HOST)) problems.push(tell('OPEN_TO_OTHERS', { host: HOST, ways: WAYS.said }));
  // An installation that sets these means to ask for tokens.
  if (AUTH_JWT_ISSUER !== undefined) problems.push(uselessWithoutKeys('AUTH_JWT_ISSUER'));
  if (AUTH_JWT_AUDIENCE !== undefined) problems.push(uselessWithoutKeys('AUTH_JWT_AUDIENCE'));
  return problems;
}

function uselessWithoutKeys(name: string): Told {
  return tell('USELESS_OF_TWO', { name, one: 'AUTH_JWT_SECRET', other: 'AUTH_JWKS_URL' });
}

function tokenProblems(config: TokenSettings): Told[] {
  const { AUTH_JWKS_URL, AUTH_JWT_ISSUER, AUTH_JWT_AUDIENCE, AUTH_JWT_SECRET, AUTH_IBSAFE_JWT_SECRET } = config;
  const problems: Told[] = oidcProblems(config);
  // An identity provider signs for many services with the same keys: without both, a token for any of them would do.
  if (AUTH_JWKS_URL !== undefined && AUTH_JWT_ISSUER === undefined)
    problems.push(tell('NEEDED', { name: 'AUTH_JWT_ISSUER', other: 'AUTH_JWKS_URL' }));
  if (AUTH_JWKS_URL !== undefined && AUTH_JWT_AUDIENCE === undefined)
    problems.push(tell('NEEDED', { name: 'AUTH_JWT_AUDIENCE', other: 'AUTH_JWKS_URL' }));
  if (config.CONSOLE_APP_ORIGINS !== undefined && AUTH_IBSAFE_JWT_SECRET === undefined)
    problems.push(tell('USELESS', { name: 'CONSOLE_APP_ORIGINS', other: 'AUTH_IBSAFE_JWT_SECRET' }));
  if (AUTH_JWT_SECRET !== undefined && AUTH_JWT_SECRET === AUTH_IBSAFE_JWT_SECRET) {
    problems.push(tell('SHARED_SECRET'));
  }
  return problems;
}

/** Without roles every account would be refused, and without an address of ours the provider could not send the browser back. */
function oidcProblems(config: TokenSettings): Told[] {
  const { OIDC_ISSUER } = config;
  if (OIDC_ISSUER !== undefined) {
    const needed = (['OIDC_CLIENT_ID', 'OIDC_ROLES', 'CONSOLE_URL'] as const).filter((name) => config[name] === undefined);
    return needed.map((name) => tell('NEEDED', { name, other: 'OIDC_ISSUER' }));
  }
  const useless = (['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_ROLES'] as const).filter((name) => config[name] !== undefined);
  return useless.map((name) => tell('USELESS', { name, other: 'OIDC_ISSUER' }));
}
