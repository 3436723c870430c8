import { goodClaims, ISSUER, AUDIENCE, SECRET, signHs256 } from '../api/identity-issuers.js';
import type { Answer } from './graphql-client.js';

/** A service asks for tokens with these settings, and takes those of `tokenOf`. */
export const SIGNED_CALLERS = { AUTH_JWT_SECRET: SECRET, AUTH_JWT_ISSUER: ISSUER, AUTH_JWT_AUDIENCE: AUDIENCE };

/** The token of somebody, by name and role. */
export function tokenOf(sub: string, role = 'viewer'): Promise<string> {
  return signHs256({ ...goodClaims(role), sub });
}

/** What somebody was answered, and with which status. */
export interface Told<T> extends Answer<T> {
  readonly status: number;
}

/** POSTs an operation with a token. Give it a signal to go away before the answer. */
export async function askWith<T>(
  service: { readonly url: string },
  operation: { readonly token: string; readonly query: string; readonly variables?: object; readonly signal?: AbortSignal },
): Promise<Told<T>> {
  const { token, query, variables = {}, signal } = operation;
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
    ...(signal && { signal }),
  });
  return { status: response.status, ...((await response.json()) as Answer<T>) };
}
