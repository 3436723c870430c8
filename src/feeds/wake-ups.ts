import type { Client, Pool } from 'pg';
import { newClient } from '../database/connect.js';

/** Channel of bare wake-ups: the payload is a run's id or another topic, or empty for "look at everything". */
const CHANNEL = 'batch_changed';
/** At most one notification per run in this time, in ms: a notifying commit takes a lock that the whole cluster shares. */
const THROTTLE_MS = 50;
const RECONNECT_MS = 1_000;

/** How a listener finds out that its connection died without a word: a wake-up that never comes looks like a quiet night. */
export interface Heartbeat {
  /** ms between an answer and the next question. */
  readonly everyMs: number;
  /** ms that an answer may take. */
  readonly answerMs: number;
}

const HEARTBEAT: Heartbeat = { everyMs: 5_000, answerMs: 3_000 };

// Asks for the channel, not only for an answer: a pooler in between may have given us another session, which listens to nothing.
const STILL_LISTENING = `select exists (select from pg_listening_channels() channel where channel = '${CHANNEL}') as listening`;

/** Tells other processes that a run changed. Never inside a writing transaction, and throttled: followers also poll. */
export class WakeUpSender {
  private readonly waiting = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly db: Pick<Pool, 'query'>) {}

  /** Notes the change; the notification leaves within 50 ms. Never throws: a lost one costs a poll. */
  notify(topic: string): void {
    this.waiting.add(topic);
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

/**
 * Listens on a connection of its own, for as long as the process lives. Asks over it every few seconds whether it still listens; a connection that
 * broke, or does not answer, is made anew, and then every follower is woken.
 */
export class WakeUps {
  private readonly listeners = new Set<(runId: string) => void>();
  private client: Client | undefined;
  private hears = false;
  private lostBefore = 0;
  private closed = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly url: string,
    private readonly heartbeat = HEARTBEAT,
  ) {}

  /** Starts listening. A server that cannot be reached is tried again every second. */
  async start(): Promise<void> {
    const client = newClient({ url: this.url, name: 'wake-ups', query_timeout: this.heartbeat.answerMs });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => this.wake(payload ?? ''));
    this.client = client;
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch {
      return this.lost(client);
    }
    if (this.client !== client) return; // closed, or lost, since
    this.hears = true;
    this.beatLater(client);
    this.wake(''); // what was notified while no connection listened is lost: look
  }

  /** Whether notifications arrive now, as far as the last heartbeat knows; followers poll in either case. */
  get listening(): boolean {
    return this.hears;
  }

  /** How often a connection that listened was lost. */
  get losses(): number {
    return this.lostBefore;
  }

  /** Readers that are woken: subscriptions, one for each followed run and one for the changes of all, and the scheduler. */
  get followers(): number {
    return this.listeners.size;
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
    this.hears = false;
    await client?.end().catch(() => undefined);
  }

  private wake(runId: string): void {
    for (const listener of this.listeners) listener(runId);
  }

  private beatLater(client: Client): void {
    this.timer = setTimeout(() => void this.beat(client), this.heartbeat.everyMs);
  }

  private async beat(client: Client): Promise<void> {
    const listening = await client.query<{ listening: boolean }>(STILL_LISTENING).then(({ rows }) => rows[0]?.listening === true, () => false); // prettier-ignore
    if (!listening) this.lost(client);
    else if (this.client === client) this.beatLater(client);
  }

  private lost(client: Client): void {
    if (this.closed || this.client !== client) return;
    if (this.hears) this.lostBefore += 1;
    this.client = undefined;
    this.hears = false;
    clearTimeout(this.timer);
    void client.end().catch(() => undefined); // cuts the connection where an answer is still awaited
    this.timer = setTimeout(() => void this.start(), RECONNECT_MS);
  }
}
