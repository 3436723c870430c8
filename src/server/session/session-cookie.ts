import type { IncomingHttpHeaders } from 'node:http';

/**
 * `__Host-` binds a cookie to this host and to TLS: no other host of the domain, and no one on the way, can plant one. A browser takes the name over
 * https alone, so plain http has a name of its own.
 */
const SECURE = '__Host-ibsafe-batch';
const PLAIN = 'ibsafe-batch';

/** Where a browser finds the service, as the configuration says; undefined where it does not. */
export type PublicUrl = URL | undefined;

/**
 * The secret that a browser's cookie holds. Over https it is the cookie that is bound to this host, and no other: one of the plain name may be planted by
 * any host of the same domain. To be asked by `credentialsOf` and by signing in and out alone.
 */
export function sessionSecretIn(headers: IncomingHttpHeaders, publicUrl?: PublicUrl, name = ''): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  for (const each of isHttps(headers, publicUrl) ? [SECURE] : [SECURE, PLAIN]) {
    const start = `${each}${name}=`;
    const values = pairs.filter((pair) => pair.startsWith(start)).map((pair) => pair.slice(start.length));
    // Two of one name: one was planted, over plain http by a page of a host with the same ending. Which of them is not known.
    if (values.length > 0) return values.length === 1 && values[0] !== '' ? values[0] : undefined;
  }
  return undefined;
}

/**
 * The `set-cookie` of a secret; without one, what takes it away. No script can read it. `Lax`, not `Strict`: who comes back from an identity provider,
 * or follows a link of an alert, has come from another site, and would be signed out for that page. What it lets through beyond that are such
 * links alone, and those change nothing.
 */
export function setCookie(
  headers: IncomingHttpHeaders,
  publicUrl: PublicUrl,
  { secret, maxAgeS, name = '' }: { readonly secret: string; readonly maxAgeS: number; readonly name?: string },
): string {
  const secure = isHttps(headers, publicUrl);
  const lifetime = Math.max(0, Math.floor(maxAgeS));
  return `${secure ? SECURE : PLAIN}${name}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${lifetime}${secure ? '; Secure' : ''}`;
}

/** What takes both cookies of a name away. */
export function clearCookies(headers: IncomingHttpHeaders, publicUrl: PublicUrl, name = ''): string[] {
  const gone = (each: string, secure: boolean): string =>
    `${each}${name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secure ? '; Secure' : ''}`;
  return isHttps(headers, publicUrl) ? [gone(SECURE, true), gone(PLAIN, false)] : [gone(PLAIN, false)];
}

/** Whether the browser speaks TLS to whatever stands before this service. A client that lies only keeps its own cookie off plain http. */
export function isHttps(headers: IncomingHttpHeaders, publicUrl: PublicUrl): boolean {
  if (publicUrl !== undefined) return publicUrl.protocol === 'https:';
  return headers['x-forwarded-proto'] === 'https' || headers.origin?.startsWith('https://') === true;
}
