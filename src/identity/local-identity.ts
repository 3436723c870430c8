import { isLoopback } from '../base/loopback.js';
import { AccessRefused } from './access-refused.js';
import type { Caller, Identity } from './caller.js';
import { ACCESS } from './access-words.js';
import { OWN_ACTORS } from '../domain/own-actors.js';

/** The person at this machine. */
const LOCAL: Caller = { actor: OWN_ACTORS.local, role: 'admin', expiresAt: Infinity };

/**
 * Takes every caller for the local admin: for a service bound to loopback without authentication. Only what was asked of this machine by a name
 * of its own is answered: a page of the web can give its own name this machine's address (DNS rebinding), and the browser would let it in. What a proxy on this machine
 * has passed on comes from anywhere, whatever host it names.
 */
export function localIdentity(): Identity {
  const local = Promise.resolve(LOCAL);
  let known: string | undefined; // a cache: the last host that was this machine
  return {
    identify({ headers: { host = '', isPassedOn = false } }) {
      if (isPassedOn) return Promise.reject(new AccessRefused('FORBIDDEN', ACCESS.tell('NO_PROXY')));
      if (host !== known && !isLoopback(host.replace(/:\d*$/, ''))) return Promise.reject(strangeHost());
      known = host;
      return local;
    },
    watch: () => () => undefined,
  };
}

function strangeHost(): AccessRefused {
  return new AccessRefused('FORBIDDEN', ACCESS.tell('ONLY_LOCALHOST'));
}
