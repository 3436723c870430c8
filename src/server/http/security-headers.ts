import { createHash } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';

/** Content-Security-Policy directives, by name. A page names what it needs; everything else is forbidden. */
export type CspDirectives = Readonly<Record<string, readonly string[]>>;

const NOTHING: CspDirectives = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/**
 * Helmet's headers as a plain object, with a policy that allows only what `needed` names. Meant to be called once at start: helmet
 * itself costs more per request than a small query does. An answer is kept by no cache, as it may hold what patients ate: a route that sends a file that
 * holds nothing of the kind says so by another `cache-control`.
 */
export function securityHeaders(needed: CspDirectives = {}): Readonly<Record<string, string>> {
  const directives = Object.fromEntries(Object.entries({ ...NOTHING, ...needed }).map(([name, values]) => [name, [...values]]));
  // A response that goes nowhere: helmet writes to it, and it is read.
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  helmet({ contentSecurityPolicy: { useDefaults: false, directives } })(request, response, (error?: unknown) => {
    if (error !== undefined) throw error;
  });
  const headers = Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
  return { ...headers, 'cache-control': 'no-store' };
}

/** The policy source that allows exactly one inline style or script: its SHA-256. */
export function hashSource(inlineText: string): string {
  return `'sha256-${createHash('sha256').update(inlineText).digest('base64')}'`;
}
