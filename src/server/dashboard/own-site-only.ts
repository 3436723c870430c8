import type { IncomingMessage } from 'node:http';
import { HttpRefusal } from '../http/exchange.js';
import { isFromAnotherPage, isLinkFollowed } from '../http/page-origin.js';

/**
 * Lets no page of another origin act or look here in a visitor's name: Agendash deletes and requeues by simple POSTs. SameSite cookies are not
 * enough, because another port of the same host counts as the same site. Only following a link from elsewhere is allowed.
 * @throws HttpRefusal 403
 */
export function requireOwnSite(request: IncomingMessage): void {
  if (isFromAnotherPage(request) && !isLinkFollowed(request))
    throw new HttpRefusal(403, 'FORBIDDEN', 'The dashboard is not open to pages of other sites.');
}
