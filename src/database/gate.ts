import type { Client } from 'pg';
import type { Address } from './address.js';
import { connectPlainly } from './plain-client.js';
import { refuseSharedSessions } from './pooler.js';
import { refusesTls, told } from './tls-faults.js';
import { tlsChoices, type Tls } from './tls.js';

/** What was found out about a server before the first session is made there. */
export interface Passed {
  readonly tls: Tls;
  /** PostgreSQL's release, such as 15. */
  readonly major: number;
}

/** By what an address says: asked once by a process, and by everybody who comes meanwhile. A server that was away is asked again. */
const passed = new Map<string, Promise<Passed>>();

/**
 * Finds out how a server is to be talked to, over a connection that changes nothing there: settings of a session would stay behind in a pooler that
 * lends its sessions to others. @throws DatabaseRefused for a pooler that does; what pg throws where nothing answers
 */
export function passGate(address: Address): Promise<Passed> {
  const key = JSON.stringify(address);
  const known = passed.get(key);
  if (known !== undefined) return known;
  const asking = ask(address);
  passed.set(key, asking);
  asking.catch(() => passed.delete(key));
  return asking;
}

async function ask(address: Address): Promise<Passed> {
  const { client, tls } = await firstConnection(address);
  try {
    const { rows } = await client.query<{ pid: number; version: string }>(
      `select pg_catalog.pg_backend_pid() as pid, pg_catalog.current_setting('server_version_num') as version`,
    );
    const { pid, version } = rows[0] as { pid: number; version: string };
    // A pooler makes up the process id that it tells its clients.
    if (pid !== (client as unknown as { processID: number | null }).processID)
      await refuseSharedSessions(client, () => connectPlainly(address, tls));
    return { tls, major: Math.floor(Number(version) / 10_000) };
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function firstConnection(address: Address): Promise<{ client: Client; tls: Tls }> {
  const [best = false, other] = tlsChoices(address);
  try {
    return { client: await connectPlainly(address, best), tls: best };
  } catch (error) {
    if (other === undefined || !refusesTls(error)) throw told(error, best);
    try {
      return { client: await connectPlainly(address, other), tls: other };
    } catch (second) {
      throw told(second, other);
    }
  }
}
