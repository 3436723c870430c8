import type { Pool } from 'pg';
import type { Config } from '../config/config.js';
import type { ChannelName } from '../domain/alert/alert.js';
import { NextWake } from '../feeds/next-wake.js';
import { AlertDesk } from './alert-desk.js';
import { configuredChannels, wordingOf } from './alert-settings.js';
import type { Language } from '../domain/said.js';
import { tryChannels, type Trial } from './trial.js';

/** ms between two looks, while there are followers. */
const EVERY_MS = 2_000;
/** s within which a change is told to a follower who comes after it: what it shows may have been read before. */
const RECENT_S = 30;

// What is open and what is silenced, from two indexes that hold no more than that: what is over leaves the answer.
const MARK = `select (select count(*)::int from batch.alert where state = 'OPEN') as open, md5(concat(
    (select string_agg(id::text || count, ',' order by id) from batch.alert where state = 'OPEN'),
    (select string_agg(id::text, ',' order by id) from batch.alert_silence where ended_at is null and until > now()))) as mark`;

const CHANGED = `select exists (select from batch.alert where greatest(first_at, last_at, resolved_at) > now() - $1 * interval '1 s')
  or exists (select from batch.alert_silence where greatest(made_at, least(until, ended_at)) between now() - $1 * interval '1 s' and now()) as recently`;

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
  private asked: { readonly at: number; readonly recently: Promise<boolean> } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopping = new AbortController();

  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly everyMs = EVERY_MS,
  ) {}

  /** How many alerts are open: now, and again after each change of an alert or a silence, one of the last half minute included, until `signal` aborts. */
  async *follow(signal: AbortSignal): AsyncGenerator<number> {
    const news = new NextWake();
    const box: { mark?: Mark | undefined } = { mark: this.last };
    const hear = (mark: Mark): void => {
      box.mark = mark;
      news.wake();
    };
    const leave = this.join(hear);
    const end = (): void => news.wake();
    signal.addEventListener('abort', end);
    try {
      for (let heard = 0; !signal.aborted;) {
        const { mark } = box;
        box.mark = undefined;
        if (mark !== undefined) {
          yield mark.open;
          heard += 1;
          if (heard === 1 && (await this.changedRecently())) box.mark ??= mark;
        } else await news.wait();
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
      this.asked = undefined; // of before this change
      for (const hear of this.followers) hear(found);
    }
    this.timer = setTimeout(() => void this.look(signal), this.everyMs);
    this.timer.unref();
  }

  /** Whether something changed within the last half minute; asked once for all followers that come within two seconds of each other. */
  private changedRecently(): Promise<boolean> {
    const ask = async (): Promise<boolean> => (await this.pool.query<{ recently: boolean }>(CHANGED, [RECENT_S])).rows[0]?.recently ?? true;
    if (this.asked === undefined || performance.now() > this.asked.at + this.everyMs)
      this.asked = { at: performance.now(), recently: ask().catch(() => true) };
    return this.asked.recently;
  }

  private async read(): Promise<Mark> {
    return (await this.pool.query<Mark>(MARK)).rows[0] as Mark;
  }
}

/** What callers have of alerts. */
export interface AlertRoom {
  readonly desk: AlertDesk;
  readonly changes: AlertChanges;
  /** The language of messages, and of texts for which none is named. */
  readonly language: Language;
  /** Channels that are configured. */
  readonly channels: () => readonly ChannelName[];
  /** Sends a test message through each. One try at a time: callers that ask meanwhile share its result. */
  readonly trial: () => Promise<readonly Trial[]>;
}

/** What a process gives to its callers. */
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
