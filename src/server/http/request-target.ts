import type { IncomingMessage } from 'node:http';

/**
 * Reads a target in absolute form (`GET http://host/path`, as some proxies and clients send it) as RFC 9112 says, 3.2.2: the path is the target's,
 * and the host in it stands for the one in the header. To be done before anything else looks at a request, which then knows one form only.
 */
export function toOriginForm(request: IncomingMessage): void {
  const target = request.url ?? '/';
  if (target.startsWith('/')) return;
  const absolute = /^https?:\/\/([^/?#]+)([^#]*)/i.exec(target);
  const [, authority = '', rest = ''] = absolute ?? [];
  if (absolute === null) return;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  request.headers.host = authority.slice(authority.lastIndexOf('@') + 1);
}
