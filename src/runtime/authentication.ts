import { ConfigError, type Config } from '../config.js';
import type { SignInWay } from '../identity/sessions/session.js';
import type { SessionLimits } from '../identity/sessions/session-store.js';
import { isLoopback } from '../loopback.js';

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

const WAYS = 'AUTH_JWT_SECRET, AUTH_JWKS_URL, AUTH_IBSAFE_JWT_SECRET, OIDC_ISSUER or AUTH_API_KEYS=on';

/**
 * What the configuration says of callers. Without any way to know them every caller is admin, which is refused in production and on an address
 * that others can reach. @throws ConfigError naming the variables
 */
export function authenticationOf(config: Config): Authentication {
  const problems = hasTokens(config) || config.AUTH_API_KEYS === 'on' ? tokenProblems(config) : openProblems(config);
  if (problems.length > 0) throw new ConfigError(`The configuration cannot be used:\n${problems.map((line) => `  ${line}`).join('\n')}`);
  if (!hasTokens(config) && config.AUTH_API_KEYS !== 'on') return { kind: 'local' };
  return { ...config, kind: 'tokens', apiKeys: config.AUTH_API_KEYS !== 'off' };
}

/** A line for the start of the service: every caller on this machine is admin; undefined when callers must identify themselves. */
export function openDoorLine(config: Config): string | undefined {
  if (authenticationOf(config).kind === 'tokens') return undefined;
  return `No authentication: every caller on this machine is admin ("local"). To ask for tokens or keys set ${WAYS}.`;
}

/** Why a service with these settings takes no API key, and what makes it take one; undefined where it does. */
export function whyNoKeys(config: Config): string | undefined {
  const { AUTH_API_KEYS: keys } = config;
  if (keys === 'on' || (keys === 'auto' && hasTokens(config))) return undefined;
  const found = keys === 'off' ? 'AUTH_API_KEYS is off' : 'AUTH_API_KEYS is auto, and no other way to know callers is set';
  const asks = hasTokens(config) ? 'takes tokens and no keys' : 'asks no caller for a key';
  return `${found}: a service with these settings ${asks}. Set AUTH_API_KEYS=on and start it again.`;
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

function openProblems({ NODE_ENV, HOST, AUTH_JWT_ISSUER, AUTH_JWT_AUDIENCE }: Config): string[] {
  const problems: string[] = [];
  if (NODE_ENV === 'production') problems.push(`NODE_ENV: production needs authentication, found none. Set ${WAYS}`);
  else if (!isLoopback(HOST))
    problems.push(`HOST: other machines can reach ${HOST}, and every caller would be admin. Set ${WAYS}, or HOST=127.0.0.1`);
  // An installation that sets these means to ask for tokens.
  if (AUTH_JWT_ISSUER !== undefined) problems.push('AUTH_JWT_ISSUER: of no use without AUTH_JWT_SECRET or AUTH_JWKS_URL');
  if (AUTH_JWT_AUDIENCE !== undefined) problems.push('AUTH_JWT_AUDIENCE: of no use without AUTH_JWT_SECRET or AUTH_JWKS_URL');
  return problems;
}

function tokenProblems(config: TokenSettings): string[] {
  const { AUTH_JWKS_URL, AUTH_JWT_ISSUER, AUTH_JWT_AUDIENCE, AUTH_JWT_SECRET, AUTH_IBSAFE_JWT_SECRET } = config;
  const problems: string[] = oidcProblems(config);
  // An identity provider signs for many services with the same keys: without both, a token for any of them would do.
  if (AUTH_JWKS_URL !== undefined && AUTH_JWT_ISSUER === undefined)
    problems.push('AUTH_JWT_ISSUER: needed with AUTH_JWKS_URL, found nothing');
  if (AUTH_JWKS_URL !== undefined && AUTH_JWT_AUDIENCE === undefined)
    problems.push('AUTH_JWT_AUDIENCE: needed with AUTH_JWKS_URL, found nothing');
  if (config.CONSOLE_APP_ORIGINS !== undefined && AUTH_IBSAFE_JWT_SECRET === undefined)
    problems.push('CONSOLE_APP_ORIGINS: of no use without AUTH_IBSAFE_JWT_SECRET');
  if (AUTH_JWT_SECRET !== undefined && AUTH_JWT_SECRET === AUTH_IBSAFE_JWT_SECRET) {
    problems.push(
      'AUTH_JWT_SECRET: expected a secret of its own, found that of AUTH_IBSAFE_JWT_SECRET, with which patients’ tokens are signed',
    );
  }
  return problems;
}

/** Without roles every account would be refused, and without an address of ours the provider could not send the browser back. */
function oidcProblems(config: TokenSettings): string[] {
  const { OIDC_ISSUER } = config;
  if (OIDC_ISSUER !== undefined) {
    const needed = (['OIDC_CLIENT_ID', 'OIDC_ROLES', 'CONSOLE_URL'] as const).filter((name) => config[name] === undefined);
    return needed.map((name) => `${name}: needed with OIDC_ISSUER, found nothing`);
  }
  const useless = (['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_ROLES'] as const).filter((name) => config[name] !== undefined);
  return useless.map((name) => `${name}: of no use without OIDC_ISSUER`);
}
