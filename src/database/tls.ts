import { readRegularFile } from '../base/regular-file.js';
import type { ConnectionOptions, SecureVersion } from 'node:tls';
import { isVerified, type Address } from './address.js';
import { DatabaseRefused, unusable } from './refused.js';

/** How a connection is encrypted; false for clear text. */
export type Tls = false | ConnectionOptions;

/**
 * The ways in which an address lets a connection begin, the best first. Only `prefer` has a second one, clear text, for a server that does not
 * offer TLS. Over a socket of this machine nothing is encrypted, as in libpq. @throws DatabaseRefused for a file that cannot be read
 */
export function tlsChoices(address: Address): readonly Tls[] {
  const { mode } = address.tls;
  if (mode === 'disable' || isSocket(address)) return [false];
  return mode === 'prefer' ? [tlsOptions(address), false] : [tlsOptions(address)];
}

/** By the place that is connected to, which an address gives beside the name, and libpq's variable where there is neither. */
function isSocket({ host, hostAddress }: Address): boolean {
  const place = hostAddress ?? host ?? process.env['PGHOST'];
  return place?.startsWith('/') === true;
}

/** How a connection to an address is encrypted, from its files as they are now. @throws DatabaseRefused for one that cannot be read */
export function tlsOptions({ host, hostAddress, tls }: Address): ConnectionOptions {
  const { mode, rootCertificate, certificate, key, keyPassword, revoked } = tls;
  const ca = rootCertificate === undefined || rootCertificate === 'system' ? undefined : read('sslrootcert', rootCertificate);
  return {
    // `prefer` knows no authority: it asks for no authority, and an address that names one is not read as `prefer`.
    rejectUnauthorized: isVerified(mode, rootCertificate),
    ...(ca !== undefined && { ca }),
    ...(mode !== 'verify-full' && { checkServerIdentity: () => undefined }),
    // Where an address was given beside the name, the certificate is held against the name.
    ...(hostAddress !== undefined && host !== undefined && { servername: host }),
    ...(certificate !== undefined && { cert: read('sslcert', certificate) }),
    ...(key !== undefined && { key: read('sslkey', key) }),
    ...(keyPassword !== undefined && { passphrase: keyPassword }),
    ...(revoked !== undefined && { crl: read('sslcrl', revoked) }),
    ...(tls.leastVersion !== undefined && { minVersion: tls.leastVersion as SecureVersion }),
    ...(tls.greatestVersion !== undefined && { maxVersion: tls.greatestVersion as SecureVersion }),
  };
}

function read(parameter: string, path: string): string {
  try {
    return readRegularFile(path).toString('utf8');
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'unknown';
    throw new DatabaseRefused(unusable('FILE_UNREADABLE', { path, parameter, code }));
  }
}
