import type { Said } from '../domain/said.js';
import { isIP } from 'node:net';
import { address, AddressError, urlParts, type UrlParts } from './url-parts.js';

/** How far a connection must be encrypted and its server known, as libpq means it; `prefer` encrypts where the server offers it, and knows no authority. */
export type TlsMode = 'disable' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

/** Everything that a database's address says. What it leaves open, libpq's environment variables (PGUSER, PGPASSWORD, PGHOST …) or defaults say. */
export interface Address {
  readonly host: string | undefined;
  /** An address to connect to, while certificates are held against `host`. */
  readonly hostAddress: string | undefined;
  readonly port: number | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  readonly tls: TlsSettings;
  /** Settings of the session in the words of `postgres -c`, sent as it begins. */
  readonly options: string | undefined;
  /** What stands before the part's name in `pg_stat_activity`. */
  readonly applicationName: string;
  /** How long connecting may take, in ms; undefined for our own limit. */
  readonly connectMs: number | undefined;
  readonly keepAlive: boolean;
  /** Silence after which TCP asks whether the server is there, in ms. */
  readonly keepAliveIdleMs: number | undefined;
  readonly mustBindChannel: boolean;
}

/** What an address says of TLS. Files are read when a connection is made. */
export interface TlsSettings {
  readonly mode: TlsMode;
  /** `system` stands for the certificates that Node knows. */
  readonly rootCertificate: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly keyPassword: string | undefined;
  readonly revoked: string | undefined;
  readonly leastVersion: string | undefined;
  readonly greatestVersion: string | undefined;
  /** Begins with TLS at once, without asking first. */
  readonly isDirect: boolean;
}

const MODES: Readonly<Record<string, TlsMode>> = {
  disable: 'disable',
  // Node's words beside libpq's. `allow` begins in clear text where it may: encrypting at once is what it allows as well.
  allow: 'prefer',
  prefer: 'prefer',
  require: 'require',
  'no-verify': 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
};

const VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** Every parameter that is understood. */
export const PARAMETERS = [
  'host', 'hostaddr', 'port', 'dbname', 'user', 'password', 'sslmode', 'ssl', 'sslrootcert', 'sslcert', 'sslkey', 'sslpassword', 'sslcrl',
  'sslnegotiation', 'ssl_min_protocol_version', 'ssl_max_protocol_version', 'sslsni', 'sslcompression', 'channel_binding', 'gssencmode', 'options',
  'application_name', 'fallback_application_name', 'connect_timeout', 'client_encoding', 'keepalives', 'keepalives_idle', 'target_session_attrs',
  'uselibpqcompat',
] as const; // prettier-ignore

type Parameter = (typeof PARAMETERS)[number];
type Read = (name: Parameter) => string | undefined;

/** Reads a database's address. @param environment asked for PGSSLMODE and PGSSLROOTCERT where the address says nothing. @throws AddressError */
export function parseAddress(url: string, environment: Readonly<Record<string, string | undefined>> = process.env): Address {
  const parts = urlParts(url);
  refuseUnknown(parts);
  const read: Read = (name) => parts.parameters.get(name) || undefined;
  refuseUnmeant(read);
  const host = read('host') ?? (parts.host || undefined);
  const portText = read('port') ?? (parts.port || undefined);
  if (`${host ?? ''}${portText ?? ''}`.includes(',')) throw new AddressError(address('ONE_HOST'));
  const hostAddress = addressOf(read('hostaddr'));
  const tls = tlsSettings(read, environment);
  if (host === undefined && hostAddress !== undefined && tls.mode === 'verify-full') throw new AddressError(address('HOST_TO_VERIFY'));
  return {
    host,
    hostAddress,
    port: portText === undefined ? undefined : whole(portText, address('PART_PORT').said, 65_535),
    user: read('user') ?? (parts.user || undefined),
    password: read('password') ?? (parts.password || undefined),
    database: read('dbname') ?? (parts.database || undefined),
    tls,
    options: read('options'),
    applicationName: read('application_name') ?? read('fallback_application_name') ?? 'ibsafe-batch',
    connectMs: connectMs(read('connect_timeout')),
    keepAlive: oneOf(read, 'keepalives', ['0', '1']) !== '0',
    keepAliveIdleMs: seconds(read('keepalives_idle'), 'keepalives_idle'),
    mustBindChannel: oneOf(read, 'channel_binding', ['disable', 'prefer', 'require']) === 'require',
  };
}

function refuseUnknown({ parameters }: UrlParts): void {
  const unknown = [...parameters.keys()].filter((name) => !PARAMETERS.includes(name as Parameter));
  if (unknown.length === 0) return;
  const names = unknown.map((name) => (/^\w{1,40}$/.test(name) ? name : address('NO_WORD').said));
  const advice = address('PARAMETER_ADVICE').said;
  throw new AddressError(address('KNOWN_PARAMETERS', { names, known: PARAMETERS, advice }));
}

function addressOf(text: string | undefined): string | undefined {
  if (text !== undefined && isIP(text) === 0) throw new AddressError(address('HOSTADDR'));
  return text;
}

/** Parameters of which only what is done anyway can be asked for. */
function refuseUnmeant(read: Read): void {
  const encoding = read('client_encoding');
  if (encoding !== undefined && !/^(utf-?8|auto)$/i.test(encoding)) throw new AddressError(address('ENCODING'));
  oneOf(read, 'gssencmode', ['disable', 'prefer']);
  oneOf(read, 'sslcompression', ['0']);
  oneOf(read, 'sslsni', ['1']);
  oneOf(read, 'uselibpqcompat', ['true']);
  // Whether the server takes writes is looked at when the service starts, whatever the address says.
  oneOf(read, 'target_session_attrs', ['any', 'read-write', 'primary']);
}

function tlsSettings(read: Read, environment: Readonly<Record<string, string | undefined>>): TlsSettings {
  const rootCertificate = read('sslrootcert') ?? (environment['PGSSLROOTCERT'] || undefined);
  const asked = read('sslmode') ?? (oneOf(read, 'ssl', ['true']) && 'require') ?? (environment['PGSSLMODE'] || undefined);
  const mode = MODES[asked ?? modeFor(rootCertificate)];
  if (mode === undefined) throw new AddressError(address('SSLMODE'));
  if (mode === 'verify-ca' && rootCertificate === undefined) throw new AddressError(address('ROOT_FOR_CA'));
  if (rootCertificate === 'system' && mode !== 'verify-full') throw new AddressError(address('FULL_FOR_SYSTEM'));
  if (rootCertificate !== undefined && mode === 'prefer') throw new AddressError(address('VERIFY_FOR_ROOT', { mode: asked ?? mode }));
  const revoked = read('sslcrl');
  if (revoked !== undefined && !isVerified(mode, rootCertificate))
    throw new AddressError(address('VERIFY_FOR_REVOKED', { mode: asked ?? mode }));
  const [certificate, key] = [read('sslcert'), read('sslkey')];
  if ((certificate === undefined) !== (key === undefined)) throw new AddressError(address('CERTIFICATE_AND_KEY'));
  const isDirect = oneOf(read, 'sslnegotiation', ['postgres', 'direct']) === 'direct';
  if (isDirect && (mode === 'disable' || mode === 'prefer')) throw new AddressError(address('TLS_FOR_DIRECT'));
  return {
    mode,
    rootCertificate,
    certificate,
    key,
    keyPassword: read('sslpassword'),
    revoked,
    leastVersion: oneOf(read, 'ssl_min_protocol_version', VERSIONS),
    greatestVersion: oneOf(read, 'ssl_max_protocol_version', VERSIONS),
    isDirect,
  };
}

/** Whether the server has to show a certificate that an authority vouches for. `require` knows the server only where one to know it by is given. */
export function isVerified(mode: TlsMode, rootCertificate: string | undefined): boolean {
  return mode === 'verify-full' || mode === 'verify-ca' || (mode === 'require' && rootCertificate !== undefined);
}

/** What a root certificate asks for by being there: that the server is known by it. Authorities of the public give any person a certificate, for his own name. */
function modeFor(rootCertificate: string | undefined): TlsMode {
  if (rootCertificate === undefined) return 'prefer';
  return rootCertificate === 'system' ? 'verify-full' : 'verify-ca';
}

function oneOf(read: Read, name: Parameter, values: readonly string[]): string | undefined {
  const value = read(name);
  if (value !== undefined && !values.includes(value)) throw new AddressError(address('VALUES', { name, values: anyOf(values) }));
  return value;
}

function anyOf([one = '', ...others]: readonly string[]): Said | string {
  return others.length === 0 ? one : address('OR', { one, other: anyOf(others) }).said;
}

/** As libpq has it: 0 waits as long as the system does, and nothing less than two seconds is believed. */
function connectMs(text: string | undefined): number | undefined {
  const ms = seconds(text, 'connect_timeout');
  return ms === undefined || ms === 0 ? ms : Math.max(ms, 2_000);
}

function seconds(text: string | undefined, name: string): number | undefined {
  return text === undefined ? undefined : whole(text, name, 86_400) * 1_000;
}

function whole(text: string, what: Said | string, most: number): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) > most) throw new AddressError(address('WHOLE', { what, most }));
  return Number(text);
}
