import { sentencesOf, type Told } from '../domain/said.js';
import { ToldError } from '../domain/told-error.js';

/** What a database's address is to be. In Korean: `data/codes`, group `Address`. */
export const ADDRESSES = sentencesOf('Address', {
  SCHEME: 'a URL that begins with postgresql:// or postgres://',
  HOST: 'a URL whose host is a name or an address, IPv6 in brackets: [::1]',
  CUT_SHORT:
    'a URL in which every / and ? of the user and the password is percent-encoded: %2F and %3F (an @ behind the host is written %40)',
  PARAMETERS: 'a URL whose parameters after ? are written name=value',
  ENCODED: 'a URL in which {part} is percent-encoded: a % itself is written %25',
  PART_USER: 'the user',
  PART_PASSWORD: 'the password',
  PART_HOST: 'the host',
  PART_DATABASE: 'the database',
  PART_PARAMETER: 'a parameter',
  PART_THE_PARAMETER: 'the parameter {name}',
  PART_PORT: 'the port',
  ONE_HOST: 'a URL with one host and port: a list of several is not followed',
  HOST_TO_VERIFY: 'a URL with a host beside hostaddr: sslmode=verify-full holds the certificate of the server against its name',
  KNOWN_PARAMETERS: 'a URL without the parameter {names}, which has no meaning here (known are {known}; {advice})',
  PARAMETER_ADVICE: 'limits of time are BATCH_STATEMENT_MS, settings of the session go into options=-c%20name%3Dvalue',
  NO_WORD: 'one that is no word',
  HOSTADDR: 'a URL whose hostaddr is an address, such as 10.0.0.7 or ::1: a name, or a folder of sockets, is written as host',
  ENCODING: 'a URL whose client_encoding is UTF8 or absent',
  SSLMODE: 'a URL whose sslmode is disable, allow, prefer, require, verify-ca or verify-full',
  ROOT_FOR_CA: 'a URL with sslrootcert=<file> beside sslmode=verify-ca: any certificate of a public authority would pass otherwise',
  FULL_FOR_SYSTEM: 'a URL with sslmode=verify-full beside sslrootcert=system: any person can get a certificate of a public authority',
  VERIFY_FOR_ROOT:
    'a URL with sslmode=verify-ca or verify-full, or without sslmode, beside a root certificate (sslrootcert, PGSSLROOTCERT): sslmode={mode} takes a server for what it says it is',
  VERIFY_FOR_REVOKED:
    'a URL with sslmode=verify-full, or with sslrootcert=<file>, beside sslcrl: with sslmode={mode} no certificate is looked at, and one that was revoked would pass',
  CERTIFICATE_AND_KEY: 'a URL with both sslcert and sslkey, or neither',
  TLS_FOR_DIRECT: 'a URL with sslmode=require, verify-ca or verify-full beside sslnegotiation=direct',
  VALUES: 'a URL whose {name} is {values}, or absent',
  OR: '{one} or {other}',
  WHOLE: 'a URL in which {what} is a whole number up to {most}',
});

/** What was expected of an address. */
export const address = ADDRESSES.tell;

/** What a database's address must be and is not. The message completes "expected …" and never quotes a user, a password or the address itself. */
export class AddressError extends ToldError {
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
  if (!SCHEME.test(url)) throw new AddressError(address('SCHEME'));
  const [beforeQuery, query] = cut(url.replace(SCHEME, ''), '?');
  const [authority, database = ''] = cut(beforeQuery, '/');
  const at = authority.lastIndexOf('@');
  // A password of base64 has a / in one of six: what stands before it would be taken for host and port.
  if (at < 0 && isCutShort(database, query)) throw new AddressError(address('CUT_SHORT'));
  const [user = '', password = ''] = at < 0 ? [] : cut(authority.slice(0, at), ':');
  const { host, port } = hostAndPort(authority.slice(at + 1));
  return {
    user: decoded(user, address('PART_USER')),
    password: decoded(password, address('PART_PASSWORD')),
    host: decoded(host, address('PART_HOST')),
    port,
    database: decoded(database, address('PART_DATABASE')),
    parameters: parametersOf(query ?? ''),
  };
}

function isCutShort(database: string, query: string | undefined): boolean {
  const [first = ''] = (query ?? '').split('&');
  return database.includes('@') || (first.includes('@') && !first.includes('='));
}

function hostAndPort(text: string): { host: string; port: string } {
  if (text.includes(',')) throw new AddressError(address('ONE_HOST'));
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed !== null) return { host: bracketed[1] ?? '', port: bracketed[2] ?? '' };
  if (text.includes('[') || text.split(':').length > 2) throw new AddressError(address('HOST'));
  const [host, port = ''] = cut(text, ':');
  return { host, port };
}

function parametersOf(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&').filter((text) => text !== '')) {
    const [name, value] = cut(pair, '=');
    if (value === undefined) throw new AddressError(address('PARAMETERS'));
    const key = decoded(name, address('PART_PARAMETER'));
    // As programs write a space that build a URL from parts; one that is meant is written %2B.
    const text = key === 'options' ? value.replaceAll('+', ' ') : value;
    parameters.set(key, decoded(text, /^\w{1,40}$/.test(key) ? address('PART_THE_PARAMETER', { name: key }) : address('PART_PARAMETER')));
  }
  return parameters;
}

/** A text before and after the first `mark`; the second is undefined where there is none. */
function cut(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}

function decoded(text: string, part: Told): string {
  try {
    const value = decodeURIComponent(text);
    if (!value.includes('\0')) return value;
  } catch {
    // said below
  }
  throw new AddressError(address('ENCODED', { part: part.said }));
}
