import { CHANNEL_NAMES, type AlertKind, type AlertState, type ChannelName } from '../../src/domain/alert/alert.js';
import type { Draws } from '../faults/draws.js';
import { startAlertReceiver, taken, type AlertReceiver } from './alert-receiver.js';
import type { TestBatch } from './batch-fixture.js';
import { startMailServer, type MailServer } from './mail-server.js';
import { startServiceProcess, type ServiceProcess } from './service-process.js';
import { until } from './until.js';

const PROCESSES = 2;
/** Kills while messages arrive; those while alerts are raised come on top. */
const KILLS = 4;
/** ms that all waits of a test have together, less than the test: the one in which they end says what it waits for. */
const PATIENCE_MS = 270_000;

/** A message that arrived. */
interface Arrival {
  readonly channel: ChannelName;
  /** Of the delivery: the webhook's Idempotency-Key, the left part of a mail's Message-ID. */
  readonly id: string;
}

/** What a delivery tells, by the outbox. */
interface Label {
  readonly id: string;
  readonly kind: AlertKind;
  readonly subject: string;
  readonly state: AlertState;
}

const LABELS = `select d.id, a.kind, a.subject, case d.message when 'RAISED' then 'OPEN' else 'RESOLVED' end as state
  from batch.alert_delivery d join batch.alert a on a.id = d.alert_id`;

/** Two schedulers, each of which a seed kills at moments that it draws: when a message has arrived, before or after it is answered. Another takes the place of one that is killed. */
export class KilledSchedulers implements AsyncDisposable {
  kills = 0;
  private readonly arrivals: Arrival[] = [];
  private readonly all: ServiceProcess[] = [];
  private readonly living = new Set<ServiceProcess>();
  private readonly starting = new Set<Promise<void>>();
  private untilKill: number;
  private left = KILLS;
  /** When the waits of the test end, from the first of them on. */
  private over: number | undefined;
  private ended = false;
  private labels: ReadonlyMap<string, Label> = new Map();
  private receiver!: AlertReceiver;
  private mail!: MailServer;

  private constructor(
    private readonly batch: TestBatch,
    private readonly draws: Draws,
  ) {
    this.untilKill = draws.between(1, 4);
  }

  static async start(batch: TestBatch, draws: Draws): Promise<KilledSchedulers> {
    const made = new KilledSchedulers(batch, draws);
    made.receiver = await startAlertReceiver((response, message, nth) => {
      if (made.arrived('WEBHOOK', message.key)) taken(response, message, nth);
    });
    made.mail = await startMailServer(() => {
      made.arrived('EMAIL', (made.mail.ids.at(-1) ?? '').replace(/^<(.*)@.*$/, '$1'));
      return null;
    });
    for (let each = 0; each < PROCESSES; each += 1) made.startOne();
    await Promise.all(made.starting);
    return made;
  }

  /** Kills one or none, as the seed draws: it may be about to read what was just recorded, or to write what it made of it. */
  perhapsKillOne(): void {
    if (this.draws.below(4) === 0) setTimeout(() => this.killOne(), this.draws.below(300));
  }

  /** Waits until both channels have heard of all of these. @throws what they have not heard of, where that takes too long */
  heardOf(about: ReadonlyMap<AlertKind, string>, state: AlertState): Promise<void> {
    return this.waits(async () => {
      this.labels = new Map((await this.batch.rows<Label>(LABELS)).map((label) => [label.id, label]));
      return [...about].flatMap(([kind, subject]) =>
        CHANNEL_NAMES.filter((channel) => this.idsOf(channel, { kind, subject, state }).size === 0).map(
          (channel) => `${kind} ${state} was not heard of by ${channel}`,
        ),
      );
    });
  }

  /** Waits until every message is noted as sent, which a process does after the other side has taken it. */
  allSent(): Promise<void> {
    const left = `select a.kind || ' ' || d.message || ' by ' || d.channel || ' is ' || d.state || ' after ' || d.attempts || ' tries' as what
      from batch.alert_delivery d join batch.alert a on a.id = d.alert_id where d.state <> 'SENT'`;
    return this.waits(async () => (await this.batch.rows<{ what: string }>(left)).map(({ what }) => what));
  }

  /** Waits until nothing is left. @throws what is left, where the waits of the test together take too long */
  private waits(left: () => Promise<readonly string[]>): Promise<void> {
    const over = (this.over ??= performance.now() + PATIENCE_MS);
    return until(async () => {
      const what = await left();
      if (what.length > 0 && performance.now() > over) throw new Error(`${this.living.size} processes live: ${what.join(', ')}`);
      return what.length === 0;
    });
  }

  /** Ids under which something arrived. */
  idsOf(channel: ChannelName, { kind, subject, state }: Omit<Label, 'id'>): ReadonlySet<string> {
    const isIt = (label: Label | undefined): boolean => label?.kind === kind && label.subject === subject && label.state === state;
    return new Set(this.arrivals.filter((each) => each.channel === channel && isIt(this.labels.get(each.id))).map(({ id }) => id));
  }

  /**
   * Deliveries that came oftener than the outbox promises: that two tries say they sent, or that arrived oftener than tries tell of and processes were killed, each of which may have
   * held it with no word of it left.
   */
  doubled(): readonly string[] {
    const lines = this.all.flatMap(({ printed }) => printed.filter((line) => line.includes('"delivery"')));
    const said = (id: string, words: string): number => lines.filter((line) => line.includes(id) && line.includes(words)).length;
    return [...Map.groupBy(this.arrivals, ({ id }) => id)].flatMap(([id, each]) => {
      const sent = said(id, 'an alert was sent');
      return sent > 1 || each.length > sent + said(id, 'could not be sent') + this.kills ? [`${each[0]?.channel} ${id}`] : [];
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.ended = true;
    await Promise.allSettled(this.starting);
    for (const each of this.all) await each[Symbol.asyncDispose]();
    await this.receiver[Symbol.asyncDispose]();
    await this.mail.close();
  }

  private startOne(): void {
    const starting = this.begin().finally(() => this.starting.delete(starting));
    this.starting.add(starting);
  }

  private async begin(): Promise<void> {
    const started = await startServiceProcess({ url: this.batch.url }, 'scheduler', {
      ALERT_WEBHOOK_URL: this.receiver.url,
      ALERT_SMTP_URL: this.mail.url,
      ALERT_EMAIL_FROM: 'batch@example.org',
      ALERT_EMAIL_TO: 'night@example.org',
      ALERT_PATIENCE_MS: '100',
      ALERT_TIMEOUT_MS: '1000',
      BATCH_LAG_ALARM_MS: '1500',
    });
    this.all.push(started);
    this.living.add(started);
  }

  /** @returns whether it is answered: a process that is killed before gets none */
  private arrived(channel: ChannelName, id: string): boolean {
    this.arrivals.push({ channel, id });
    this.untilKill -= 1;
    if (this.untilKill > 0 || this.left === 0) return true;
    this.untilKill = this.draws.between(2, 8);
    this.left -= 1;
    const isAnswered = this.draws.below(2) === 0;
    if (isAnswered) setImmediate(() => this.killOne());
    else this.killOne();
    if (this.draws.below(3) === 0) this.killOne();
    return isAnswered;
  }

  private killOne(): void {
    if (this.ended || this.living.size === 0) return;
    const victim = this.draws.pick([...this.living]);
    this.living.delete(victim);
    this.kills += 1;
    victim.child.kill('SIGKILL');
    this.startOne();
  }
}
