import type { RestAnswer, RestMethod, RestResource } from './rest-call.js';
import { sentence } from './words.js';

/** An answer of the framework that IBSafe's views stand on (Django REST framework, simplejwt), which its clients know as well. */
export interface FrameworkAnswer extends RestAnswer {
  /** Further headers, name and value in turn. */
  readonly headers?: readonly string[];
}

/** Why a caller is not let in; see `AccessRefused`. */
export interface Refusal {
  readonly code: 'UNAUTHENTICATED' | 'FORBIDDEN';
  readonly why?: unknown;
}

const SIGN_IN = ['www-authenticate', 'Bearer realm="api"'];
const EXTRA_CODES: ReadonlyMap<unknown, string> = new Map([
  ['FORM', 'bad_authorization_header'],
  ['ACCOUNT_CLOSED', 'user_inactive'],
  ['ACCOUNT_UNKNOWN', 'user_not_found'],
]);

/** The answer to a caller who is not known (401), or known and without a right (403). */
export function refusedCaller({ code, why }: Refusal): FrameworkAnswer {
  if (code === 'FORBIDDEN') return forbidden();
  return { status: 401, body: refusedBody(why), headers: SIGN_IN };
}

function refusedBody(why: unknown): object {
  const code = EXTRA_CODES.get(why);
  if (code !== undefined) return { detail: sentence(code.toUpperCase()), code };
  if (why !== 'TOKEN') return { detail: sentence('NOT_AUTHENTICATED') };
  const message = { token_class: 'AccessToken', token_type: 'access', message: sentence('TOKEN_INVALID_OR_EXPIRED') };
  return { detail: sentence('TOKEN_NOT_VALID'), code: 'token_not_valid', messages: [message] };
}

/** The answer to a caller whose role does not include what the call needs. */
export function forbidden(): FrameworkAnswer {
  return { status: 403, body: { detail: sentence('FORBIDDEN') } };
}

/** The answer to a page of another origin. */
export function foreignPage(): FrameworkAnswer {
  return { status: 403, body: { detail: sentence('FOREIGN_PAGE') } };
}

/** The answer to a method that a path does not have. */
export function methodNotAllowed(method: string): FrameworkAnswer {
  return { status: 405, body: { detail: sentence('METHOD_NOT_ALLOWED', method.slice(0, 20)) } };
}

/** The answer to a client that takes no JSON. */
export function notAcceptable(): FrameworkAnswer {
  return { status: 406, body: { detail: sentence('NOT_ACCEPTABLE') } };
}

/** The answer to OPTIONS. */
export function description({ name }: RestResource): FrameworkAnswer {
  return { status: 200, body: { name, description: '', renders: ['application/json'], parses: ['application/json'] } };
}

const ORDER: readonly RestMethod[] = ['GET', 'POST', 'PUT', 'DELETE'];

/** What the header `allow` says of a path, on every answer. */
export function allowed({ calls }: RestResource): string {
  const own = ORDER.filter((method) => calls[method] !== undefined);
  return [...own, ...(calls.GET === undefined ? [] : ['HEAD']), 'OPTIONS'].join(', ');
}
