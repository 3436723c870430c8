import type { Pool } from 'pg';
import type { Config } from '../config.js';
import type { ChannelName } from '../domain/alert/alert.js';
import { AlertDesk } from './alert-desk.js';
import { configuredChannels, wordingOf } from './alert-settings.js';
import type { Language } from '../domain/said.js';
import { tryChannels, type Trial } from './trial.js';

/** ms between two looks, while there are followers. */
const EVERY_MS = 2_000;

// What is open and what is silenced, from two indexes that hold no more than that: what is over leaves the answer.
const MARK = `select (select count(*)::int from batch.alert where state = 'OPEN') as open, md5(concat(
    (select string_agg(id::text || count, ',' order by id) from batch.alert where state = 'OPEN'),
    (select string_agg(id::text, ',' order by id) from batch.alert_silence where ended_at is null and until > now()))) as mark`;

interface Mark {
  readonly open: number;
  readonly mark: string;
}

/**
 * Tells that alerts or silences changed, to any number of followers by one look of this process at a time, and by none while there are no followers. It looks
 * and is not told: alerts are written by another process, silences by any.
 */
class AlertChanges {
  private readonly followers = new Set<(mark: Mark) => void>();
  private last: Mark | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopping = new AbortController();

  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly everyMs = EVERY_MS,
  ) {}

  /** How many alerts are open: now, and again after each change of an alert or a silence, until `signal` aborts. */
  async *follow(signal: AbortSignal): AsyncGenerator<number> {
    const box: { mark?: Mark | undefined; wake: () => void } = { mark: this.last, wake: () => undefined };
    const hear = (mark: Mark): void => {
      box.mark = mark;
      box.wake();
    };
    const leave = this.join(hear);
    const end = (): void => box.wake();
    signal.addEventListener('abort', end);
    try {
      while (!signal.aborted) {
        const { mark } = box;
        box.mark = undefined;
        if (mark !== undefined) yield mark.open;
        else await new Promise<void>((resolve) => (box.wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', end);
      leave();
    }
  }

  private join(hear: (mark: Mark) => void): () => void {
    this.followers.add(hear);
    if (this.followers.size === 1) {
      this.stopping = new AbortController();
      void this.look(this.stopping.signal);
    }
    return () => {
      this.followers.delete(hear);
      if (this.followers.size > 0) return;
      this.stopping.abort();
      clearTimeout(this.timer);
      this.last = undefined; // what the next follower hears first is what is then
    };
  }

  private async look(signal: AbortSignal): Promise<void> {
    const found = await this.read().catch(() => undefined); // a database that is away is looked at again
    if (signal.aborted) return;
    if (found !== undefined && found.mark !== this.last?.mark) {
      this.last = found;
      for (const hear of this.followers) hear(found);
    }
    this.timer = setTimeout(() => void this.look(signal), this.everyMs);
    this.timer.unref();
  }

  private async read(): Promise<Mark> {
    return (await this.pool.query<Mark>(MARK)).rows[0] as Mark;
  }
}

/** What those who ask have of alerts. */
export interface AlertRoom {
  readonly desk: AlertDesk;
  readonly changes: AlertChanges;
  /** The language of messages, and of texts for which none is named. */
  readonly language: Language;
  /** Channels that are configured. */
  readonly channels: () => readonly ChannelName[];
  /** Sends a test message through each. One try at a time: who asks meanwhile shares what it comes to. */
  readonly trial: () => Promise<readonly Trial[]>;
}

/** What a process gives to those who ask. */
export function makeAlertRoom(config: Config, pool: Pool): AlertRoom {
  let trying: Promise<readonly Trial[]> | undefined;
  const attempt = async (): Promise<readonly Trial[]> => {
    const channels = configuredChannels(config);
    try {
      return await tryChannels(channels, wordingOf(config), config.ALERT_TIMEOUT_MS);
    } finally {
      for (const channel of channels) channel.close();
    }
  };
  return {
    desk: new AlertDesk(pool),
    changes: new AlertChanges(pool),
    language: wordingOf(config).language,
    channels: () => configuredChannels(config).map(({ name }) => name),
    trial: () => (trying ??= attempt().finally(() => (trying = undefined))),
  };
}
