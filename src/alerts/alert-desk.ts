import type { Pool } from 'pg';
import type { KeyedCaller } from '../application/idempotency.js';
import type { AlertFacts, AlertKind, AlertState, ChannelName, DeliveryState, MessageName } from '../domain/alert/alert.js';
import { untilAnswered } from '../database/until-answered.js';
import { pageOf, type Page, type PageRequest } from '../database/keyset.js';
import type { SilenceRefusal } from '../domain/alert/silence.js';
import { type MadeSilence, SHOWN, type Silence, silenceAlerts, type SilenceOrder } from './silence-alerts.js';

/** A message of an alert on its way. */
export interface Delivery {
  readonly channel: ChannelName;
  readonly message: MessageName;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** What the last try came to, a status or a kind of fault; null before. */
  readonly lastCode: string | null;
  /** When it was sent or given up; null while it waits. */
  readonly endedAt: Date | null;
}

/** An alert as an operator sees it. */
export interface Alert {
  readonly id: string;
  readonly kind: AlertKind;
  readonly subject: string;
  readonly state: AlertState;
  readonly facts: AlertFacts;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly resolvedAt: Date | null;
  readonly silenced: boolean;
  readonly deliveries: readonly Delivery[];
}

/** Which alerts to list. */
export interface AlertFilter {
  readonly states?: readonly AlertState[] | undefined;
  readonly kinds?: readonly AlertKind[] | undefined;
}

const LIST = `select a.id, a.kind, a.subject, a.state, a.facts, a.count, a.first_at as "firstAt", a.last_at as "lastAt", a.resolved_at as "resolvedAt",
    exists (select from batch.alert_silence s where s.kind = a.kind and (s.subject is null or s.subject = a.subject)
      and s.ended_at is null and s.until > now()) as silenced,
    coalesce((select jsonb_agg(jsonb_build_object('channel', d.channel, 'message', d.message, 'state', d.state, 'attempts', d.attempts,
      'lastCode', d.last_code, 'endedAt', d.ended_at) order by d.channel, d.message) from batch.alert_delivery d where d.alert_id = a.id), '[]') as deliveries
  from batch.alert a
  where ($1::text[] is null or a.state = any($1)) and ($2::text[] is null or a.kind = any($2))
    and ($3::timestamptz is null or (a.first_at, a.id) < ($3::timestamptz, $4::uuid))
  order by a.first_at desc, a.id desc limit $5`;

/** What operators see of alerts, and what they do about them. */
export class AlertDesk {
  constructor(private readonly pool: Pool) {}

  /** Alerts, newest first. */
  async list({ states, kinds }: AlertFilter, page: PageRequest): Promise<Page<Alert>> {
    const [time = null, id = null] = page.after ?? [];
    const { rows } = await this.pool.query<Alert>(LIST, [states ?? null, kinds ?? null, time, id, page.first + 1]);
    return pageOf(rows.map(withTimes), page.first);
  }

  /** Silences that go on, the one that ends first before the others; at most 100. */
  async silences(): Promise<readonly Silence[]> {
    const text = `select ${SHOWN} from batch.alert_silence where ended_at is null and until > now() order by until, id limit 100`;
    return (await this.pool.query<Silence>(text)).rows;
  }

  /** Keeps alerts from being sent, until a time. @returns the silence, or why there cannot be one */
  silence(order: SilenceOrder, caller: KeyedCaller): Promise<MadeSilence | SilenceRefusal> {
    return silenceAlerts(this.pool, order, caller);
  }

  /** Ends a silence before its time. What it kept back and still goes on is sent. @returns it; undefined where none goes on */
  async endSilence(id: string, actor: string): Promise<Silence | undefined> {
    const text = `update batch.alert_silence set ended_at = now(), ended_by = $2 where id = $1 and ended_at is null and until > now() returning ${SHOWN}`;
    const ended = `select ${SHOWN} from batch.alert_silence where id = $1 and ended_by = $2`;
    const ask = async (statement: string): Promise<Silence | undefined> => (await this.pool.query<Silence>(statement, [id, actor])).rows[0];
    return untilAnswered(async (isAgain) => (await ask(text)) ?? (isAgain ? ask(ended) : undefined));
  }
}

function withTimes(alert: Alert): Alert {
  const deliveries = alert.deliveries.map((each) => ({ ...each, endedAt: each.endedAt === null ? null : new Date(each.endedAt) }));
  return { ...alert, deliveries };
}
