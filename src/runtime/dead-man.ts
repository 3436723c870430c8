import { configuredChannels } from '../alerts/alert-settings.js';
import { DeadManSwitch } from '../alerts/dead-man-switch.js';
import type { Config } from '../config/config.js';
import { codeOf } from '../base/error-code.js';
import { describeError } from '../server/http/error-frames.js';
import type { Logger } from '../server/http/options.js';
import type { Core } from './core.js';
import { outboxFigures } from '../alerts/outbox-figures.js';
import { headLine, lastHead } from '../eventlog/log-heads.js';
import type { NightSign } from '../domain/alert/night-sign.js';
import { overdueSlot } from '../domain/schedule/overdue-slot.js';
import { CoverageQueries } from '../projections/queries/coverage-queries.js';
import { FigureQueries } from '../projections/queries/figure-queries.js';
import { PostgresScheduleStore } from '../store/schedule-store.js';
import { isBlocking } from './health.js';
import { owedNightsOf } from './serve-status.js';

/** s for which a message may wait: an endpoint that is away for a moment is no sign. */
const STUCK_S = 900;
/** Pauses that no wait mends, and no operator ordered. */
const STOPPED: ReadonlySet<string | null> = new Set(['FAULT', 'FAILURE_RATE']);

/**
 * Why the night is not well; empty when it is. The job store is none of them: without it slots fire and runs end all the same, and an alert tells of it.
 * @throws when the database does not answer
 */
export async function nightSigns(core: Core, config: Config): Promise<readonly NightSign[]> {
  const { pool } = core;
  const channels = new Set(configuredChannels(config).map(({ name }) => name));
  const figures = new FigureQueries(pool);
  const [findings, owed, runs, processes, outbox, overdue, open, lag] = await Promise.all([
    core.health.look(),
    owedNightsOf(pool, config.ALERT_READY_PERCENT),
    figures.runs(),
    figures.processes(),
    outboxFigures(pool),
    isOverdue(core),
    pool.query('select from batch.chunk_work c join batch.run_view r using (run_id) where not c.done and r.ended_at is null limit 1'),
    core.lag.look(), // what is not known is not well
  ]);
  const holds: Record<NightSign, boolean> = {
    REQUIREMENT: findings.some(isBlocking),
    SLOT_OVERDUE: overdue,
    NOT_READY: !owed.ready,
    RUN_STOPPED:
      runs.some(({ cause }) => STOPPED.has(cause)) ||
      outbox.open.some(({ kind, alerts, silenced }) => kind === 'RUN_FAILED' && alerts > silenced),
    NO_WORKER: open.rows.length > 0 && processes.every(({ lanes }) => lanes === 0),
    LOG_LAGGING: lag.alarm,
    // What waits for a channel that is configured no more is sent by no one, and is no sign of this night.
    ALERTS_STUCK: outbox.channels.some(({ channel, oldestSeconds }) => channels.has(channel) && oldestSeconds > STUCK_S),
  };
  return (Object.keys(holds) as NightSign[]).filter((sign) => holds[sign]);
}

async function isOverdue({ pool }: Core): Promise<boolean> {
  const [schedules, now] = await Promise.all([new PostgresScheduleStore(pool).all(), new CoverageQueries(pool).now()]);
  return schedules.some((schedule) => overdueSlot(schedule, now) !== null);
}

async function toldHead({ pool }: Core): Promise<string | undefined> {
  const head = await lastHead(pool);
  return head === undefined ? undefined : headLine(head);
}

/** The dead man's switch of a process that schedules; undefined where none is set. */
export function makeDeadManSwitch(config: Config, core: Core, logger: Logger): DeadManSwitch | undefined {
  const { ALERT_DEAD_MAN_URL: url, ALERT_DEAD_MAN_MS: everyMs, ALERT_TIMEOUT_MS: timeoutMs } = config;
  if (url === undefined) return undefined;
  return new DeadManSwitch(core.pool, {
    url,
    everyMs,
    timeoutMs,
    signs: () => nightSigns(core, config),
    head: () => toldHead(core),
    onChange: ({ signs, code, ok }) => {
      if (ok) logger.info({ code }, "the dead man's switch was told that the night is well");
      else if (signs.length > 0) logger.warn({ signs }, "the night is not well: the dead man's switch is told nothing");
      else logger.warn({ code }, "the dead man's switch could not be told; it is tried again");
    },
    onFailure: (error) =>
      logger.warn(
        { code: codeOf(error), error: describeError(error) },
        "the night could not be looked at: the dead man's switch is told nothing",
      ),
  });
}
