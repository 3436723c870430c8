import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { AlertTurn, ChannelName, ConditionKind, LookAt, Over, Raise } from '../domain/alert/alert.js';
import { SERVICE } from '../domain/alert/alert.js';

// One that goes on counts what is added to it, and one that was about to be over is not. That of a schedule may go on through several nights: then it is about the last of them.
const RAISE = `with before as (select record_date from batch.alert where state = 'OPEN' and kind = $2 and subject = $3)
  insert into batch.alert (id, kind, subject, program, record_date, facts, first_at, last_at) values ($1, $2, $3, $4, $5::date, $6, $7, $7)
  on conflict (kind, subject) where state = 'OPEN'
    do update set count = alert.count + 1, facts = excluded.facts, last_at = greatest(alert.last_at, excluded.last_at), over_at = null,
      program = excluded.program, record_date = greatest(alert.record_date, excluded.record_date)
  returning id, coalesce((select record_date from before) < record_date, false) as "isAnotherNight"`;

const TELL = `insert into batch.alert_delivery (id, alert_id, channel, message) values ($1, $2, $3, 'RAISED') on conflict (alert_id, channel, message) do nothing`;
// What waits still tells of the last night when it goes.
const TELL_ANEW = `insert into batch.alert_delivery (id, alert_id, channel, message) values ($1, $2, $3, 'RAISED') on conflict (alert_id, channel, message)
  do update set id = excluded.id, state = 'WAITING', attempts = 0, next_at = now(), last_code = null, made_at = now(), ended_at = null
    where alert_delivery.state <> 'WAITING'`;

const OVER = `update batch.alert set over_at = $3 where state = 'OPEN' and over_at is null and kind = any($1) and subject = $2`;
const NIGHT_OVER = `update batch.alert set over_at = $4
  where state = 'OPEN' and over_at is null and kind = any($1) and program = $2 and record_date <= $3::date`;
const LOOK = 'insert into batch.alert_look (run_id, ready_by) values ($1, $2) on conflict (run_id) do nothing';

// Over for so long that it is not just a pause between two of a kind. A channel that was not told of the beginning is not told of the end.
const RESOLVE = `with resolved as (
    update batch.alert set state = 'RESOLVED', resolved_at = over_at where state = 'OPEN' and over_at <= now() - $1 * interval '1 ms' returning id, kind, subject),
  unheard as (
    update batch.alert_delivery d set state = 'SILENCED', ended_at = now() from resolved r
    where d.alert_id = r.id and d.message = 'RAISED' and d.state = 'WAITING' and exists (select from batch.alert_silence s where s.kind = r.kind
      and (s.subject is null or s.subject = r.subject) and s.ended_at is null and s.until > now()) returning d.id)
  insert into batch.alert_delivery (id, alert_id, channel, message)
    select gen_random_uuid(), d.alert_id, d.channel, 'RESOLVED' from batch.alert_delivery d join resolved r on r.id = d.alert_id
    where d.message = 'RAISED' and d.state in ('WAITING', 'SENT') and d.id not in (select id from unheard)
  on conflict (alert_id, channel, message) do nothing`;

// A sender of a channel gives a message up within half a day: what waits for longer has none, since its channel is configured no more.
const FORGOTTEN = `update batch.alert_delivery set state = 'GIVEN_UP', last_code = 'NOT_CONFIGURED', ended_at = now()
  where state = 'WAITING' and channel <> all($1::text[]) and made_at < now() - interval '1 day'`;

/** Messages and their addressees, written in one transaction with their cause. */
export class Outbox {
  /** @param channels those by which what is raised from now on is told */
  constructor(
    private readonly client: Pick<pg.ClientBase, 'query'>,
    private readonly channels: readonly ChannelName[],
  ) {}

  /** Records what an event meant. @param at ISO time of the event @param news false for what happened too long ago to tell anybody of */
  async record(turn: AlertTurn, at: string, news = true): Promise<void> {
    if (turn.turn === 'OVER' || turn.turn === 'NIGHT_OVER') return this.over(turn, at);
    if (!news) return;
    return turn.turn === 'LOOK' ? this.lookAt(turn) : this.raise(turn, at);
  }

  /** Raises an alert, or adds to the one of its kind and subject that is open, which is told anew for another night. */
  async raise({ kind, subject, facts }: Raise, at: string): Promise<void> {
    const values = [uuidv7(), kind, subject, facts.program ?? null, facts.recordDate ?? null, JSON.stringify(facts), at];
    const { rows } = await this.client.query<{ id: string; isAnotherNight: boolean }>(RAISE, values);
    const tell = rows[0]?.isAnotherNight === true ? TELL_ANEW : TELL;
    for (const channel of this.channels) await this.client.query(tell, [uuidv7(), rows[0]?.id, channel]);
  }

  /** Whether a condition holds, after a while in which it was steadily so or so. */
  async condition(kind: ConditionKind, holds: boolean): Promise<void> {
    const found = `select over_at as "overAt", now() as now from batch.alert where state = 'OPEN' and kind = $1 and subject = $2`;
    const { rows } = await this.client.query<{ overAt: Date | null; now: Date }>(found, [kind, SERVICE]);
    const [open] = rows;
    if (open === undefined) {
      if (holds) await this.raise({ turn: 'RAISE', kind, subject: SERVICE, facts: {} }, await this.now());
    } else if (holds && open.overAt !== null) {
      await this.client.query(`update batch.alert set over_at = null where state = 'OPEN' and kind = $1 and subject = $2`, [kind, SERVICE]);
    } else if (!holds && open.overAt === null) {
      await this.over({ turn: 'OVER', kinds: [kind], subject: SERVICE }, open.now.toISOString());
    }
  }

  /** Ends what has been over for a while, and tells the channels that were told of its beginning. */
  async resolve(settleMs: number): Promise<void> {
    await this.client.query(RESOLVE, [settleMs]);
  }

  /** Gives up what waits for a channel that is configured no more. A process with other channels may be about to send it: not before a day is over. */
  async giveUpForgotten(): Promise<void> {
    await this.client.query(FORGOTTEN, [this.channels]);
  }

  private async lookAt({ runId, readyBy }: LookAt): Promise<void> {
    await this.client.query(LOOK, [runId, readyBy]);
  }

  private async over(over: Over, at: string): Promise<void> {
    if (over.turn === 'OVER') await this.client.query(OVER, [over.kinds, over.subject, at]);
    else await this.client.query(NIGHT_OVER, [over.kinds, over.program, over.through, at]);
  }

  private async now(): Promise<string> {
    const { rows } = await this.client.query<{ now: Date }>('select now() as now');
    return (rows[0] as { now: Date }).now.toISOString();
  }
}
