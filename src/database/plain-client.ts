import { Client, type ClientConfig } from 'pg';
import { endsWithin } from '../base/ends-within.js';
import type { Address } from './address.js';
import { DatabaseRefused, unusable } from './refused.js';
import type { Tls } from './tls.js';

/** A connection is tried for this long (ms) before the caller gets an error; so is one of a pool whose connections are all in use. */
const CONNECT_MS = 10_000;
const KEEPALIVE_MS = 10_000;

/** What pg needs to know of an address. `name` is shown in `pg_stat_activity`. */
export function clientConfig(address: Address, name: string): ClientConfig {
  const { host, hostAddress, port, user, password, database, tls, options, applicationName, connectMs, keepAliveIdleMs } = address;
  const place = hostAddress ?? host;
  return {
    ...(place !== undefined && { host: place }),
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { database }),
    ...(options !== undefined && { options }),
    ...(tls.isDirect && { sslnegotiation: 'direct' as const }),
    ssl: tls.isDirect, // until `prepare` says how
    application_name: `${applicationName} ${name}`,
    enableChannelBinding: address.mustBindChannel,
    connectionTimeoutMillis: connectMs ?? CONNECT_MS,
    keepAlive: address.keepAlive,
    keepAliveInitialDelayMillis: keepAliveIdleMs ?? KEEPALIVE_MS,
  };
}

/** Parts of pg's client that it does not show (8.23.1, whose version is pinned). */
interface Inside {
  ssl: Tls;
  password: unknown;
  readonly connection: {
    ssl: Tls;
    readonly stream: { destroy(): void };
    on(event: 'authenticationSASL', listener: (message: { mechanisms: readonly string[] }) => void): void;
  };
}

/**
 * Says to a client that is not connected yet how it is encrypted, which is known only once the server was asked, and what it must insist on.
 * @returns what to ask once it is connected; throws DatabaseRefused where the server did not bind the channel as the address demands
 */
export function prepare(client: Client, address: Address, tls: Tls): () => void {
  const inside = client as unknown as Inside;
  inside.ssl = tls;
  inside.connection.ssl = tls;
  if (!address.mustBindChannel) return () => undefined;
  let isBound = false;
  inside.connection.on('authenticationSASL', ({ mechanisms }) => (isBound = mechanisms.includes('SCRAM-SHA-256-PLUS')));
  const demand = (): void => {
    if (!isBound) throw new DatabaseRefused(unusable('UNBOUND'));
  };
  // Asked for only when the server wants a password: one that would take it without binding the channel does not get it.
  inside.password = () => {
    demand();
    return address.password ?? process.env['PGPASSWORD'];
  };
  return demand;
}

/** The server's last word is waited for no longer (ms): over a line that died without one it never comes. */
const FAREWELL_MS = 2_000;

/** Ends a connection in order, or cuts it where the server does not answer. Never throws. */
export async function leaveClient(client: Client): Promise<void> {
  if (await endsWithin(FAREWELL_MS, client.end())) return;
  (client as unknown as Inside).connection.stream.destroy();
}

/** What pg says, without a code, of a server that takes a connection and says nothing. */
const SILENT = 'timeout expired';

/** An error with which a connection failed, or the system's own for one that was not answered in time: it passes by itself, and there is advice about it. */
export function unlessSilent(error: unknown, { host, hostAddress, port }: Address): unknown {
  if ((error as { message?: unknown }).message !== SILENT) return error;
  const place = { address: hostAddress ?? host ?? 'localhost', port: port ?? 5_432 };
  const told = new Error(`connect ETIMEDOUT ${place.address}:${place.port}`, { cause: error });
  return Object.assign(told, { code: 'ETIMEDOUT', syscall: 'connect', ...place });
}

/** A connection without a session of ours: to find out whether it may have one. */
export async function connectPlainly(address: Address, tls: Tls): Promise<Client> {
  const config = clientConfig(address, 'gate');
  const client = new Client({ ...config, query_timeout: config.connectionTimeoutMillis ?? CONNECT_MS });
  client.on('error', () => undefined); // the caller who waits for an answer gets the error too
  const check = prepare(client, address, tls);
  try {
    await client.connect();
    check();
    return client;
  } catch (error) {
    void client.end().catch(() => undefined);
    throw unlessSilent(error, address);
  }
}
