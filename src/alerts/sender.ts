import type pg from 'pg';
import { MAX_TRIES, waitAfter } from '../domain/alert/delivery-waits.js';
import type { ChannelName } from '../domain/alert/alert.js';
import type { Channel, Sent } from './channels/channel.js';
import { messageOf, type ToldAlert, type Wording } from './message.js';

/** How messages are sent. */
export interface SenderOptions {
  readonly channel: Channel;
  readonly wording: Wording;
  /** ms that each step of a try may take. */
  readonly timeoutMs: number;
  /** ms of the wait after the first try that was in vain. */
  readonly firstWaitMs: number;
  /** Told of each try, for the service log. */
  readonly onTry: (delivery: { readonly id: string; readonly channel: ChannelName; readonly tries: number }, sent: Sent) => void;
}

/** Messages of a channel that are sent at once. */
const AT_ONCE = 8;

// A claim lasts for longer than a try may take: a process that is killed with one leaves it to the next. That something is over is told after that it began.
const CLAIM = `update batch.alert_delivery d set attempts = d.attempts + 1, next_at = clock_timestamp() + $2 * interval '1 ms'
  from batch.alert a where a.id = d.alert_id and d.id in (
    select w.id from batch.alert_delivery w join batch.alert wa on wa.id = w.alert_id
    where w.state = 'WAITING' and w.next_at <= clock_timestamp() and w.channel = $1
      and (w.message = 'RAISED' or not exists (select from batch.alert_delivery first where first.alert_id = w.alert_id and first.channel = w.channel
        and first.message = 'RAISED' and first.state = 'WAITING'))
      and not exists (select from batch.alert_silence s where s.kind = wa.kind and (s.subject is null or s.subject = wa.subject)
        and s.ended_at is null and s.until > clock_timestamp())
    order by w.next_at limit ${AT_ONCE} for update of w skip locked)
  returning d.id, d.channel, d.attempts as tries, d.message, a.id as "alertId", a.kind, a.subject, a.facts, a.count, a.first_at as "firstAt",
    a.last_at as "lastAt", a.resolved_at as "resolvedAt"`;

// By the number of the try: a process that took over after a claim ran out has the later word.
const SENT = `update batch.alert_delivery set state = 'SENT', last_code = $3, ended_at = clock_timestamp() where id = $1 and attempts = $2 and state = 'WAITING'`;
const AGAIN = `update batch.alert_delivery set last_code = $3, next_at = clock_timestamp() + $4 * interval '1 ms' where id = $1 and attempts = $2 and state = 'WAITING'`;
// A try that a stop of ours ended is none: another process makes it.
const STOPPED = `update batch.alert_delivery set attempts = attempts - 1, last_code = $3, next_at = clock_timestamp() where id = $1 and attempts = $2 and state = 'WAITING'`;
const GIVE_UP = `with given_up as (
    update batch.alert_delivery set state = 'GIVEN_UP', last_code = $3, ended_at = clock_timestamp()
    where id = $1 and attempts = $2 and state = 'WAITING' returning alert_id, channel)
  delete from batch.alert_delivery d using given_up g
    where d.alert_id = g.alert_id and d.channel = g.channel and d.message = 'RESOLVED' and d.state = 'WAITING' and d.id <> $1`;

type Claimed = ToldAlert & { readonly channel: ChannelName; readonly tries: number };

/** Sends what waits for one channel, each message by one process of many. A channel that is slow keeps no other one waiting: each has a sender. */
export class AlertSender {
  constructor(
    private readonly pool: Pick<pg.Pool, 'query'>,
    private readonly options: SenderOptions,
  ) {}

  /** Sends what is due. @param signal ends tries that are under way; they are made again @returns how many were tried */
  async sendDue(signal: AbortSignal): Promise<number> {
    const { channel } = this.options;
    if (signal.aborted) return 0;
    const { rows } = await this.pool.query<Claimed>(CLAIM, [channel.name, 2 * this.tryMs + 1_000]);
    await Promise.all(rows.map((claimed) => this.tell(claimed, signal)));
    return rows.length;
  }

  private get tryMs(): number {
    return this.options.channel.steps * this.options.timeoutMs;
  }

  private async tell(claimed: Claimed, stopping: AbortSignal): Promise<void> {
    const { channel } = this.options;
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(this.tryMs)]);
    const sent = await channel.send(messageOf(claimed, this.options.wording), signal);
    await this.note(claimed, sent, stopping.aborted);
    this.options.onTry(claimed, sent);
  }

  private async note({ id, tries }: Claimed, sent: Sent, stopped: boolean): Promise<void> {
    if (sent.ok) await this.pool.query(SENT, [id, tries, sent.code]);
    else if (stopped) await this.pool.query(STOPPED, [id, tries, sent.code]);
    else if (tries >= MAX_TRIES) await this.pool.query(GIVE_UP, [id, tries, sent.code]);
    else await this.pool.query(AGAIN, [id, tries, sent.code, waitAfter(tries, this.options.firstWaitMs, sent.waitMs)]);
  }
}
