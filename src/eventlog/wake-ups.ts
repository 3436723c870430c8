import { Client, type Pool } from 'pg';

/** Channel of bare wake-ups: the payload is a run's id, or empty for "look at everything". */
const CHANNEL = 'batch_changed';
/** At most one notification per run in this time, in ms: a notifying commit takes a lock that the whole cluster shares. */
const THROTTLE_MS = 50;
const RECONNECT_MS = 1_000;

/** Tells other processes that a run changed. Never inside a writing transaction, and throttled: followers also poll. */
export class WakeUpSender {
  private readonly waiting = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly db: Pick<Pool, 'query'>) {}

  /** Notes the change; the notification leaves within 50 ms. Never throws: a lost one costs a poll. */
  changed(runId: string): void {
    this.waiting.add(runId);
    this.timer ??= setTimeout(() => void this.send(), THROTTLE_MS);
  }

  /** Sends what waits. Call before the pool closes. */
  async flush(): Promise<void> {
    await this.send();
  }

  private async send(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const ids = [...this.waiting];
    this.waiting.clear();
    if (ids.length === 0) return;
    await this.db.query(`select pg_notify('${CHANNEL}', id) from unnest($1::text[]) id`, [ids]).catch(() => undefined);
  }
}

/** Listens on a connection of its own, for as long as the process lives; reconnects by itself and then wakes everybody. */
export class WakeUps {
  private readonly listeners = new Set<(runId: string) => void>();
  private client: Client | undefined;
  private closed = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly url: string) {}

  /** Starts listening. A server that cannot be reached is tried again every second. */
  async start(): Promise<void> {
    const client = new Client({ connectionString: this.url, application_name: 'ibsafe-batch wake-ups', keepAlive: true });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => this.wake(payload ?? ''));
    this.client = client;
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      this.wake(''); // what was notified while nobody listened is lost: look
    } catch {
      this.lost(client);
    }
  }

  /** Whether notifications arrive now; followers poll in either case. */
  get listening(): boolean {
    return this.client !== undefined;
  }

  /** Calls `listener` for each wake-up. @returns how to stop that */
  subscribe(listener: (runId: string) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private wake(runId: string): void {
    for (const listener of this.listeners) listener(runId);
  }

  private lost(client: Client): void {
    if (this.closed || this.client !== client) return;
    this.client = undefined;
    void client.end().catch(() => undefined);
    this.timer = setTimeout(() => void this.start(), RECONNECT_MS);
  }
}
