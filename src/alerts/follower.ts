import type pg from 'pg';
import { inTransaction } from '../database/in-transaction.js';
import type { Cursor, RecordedEvent } from '../application/ports.js';
import type { ChannelName, ConditionKind } from '../domain/alert/alert.js';
import {
  alertsOfRecall,
  alertsOfRollout,
  alertsOfRun,
  alertsOfSchedule,
  isNotReady,
  type AlertLimits,
} from '../domain/alert/alerts-of-event.js';
import type { RecallEvent } from '../domain/recall/recall-events.js';
import type { RolloutEvent } from '../domain/rollout/rollout-events.js';
import type { RunEvent } from '../domain/run/run-events.js';
import type { ScheduleEvent } from '../domain/schedule/schedule-events.js';
import { PostgresLog } from '../eventlog/postgres-log.js';
import { Outbox } from './outbox.js';
import { unbegunNights } from './unbegun-nights.js';
import { alertedRun, coverageOf, keepCoverage, programOfRollout } from './run-facts.js';

/** How alerts are raised. */
export interface FollowerOptions extends AlertLimits {
  readonly channels: readonly ChannelName[];
  /** Eligible users in a hundred that are to have advice at the ready-by time. */
  readonly readyPercent: number;
  /** ms for which something has to be over before it is told. */
  readonly settleMs: number;
}

/** What streams of recalls and rollouts begin with. */
const RECALL = 'recall-';
const ROLLOUT = 'rollout-';
/** Events that are read at once. */
const PAGE = 200;
/** ms after which what happened is no news any more: an old log raises no alert. */
const NEWS_MS = 172_800_000;
/** ms between two looks at the times of all schedules, which takes more than a look at what has come due. */
const SCHEDULES_MS = 60_000;

// The lock is no row's: a look that finds nothing gets no transaction id, and hides no event from those who follow the log.
const TURN = "select pg_try_advisory_xact_lock(hashtext('batch alerts')) as mine";
// With the time of the clock that events are recorded by: a process's may be another.
const PLACE = 'select xid::text, position::text, clock_timestamp() as now from batch.alert_follower';
const DUE = 'delete from batch.alert_look where ready_by <= now() returning run_id as "runId"';

/** Conditions that hold for a while, and those that do not; what is not yet known is in neither. */
export type Conditions = ReadonlyMap<ConditionKind, boolean>;

/** Reads what the log and the state of the service say, and records what is to be told. One process at a time: the others come back later. */
export class AlertFollower {
  private lookedAt = -Infinity;

  constructor(
    private readonly pool: Pick<pg.Pool, 'connect'>,
    private readonly options: FollowerOptions,
    private readonly onUnknown: (type: string) => void = () => undefined,
  ) {}

  /**
   * One step: a page of the log, the ready-by times that have come, the conditions, and what is over. The place in the log is kept in the same
   * transaction as what was made of it, so that a process that dies loses nothing and repeats nothing. @returns whether more of the log waits
   */
  step(conditions: Conditions = new Map()): Promise<boolean> {
    return inTransaction(this.pool, '', async (client) => {
      const { rows } = await client.query<{ mine: boolean }>(TURN);
      return rows[0]?.mine === true && this.advance(client, conditions);
    });
  }

  private async advance(client: pg.PoolClient, conditions: Conditions): Promise<boolean> {
    const outbox = new Outbox(client, this.options.channels);
    const more = await this.readOn(client, outbox);
    await this.lookAtDue(client, outbox);
    await this.lookAtUnbegun(client, outbox);
    for (const [kind, holds] of conditions) await outbox.condition(kind, holds);
    await outbox.resolve(this.options.settleMs);
    return more;
  }

  private async readOn(client: pg.PoolClient, outbox: Outbox): Promise<boolean> {
    const { rows } = await client.query<Cursor & { readonly now: Date }>(PLACE);
    const [place] = rows as [Cursor & { readonly now: Date }];
    const log = new PostgresLog(client, this.onUnknown);
    const page = await log.readAfter(place, PAGE, { runsAndSchedules: true });
    for (const event of page.events) {
      const isNews = place.now.getTime() - Date.parse(event.recordedAt) < NEWS_MS;
      for (const turn of await this.turnsOf(client, event)) await outbox.record(turn, event.recordedAt, isNews);
    }
    if (page.cursor !== place) {
      await client.query('update batch.alert_follower set xid = $1::xid8, position = $2', [page.cursor.xid, page.cursor.position]);
    }
    return !page.atEnd;
  }

  private async turnsOf(client: pg.PoolClient, event: RecordedEvent): Promise<ReturnType<typeof alertsOfRun>> {
    if (event.stream.startsWith(RECALL)) return alertsOfRecall(event as unknown as RecallEvent, event.stream.slice(RECALL.length));
    if (event.stream.startsWith(ROLLOUT)) {
      const rolloutId = event.stream.slice(ROLLOUT.length);
      const program = await programOfRollout(client, rolloutId);
      return program === undefined ? [] : alertsOfRollout(event as unknown as RolloutEvent, rolloutId, program);
    }
    if (event.runId === null) return alertsOfSchedule(event as unknown as ScheduleEvent, event.stream.replace(/^schedule-/, ''));
    const run = await alertedRun(client, event.runId, { ended: event.type === 'RunCompleted', ...this.options });
    return run === undefined ? [] : alertsOfRun(event as unknown as RunEvent, run, this.options);
  }

  private async lookAtDue(client: pg.PoolClient, outbox: Outbox): Promise<void> {
    const { rows } = await client.query<{ runId: string }>(DUE);
    for (const { runId } of rows) {
      const due = await coverageOf(client, runId, this.options);
      if (due === undefined) continue;
      await keepCoverage(client, due);
      if (!isNotReady(due, this.options.readyPercent, due.planned)) continue;
      const { program, recordDate, ready, eligible, readyBy, endedAt } = due;
      const facts = { program, recordDate, readyBy: readyBy.toISOString(), users: Math.max(0, eligible - ready), of: eligible };
      await outbox.raise({ turn: 'RAISE', kind: 'NOT_READY', subject: runId, facts }, readyBy.toISOString());
      // Where the look came late, its end was read before.
      if (endedAt !== null) await outbox.record({ turn: 'OVER', kinds: ['NOT_READY'], subject: runId }, endedAt.toISOString());
    }
  }

  /** Advice that was to be there and for which no run was asked. What tells of a schedule's run is not there, so that the night is found by the schedule's times. */
  private async lookAtUnbegun(client: pg.PoolClient, outbox: Outbox): Promise<void> {
    if (performance.now() - this.lookedAt < SCHEDULES_MS) return;
    for (const { scheduleId: subject, program, recordDate, readyBy } of await unbegunNights(client, this.options.readyPercent)) {
      const facts = { program, recordDate, readyBy: readyBy.toISOString() };
      await outbox.raise({ turn: 'RAISE', kind: 'NOT_READY', subject, facts }, readyBy.toISOString());
    }
    this.lookedAt = performance.now();
  }
}
