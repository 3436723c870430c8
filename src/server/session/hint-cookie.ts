import type { IncomingHttpHeaders } from 'node:http';
import { SESSION_PATH } from '../http/paths.js';
import { isHttps, type PublicUrl } from './session-cookie.js';

/** `__Secure-` and no `__Host-`: the latter goes with every request of the host, and this one is for signing out alone. */
const SECURE = '__Secure-ibsafe-batch-hint';
const PLAIN = 'ibsafe-batch-hint';
/** Browsers take 4,096 bytes of a cookie, its name and attributes included. */
const MOST = 3_800;
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Has the browser keep the ID token with which it came back from the provider, to show it there when it signs out: providers ask for it, and end the right
 * session by it without a question. The service keeps no copy: what the token says of a person stays with that person. It goes when the browser is closed.
 * @returns the `set-cookie`; none for a token that no cookie can hold
 */
export function keepHint(headers: IncomingHttpHeaders, publicUrl: PublicUrl, idToken: string): string[] {
  return TOKEN.test(idToken) && idToken.length <= MOST ? [cookie(headers, publicUrl, idToken)] : [];
}

/** The ID token that a browser kept; undefined where it has none. */
export function hintIn(headers: IncomingHttpHeaders, publicUrl: PublicUrl): string | undefined {
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
export function dropHint(headers: IncomingHttpHeaders, publicUrl: PublicUrl): string[] {
  return hintIn(headers, publicUrl) === undefined ? [] : [`${cookie(headers, publicUrl, '')}; Max-Age=0`];
}

function cookie(headers: IncomingHttpHeaders, publicUrl: PublicUrl, value: string): string {
  const secure = isHttps(headers, publicUrl);
  return `${secure ? SECURE : PLAIN}=${value}; Path=${SESSION_PATH}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}
