import type pg from 'pg';
import { inTransaction } from '../database/in-transaction.js';
import type { Cursor, RecordedEvent } from '../application/ports.js';
import type { AlertTurn, ChannelName, ConditionKind } from '../domain/alert/alert.js';
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
import type { OwedNight } from '../domain/schedule/owed-night.js';
import type { ScheduleEvent } from '../domain/schedule/schedule-events.js';
import { PostgresLog } from '../eventlog/postgres-log.js';
import { Outbox } from './outbox.js';
import { unbegunNights } from './unbegun-nights.js';
import { alertedRun, coverageOf, keepCoverage, programOfRollout, type DueRun } from './run-facts.js';

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

// The lock is no row's: a look that finds nothing gets no transaction id, and hides no event from followers of the log.
const TURN = "select pg_try_advisory_xact_lock(hashtext('batch alerts')) as mine";
// With the time of the clock that events are recorded by: a process's may be another.
const PLACE = 'select xid::text, position::text, clock_timestamp() as now from batch.alert_follower';
const DUE = 'select run_id as "runId" from batch.alert_look where ready_by <= $1';
const LOOKED = 'delete from batch.alert_look where run_id = any($1::uuid[])';

/** Conditions that hold for a while, and those that do not; what is not yet known is in neither. */
export type Conditions = ReadonlyMap<ConditionKind, boolean>;

/** What a step looks at beside the log. */
interface Looked {
  readonly conditions: Conditions;
  /** Whether the times of all schedules are looked at. */
  readonly looksAtTimes: boolean;
}

/** What an event means for alerts, and when it was recorded. */
interface Turn {
  readonly turn: AlertTurn;
  readonly at: string;
  readonly isNews: boolean;
}

interface ReadPage {
  readonly turns: readonly Turn[];
  /** By the database's clock. */
  readonly now: Date;
  /** Where the next page begins; undefined where the log holds no more than before. */
  readonly cursor: Cursor | undefined;
  readonly more: boolean;
}

interface Due {
  readonly runIds: readonly string[];
  /** Those of them that a view has. */
  readonly runs: readonly DueRun[];
}

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
  async step(conditions: Conditions = new Map()): Promise<boolean> {
    const now = performance.now();
    const looksAtTimes = now - this.lookedAt >= SCHEDULES_MS;
    const page = await inTransaction(this.pool, '', async (client) => {
      const { rows } = await client.query<{ mine: boolean }>(TURN);
      return rows[0]?.mine === true ? this.advance(client, { conditions, looksAtTimes }) : undefined;
    });
    // After the commit: what a transaction found that came to nothing is looked for again at once.
    if (page !== undefined && looksAtTimes) this.lookedAt = now;
    return page?.more === true;
  }

  /** Reads all before it writes: the first write takes a transaction id, and later events of other writers are hidden from followers of the log. */
  private async advance(client: pg.PoolClient, { conditions, looksAtTimes }: Looked): Promise<ReadPage> {
    const outbox = new Outbox(client, this.options.channels);
    const page = await this.readOn(client);
    const due = await this.dueOf(client, page);
    // Advice that was to be there and for which no run was asked: what tells of a schedule's run is not there, so that the night is found by the schedule's times.
    const unbegun = looksAtTimes ? await unbegunNights(client, this.options.readyPercent) : [];
    await this.keepPage(client, outbox, page);
    await this.keepDue(client, outbox, due);
    for (const night of unbegun) await raiseUnbegun(outbox, night);
    for (const [kind, holds] of conditions) await outbox.condition(kind, holds);
    await outbox.resolve(this.options.settleMs);
    if (looksAtTimes) await outbox.giveUpForgotten();
    return page;
  }

  private async readOn(client: pg.PoolClient): Promise<ReadPage> {
    const { rows } = await client.query<Cursor & { readonly now: Date }>(PLACE);
    const [place] = rows as [Cursor & { readonly now: Date }];
    const log = new PostgresLog(client, this.onUnknown);
    const { events, cursor, atEnd } = await log.readAfter(place, PAGE, { runsAndSchedules: true });
    const turns: Turn[] = [];
    for (const event of events) {
      const isNews = place.now.getTime() - Date.parse(event.recordedAt) < NEWS_MS;
      for (const turn of await this.turnsOf(client, event)) turns.push({ turn, at: event.recordedAt, isNews });
    }
    return { turns, now: place.now, cursor: cursor === place ? undefined : cursor, more: !atEnd };
  }

  private async keepPage(client: pg.PoolClient, outbox: Outbox, { turns, cursor }: ReadPage): Promise<void> {
    for (const { turn, at, isNews } of turns) await outbox.record(turn, at, isNews);
    if (cursor !== undefined)
      await client.query('update batch.alert_follower set xid = $1::xid8, position = $2', [cursor.xid, cursor.position]);
  }

  private async turnsOf(client: pg.PoolClient, event: RecordedEvent): Promise<readonly AlertTurn[]> {
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

  /** Runs whose ready-by time has come, those that the page tells of too, with what is to be said of each: to count the outcomes of a night takes a while. */
  private async dueOf(client: pg.PoolClient, { turns, now }: ReadPage): Promise<Due> {
    const { rows } = await client.query<{ runId: string }>(DUE, [now]);
    const told = turns.flatMap(({ turn, isNews }) => (isNews && turn.turn === 'LOOK' && Date.parse(turn.readyBy) <= now.getTime() ? [turn.runId] : [])); // prettier-ignore
    const runIds = [...new Set([...rows.map(({ runId }) => runId), ...told])];
    const runs: DueRun[] = [];
    for (const runId of runIds) {
      const due = await coverageOf(client, runId, this.options);
      if (due !== undefined) runs.push(due);
    }
    return { runIds, runs };
  }

  private async keepDue(client: pg.PoolClient, outbox: Outbox, { runIds, runs }: Due): Promise<void> {
    if (runIds.length > 0) await client.query(LOOKED, [runIds]);
    for (const due of runs) {
      await keepCoverage(client, due);
      if (!isNotReady(due, this.options.readyPercent, due.planned)) continue;
      const { runId, program, recordDate, ready, eligible, readyBy, endedAt } = due;
      const facts = { program, recordDate, readyBy: readyBy.toISOString(), users: Math.max(0, eligible - ready), of: eligible };
      await outbox.raise({ turn: 'RAISE', kind: 'NOT_READY', subject: runId, facts }, readyBy.toISOString());
      // Where the look came late, its end was read before.
      if (endedAt !== null) await outbox.record({ turn: 'OVER', kinds: ['NOT_READY'], subject: runId }, endedAt.toISOString());
    }
  }
}

function raiseUnbegun(outbox: Outbox, { scheduleId: subject, program, recordDate, readyBy }: OwedNight): Promise<void> {
  const facts = { program, recordDate, readyBy: readyBy.toISOString() };
  return outbox.raise({ turn: 'RAISE', kind: 'NOT_READY', subject, facts }, readyBy.toISOString());
}
