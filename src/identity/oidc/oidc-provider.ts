import * as client from 'openid-client';
import { createHmac, randomBytes } from 'node:crypto';
import { boundedFetch } from '../../base/bounded-fetch.js';
import { NoAnswer } from '../../base/bounded-post.js';
import { isPrintable } from '../../domain/operator-text.js';
import type { Standing } from '../sessions/session.js';
import { claimOf, type RoleMap, roleOf } from './oidc-roles.js';

/** What binds the way to a provider and back to one browser. */
interface SignInFlow {
  /** 32 random bytes in base64url: the browser's cookie for the time of the way. */
  readonly secret: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

const FORM = /^[A-Za-z0-9_-]{43}$/;

/** Begins a way. Nothing is kept here: a stranger who begins many costs nothing, and any process can answer the return. */
export function newFlow(): SignInFlow {
  return flowOf(randomBytes(32).toString('base64url'));
}

/** The way that a browser's cookie stands for; undefined for a text that is none of ours. */
export function flowOfSecret(secret: string): SignInFlow | undefined {
  return FORM.test(secret) ? flowOf(secret) : undefined;
}

/** State, nonce and verifier are the secret's, each by another word: the browser alone can answer all three, and none tells another. */
function flowOf(secret: string): SignInFlow {
  const derived = (what: string): string => createHmac('sha256', secret).update(`sign-in ${what}`).digest('base64url');
  return { secret, state: derived('state'), nonce: derived('nonce'), codeVerifier: derived('verifier') };
}

/** Why a sign-in at a provider failed. The words for each stand in `data/codes`. */
const SIGN_IN_PROBLEMS = ['PROVIDER_AWAY', 'PROVIDER_REFUSED', 'SIGN_IN_EXPIRED', 'SIGN_IN_INVALID', 'NO_ROLE'] as const;
type SignInProblemCode = (typeof SIGN_IN_PROBLEMS)[number];

/** A sign-in at a provider failed. No message: what a provider says may hold a name. */
export class SignInProblem extends Error {
  override readonly name = 'SignInProblem';

  constructor(
    readonly code: SignInProblemCode,
    cause?: unknown,
  ) {
    super(code, { cause });
  }
}

/** What is known of the identity provider of an organisation, and of us there. */
export interface OidcSettings {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly scopes: string;
  readonly rolesClaim: string;
  readonly roles: RoleMap;
  /** Where the provider sends browsers back to, of this service's public address. */
  readonly redirectUri: string;
  /** Where it sends them after they signed out there. */
  readonly afterSignOut: string;
}

/** The person that the provider signed in. */
export interface CameBack {
  readonly standing: Standing;
  /** To be kept by the browser alone. */
  readonly idToken: string;
}

/** Seconds that the provider may take to answer. */
const TIMEOUT_S = 5;
/** What it says of itself is asked for anew after this long (ms): a mistake there that was mended is mended here soon. */
const KNOWN_MS = 600_000;
/** The longest subject that may stand in the log. */
const MAX_SUBJECT = 200;

/** An identity provider by OpenID Connect: authorization code with PKCE. It is asked for nothing before the first sign-in, so it may be away when the service starts. */
export class OidcProvider {
  private known: { readonly configuration: Promise<client.Configuration>; readonly since: number } | undefined;

  /** @param clock ms since 1970 */
  constructor(
    private readonly settings: OidcSettings,
    private readonly clock: () => number,
  ) {}

  /** Where a browser goes to sign in. @throws SignInProblem PROVIDER_AWAY */
  async begin({ state, nonce, codeVerifier }: SignInFlow): Promise<URL> {
    const configuration = await this.configuration();
    return client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.settings.redirectUri,
      scope: this.settings.scopes,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
  }

  /** The person that came back. @param query of the address to which the provider sent the browser. @throws SignInProblem */
  async finish(query: string, { state, nonce, codeVerifier }: SignInFlow): Promise<CameBack> {
    const configuration = await this.configuration();
    const address = new URL(`${this.settings.redirectUri}?${query}`);
    try {
      const checks = { pkceCodeVerifier: codeVerifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
      const tokens = await client.authorizationCodeGrant(configuration, address, checks);
      const claims = tokens.claims();
      if (claims === undefined) throw new SignInProblem('SIGN_IN_INVALID');
      return { standing: await this.standingOf(configuration, claims, tokens.access_token), idToken: tokens.id_token ?? '' };
    } catch (error) {
      const problem = problemOf(error);
      // Its keys or its addresses may be others by now.
      if (!THEIR_WORD.has(problem.code)) this.known = undefined;
      throw problem;
    }
  }

  /**
   * Where a browser goes to be signed out at the provider too; undefined where there is no such place or it cannot be asked for. @param idToken that the
   * browser kept; without it the provider may ask which person to sign out, or refuse
   */
  async endSession(idToken?: string): Promise<string | undefined> {
    const configuration = await this.configuration().catch(() => undefined);
    if (configuration?.serverMetadata().end_session_endpoint === undefined) return undefined;
    const hint = idToken === undefined ? {} : { id_token_hint: idToken };
    return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: this.settings.afterSignOut, ...hint }).href;
  }

  private async standingOf(configuration: client.Configuration, claims: client.IDToken, accessToken: string): Promise<Standing> {
    const { sub } = claims;
    const { rolesClaim, roles } = this.settings;
    // Others would let a subject write lines of its own, or turn words around, wherever the actor is shown.
    if (sub === '' || sub.length > MAX_SUBJECT || !isPrintable(sub)) throw new SignInProblem('SIGN_IN_INVALID');
    let claim = claimOf(claims, rolesClaim);
    // Many providers tell groups there alone.
    if (claim === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined)
      claim = claimOf(await client.fetchUserInfo(configuration, accessToken, sub), rolesClaim);
    const role = roleOf(claim, roles);
    if (role === undefined) throw new SignInProblem('NO_ROLE');
    return { way: 'OIDC', actor: `oidc:${sub}`, role, until: Infinity };
  }

  private async configuration(): Promise<client.Configuration> {
    const now = this.clock();
    const { known } = this;
    const isFresh = known !== undefined && known.since <= now && now < known.since + KNOWN_MS;
    const entry = isFresh ? known : (this.known = { configuration: this.discover(), since: now });
    try {
      return await entry.configuration;
    } catch (error) {
      if (this.known === entry) this.known = undefined;
      throw new SignInProblem('PROVIDER_AWAY', error);
    }
  }

  private async discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    // http is for a provider on this machine alone, which the configuration sees to. Signatures are checked also where TLS would do.
    const execute = [client.enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [])];
    const authentication = clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret);
    const how = { execute, timeout: TIMEOUT_S, [client.customFetch]: boundedFetch as client.CustomFetch };
    return requireEndpoints(await client.discovery(issuer, clientId, undefined, authentication, how), issuer);
  }
}

/** What a provider says of a person, and nothing that another word of its own would change. */
const THEIR_WORD: ReadonlySet<SignInProblemCode> = new Set(['PROVIDER_REFUSED', 'NO_ROLE']);

/** Addresses without which no sign-in works. What it says of itself is kept for a while: what would lead every sign-in nowhere is not. @throws TypeError */
function requireEndpoints(configuration: client.Configuration, { protocol }: URL): client.Configuration {
  const { authorization_endpoint, token_endpoint, jwks_uri } = configuration.serverMetadata();
  const addresses: Readonly<Record<string, unknown>> = { authorization_endpoint, token_endpoint, jwks_uri };
  for (const [name, address] of Object.entries(addresses)) {
    const isAddress = typeof address === 'string' && URL.canParse(address) && ['https:', protocol].includes(new URL(address).protocol);
    if (!isAddress) throw new TypeError(`what the provider says of itself has no ${name} that can be used`);
  }
  return configuration;
}

const AWAY = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT']);

/** The library may wrap what its `fetch` threw. */
function isNoAnswer(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof NoAnswer;
}

/** Errors of the library, which have codes, and of what asks for it. */
function problemOf(error: unknown): SignInProblem {
  if (error instanceof SignInProblem) return error;
  if (error instanceof client.AuthorizationResponseError) return new SignInProblem('PROVIDER_REFUSED', error);
  const { code } = error as { readonly code?: unknown };
  const isAway = (typeof code === 'string' && AWAY.has(code)) || error instanceof NoAnswer || isNoAnswer(error);
  return new SignInProblem(isAway ? 'PROVIDER_AWAY' : 'SIGN_IN_INVALID', error);
}
