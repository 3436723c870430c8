import type { IncomingHttpHeaders } from 'node:http';
import type { Credentials } from '../../identity/caller.js';
import { isFromOwnPage, isLinkFollowed } from '../http/page-origin.js';
import { sessionSecretIn } from './session-cookie.js';

/** What proxies and tunnels add to what they pass on, one or the other. */
const PASSED_ON = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/** The part of a request that says who sends it. */
export interface Sender {
  readonly headers: IncomingHttpHeaders;
  readonly method?: string | undefined;
  readonly connectionParams?: Readonly<Record<string, unknown>>;
}

/**
 * What a request shows by which its sender can be known. The one place where the cookie becomes a credential: only of a request that is shown to come
 * from a page of this service. Where nothing shows that, it is as if there were no cookie.
 */
export function credentialsOf({ headers, connectionParams }: Sender): Credentials {
  return {
    headers: {
      authorization: headers.authorization,
      host: headers.host,
      isPassedOn: PASSED_ON.some((name) => headers[name] !== undefined),
    },
    ...(connectionParams !== undefined && { connectionParams }),
    ...(isFromOwnPage({ headers }) && { session: sessionSecretIn(headers) }),
  };
}

/** As `credentialsOf`, and of a link that was followed to a page as well: it can change nothing, and no other page can read or frame what it shows. */
export function credentialsOfPage(sender: Sender): Credentials {
  const { headers } = sender;
  return isLinkFollowed(sender) ? { ...credentialsOf(sender), session: sessionSecretIn(headers) } : credentialsOf(sender);
}
