import { Client, escapeIdentifier, type ClientConfig } from 'pg';
import type { Address } from './address.js';
import { probeServer } from './probe-server.js';
import { prepare, unlessSilent } from './plain-client.js';
import { rememberSession, sessionStatements, type SessionLimits } from './session.js';

/** What a connection of ours is made from. */
export interface BatchClientConfig extends ClientConfig {
  readonly address: Address;
  readonly limits: SessionLimits;
  /** A schema of our own whose names a library does not qualify. */
  readonly searchPath?: string;
  /** Whose rights the session has, in place of its user's. */
  readonly role?: string;
}

type Connected = ((error: Error) => void) | ((error: null, client: Client) => void);

/**
 * A connection of ours: pg's client, which probes the server of its address first and sets its session up before a caller has it. Pools make theirs of
 * this class as well.
 */
export class BatchClient extends Client {
  private readonly made: BatchClientConfig;
  private broken: Error | undefined;

  constructor(config: BatchClientConfig) {
    super(config);
    this.made = config;
    // A pool listens from the moment on that it has the client. One that PostgreSQL ends before, between two statements of ours, would end the process.
    this.on('error', (error) => (this.broken ??= error));
  }

  override connect(): Promise<Client>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<Client> | void {
    if (callback === undefined) return this.open();
    const tell = callback as (error: Error | null, client?: Client) => void;
    this.open().then((client) => tell(null, client), tell);
  }

  private async open(): Promise<Client> {
    const { address, limits, searchPath, role } = this.made;
    const { tls, major, failed } = await probeServer(address);
    const check = prepare(this, address, tls);
    try {
      await super.connect().catch(async (error: unknown) => {
        throw await failed(unlessSilent(error, address));
      });
      check();
      const settings = sessionStatements(major, limits, searchPath);
      const taken = role === undefined ? [] : [`set role ${escapeIdentifier(role)}`];
      await this.query(settings);
      for (const statement of taken) await this.query(statement);
      rememberSession(this, [settings, ...taken]);
      // A pooler tells its clients a number of its own: a cancel by it would meet the statement of another client, or none.
      const { rows } = await this.query<{ pid: number }>('select pg_backend_pid() as pid');
      Object.assign(this, { processID: rows[0]?.pid ?? null });
      if (this.broken !== undefined) throw this.broken;
      return this;
    } catch (error) {
      void this.end().catch(() => undefined);
      throw this.broken ?? error; // what is asked of a broken connection is told no reason
    }
  }
}
