import type { Caller, Credentials, Identity } from '../../identity/caller.js';
import { includesRole } from '../../identity/role.js';
import { HttpRefusal } from '../http/exchange.js';
import { httpOf, isIdentityError } from '../http/identity-error.js';

/** Lets admins in. */
export interface Doorkeeper {
  /** @throws HttpRefusal 401 for who is not known, 403 for who is no admin */
  admit(credentials: Credentials): Promise<Caller>;
}

/** Refuses who is known and no admin. @throws HttpRefusal 403 */
export function requireAdmin({ role }: Pick<Caller, 'role'>): void {
  if (includesRole(role, 'admin')) return;
  throw new HttpRefusal(403, 'FORBIDDEN', `The job dashboard is for admins; you have the role ${role}. Ask an admin, or sign in with an admin’s key.`); // prettier-ignore
}

export function createDoorkeeper(identity: Identity): Doorkeeper {
  return {
    async admit(credentials) {
      const caller = await identity.identify(credentials).catch((error: unknown) => {
        throw isIdentityError(error) ? refusalOf(error) : error;
      });
      requireAdmin(caller);
      return caller;
    },
  };
}

/** A refusal of an identity as HTTP says it. */
export function refusalOf(error: Parameters<typeof httpOf>[0] & Error): HttpRefusal {
  const { status, headers } = httpOf(error);
  return new HttpRefusal(status, error.code, error.message, headers.flat());
}
