import type { IncomingMessage } from 'node:http';
import type { Caller, Credentials, Identity } from '../../identity/caller.js';
import { includesRole } from '../../identity/role.js';
import { HttpRefusal } from '../http/exchange.js';
import { httpOf, isIdentityError } from '../http/identity-error.js';
import { sessionIdOf } from './session-cookie.js';
import type { Sessions } from './sessions.js';

/** Lets admins in. */
export interface Doorkeeper {
  /** What a request shows: its `authorization` header, else what its session stands for. */
  credentialsOf(request: IncomingMessage): Credentials;
  /** @throws HttpRefusal 401 for who is not known, 403 for who is no admin */
  admit(credentials: Credentials): Promise<Caller>;
}

export function createDoorkeeper(identity: Identity, sessions: Sessions): Doorkeeper {
  return {
    credentialsOf(request) {
      const { authorization, host } = request.headers;
      const id = authorization === undefined ? sessionIdOf(request) : undefined;
      const token = id === undefined ? undefined : sessions.tokenOf(id);
      return { headers: { host, authorization: token === undefined ? authorization : `Bearer ${token}` } };
    },
    async admit(credentials) {
      const caller = await identity.identify(credentials).catch((error: unknown) => {
        throw isIdentityError(error) ? refusalOf(error) : error;
      });
      if (includesRole(caller.role, 'admin')) return caller;
      throw new HttpRefusal(403, 'FORBIDDEN', `The job dashboard is for admins; you have the role ${caller.role}. Ask an admin, or sign in with an admin’s key.`); // prettier-ignore
    },
  };
}

function refusalOf(error: Parameters<typeof httpOf>[0] & Error): HttpRefusal {
  const { status, headers } = httpOf(error);
  return new HttpRefusal(status, error.code, error.message, headers.flat());
}
