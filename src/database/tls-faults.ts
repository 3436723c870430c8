import { DatabaseRefused, unusable } from './refused.js';
import type { Tls } from './tls.js';

/**
 * Whether a server does without TLS, or wants us without: what `prefer` tries in clear text then. Read from what the server said, and from nothing
 * that can go wrong with a certificate: a wrong one must never turn encryption off.
 */
export function refusesTls(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === REFUSED_BY_HBA || (code === undefined && WITHOUT_TLS.test(String(message)));
}

/** Whether a connection failed by the way in which it was begun: TLS, a certificate, or rules for those in TLS or in clear text. */
export function isOfTheWay(error: unknown): boolean {
  return refusesTls(error) || isTlsFault((error as { code?: unknown }).code);
}

function isTlsFault(code: unknown): boolean {
  return typeof code === 'string' && TLS_FAULT.test(code);
}

/** SQLSTATE of a line of pg_hba.conf that does not let us in, as `hostnossl` alone does with TLS. */
const REFUSED_BY_HBA = '28000';
/** pg's own words, which carry no code: the server's first byte was N, or an error of a server that knows no TLS. */
const WITHOUT_TLS = /^(The server does not support SSL|There was an error establishing an SSL)/;

/** Node's and OpenSSL's codes of a handshake that fails, of certificates on either side, and of files that hold none. */
const TLS_FAULT =
  /^(ERR_SSL|ERR_TLS|ERR_OSSL|EPROTO|CERT_|CRL_|ERROR_IN_C|UNABLE_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_|PATH_LENGTH)/;

/** What an operator is told of a connection that cannot be had: pg's own words say nothing of DATABASE_URL. */
export function told(error: unknown, tls: Tls): unknown {
  const { code, message = '' } = error as { code?: unknown; message?: string };
  const refusedParameter = /unsupported startup parameter(?: in options)?: "?(\w+)/.exec(message)?.[1];
  if (refusedParameter !== undefined) return new DatabaseRefused(unusable('PARAMETER_REFUSED', { parameter: refusedParameter }));
  if (message.startsWith('The server does not support SSL')) return new DatabaseRefused(unusable('NO_TLS'));
  if (tls !== false && isTlsFault(code)) return new DatabaseRefused(unusable('TLS_FAILED', { code: String(code) }));
  return error;
}
