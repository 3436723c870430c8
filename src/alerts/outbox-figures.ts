import type pg from 'pg';
import type { AlertKind, ChannelName } from '../domain/alert/alert.js';

/** What is open, and what waits to be sent. */
export interface OutboxFigures {
  readonly open: readonly {
    readonly kind: AlertKind;
    readonly alerts: number;
    /** Of them, those that an operator has silenced. */ readonly silenced: number;
  }[];
  readonly channels: readonly ChannelFigures[];
}

/** Messages of a channel; silenced ones apart. */
export interface ChannelFigures {
  readonly channel: ChannelName;
  readonly waiting: number;
  /** Age in s of the oldest that waits; 0 for none. */
  readonly oldestSeconds: number;
  /** Given up in the last seven days. */
  readonly givenUp: number;
}

const IS_SILENCED = `exists (select from batch.alert_silence s where s.kind = a.kind
      and (s.subject is null or s.subject = a.subject) and s.ended_at is null and s.until > now())`;

const OPEN = `select kind, count(*)::int as alerts, count(*) filter (where ${IS_SILENCED})::int as silenced
  from batch.alert a where state = 'OPEN' group by 1`;

const CHANNELS = `select d.channel, count(*) filter (where d.state = 'WAITING')::int as waiting,
    coalesce(max(extract(epoch from now() - d.made_at)) filter (where d.state = 'WAITING'), 0)::float8 as "oldestSeconds",
    count(*) filter (where d.state = 'GIVEN_UP')::int as "givenUp"
  from batch.alert_delivery d join batch.alert a on a.id = d.alert_id
  where d.state = 'WAITING' and not ${IS_SILENCED}
    or d.state = 'GIVEN_UP' and d.ended_at > now() - interval '7 days'
  group by 1`;

/** Reads how alerts and their messages stand, in two statements. */
export async function outboxFigures(pool: Pick<pg.Pool, 'query'>): Promise<OutboxFigures> {
  const [open, channels] = await Promise.all([pool.query<OutboxFigures['open'][number]>(OPEN), pool.query<ChannelFigures>(CHANNELS)]);
  return { open: open.rows, channels: channels.rows };
}
