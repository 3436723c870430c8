/** What a database's address must be and is not. The message completes "expected …" and never quotes a user, a password or the address itself. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
}

/** A PostgreSQL URL taken apart, every part decoded. What is absent is empty. */
export interface UrlParts {
  readonly user: string;
  readonly password: string;
  readonly host: string;
  readonly port: string;
  readonly database: string;
  /** In the order in which they were written, the last of a name counting. */
  readonly parameters: ReadonlyMap<string, string>;
}

const SCHEME = /^postgres(?:ql)?:\/\//;

/**
 * Takes a URL apart as libpq does: not a web address, but `postgresql://user:password@host:port/database?name=value`, of which nearly every part may be
 * missing; a host may be a folder of sockets, written with %2F. @throws AddressError
 */
export function urlParts(url: string): UrlParts {
  if (!SCHEME.test(url)) throw new AddressError('a URL that begins with postgresql:// or postgres://');
  const [beforeQuery, query] = cut(url.replace(SCHEME, ''), '?');
  const [authority, database = ''] = cut(beforeQuery, '/');
  const at = authority.lastIndexOf('@');
  const [user = '', password = ''] = at < 0 ? [] : cut(authority.slice(0, at), ':');
  const { host, port } = hostAndPort(authority.slice(at + 1));
  return {
    user: decoded(user, 'the user'),
    password: decoded(password, 'the password'),
    host: decoded(host, 'the host'),
    port,
    database: decoded(database, 'the database'),
    parameters: parametersOf(query ?? ''),
  };
}

function hostAndPort(text: string): { host: string; port: string } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed !== null) return { host: bracketed[1] ?? '', port: bracketed[2] ?? '' };
  if (text.includes('[') || text.split(':').length > 2)
    throw new AddressError('a URL whose host is a name or an address, IPv6 in brackets: [::1]');
  const [host, port = ''] = cut(text, ':');
  return { host, port };
}

function parametersOf(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&').filter((text) => text !== '')) {
    const [name, value] = cut(pair, '=');
    if (value === undefined) throw new AddressError('a URL whose parameters after ? are written name=value');
    const key = decoded(name, 'a parameter');
    parameters.set(key, decoded(value, `the parameter ${/^\w{1,40}$/.test(key) ? key : ''}`.trim()));
  }
  return parameters;
}

/** A text before and after the first `mark`; the second is undefined where there is none. */
function cut(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}

function decoded(text: string, part: string): string {
  try {
    const value = decodeURIComponent(text);
    if (!value.includes('\0')) return value;
  } catch {
    // said below
  }
  throw new AddressError(`a URL in which ${part} is percent-encoded: a % itself is written %25`);
}
