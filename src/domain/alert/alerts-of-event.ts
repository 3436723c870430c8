import type { GeneratorName, Tally } from '../outcome.js';
import type { ProgramName } from '../program.js';
import { assertNever } from '../assert-never.js';
import type { RecallEvent } from '../recall/recall-events.js';
import { addDays, localDate } from '../local-date.js';
import type { RolloutEvent } from '../rollout/rollout-events.js';
import type { RunEvent } from '../run/run-events.js';
import type { ScheduleEvent } from '../schedule/schedule-events.js';
import type { AlertTurn } from './alert.js';

/** What is known of a run beside its event. */
export interface AlertedRun {
  readonly runId: string;
  readonly program: ProgramName;
  /** `YYYY-MM-DD`. */
  readonly recordDate: string;
  readonly generator: GeneratorName;
  readonly dryRun: boolean;
  /** Whether it covers all users, or all users of the run that it repeats: an end of it says something of the night. */
  readonly whole: boolean;
  /** Whether a schedule made it and a night of its program within the weeks before had advice: then one that has none is no usual night. Only asked for when it has completed. */
  readonly expected: boolean;
  /** Whether its budget did not hold another call. Only asked for when it has completed. */
  readonly budgetReached: boolean;
  /** The recall that it belongs to, where it is the last of its runs to end; null for any other. */
  readonly recallDone: string | null;
}

/** The limits from which an alert is raised. */
export interface AlertLimits {
  /** Failed users in a hundred judged ones above which a completed run is told of; 100 never is. */
  readonly failuresPercent: number;
}

/** What an event of a run means. A dry run writes nothing, and raises none. */
export function alertsOfRun(event: RunEvent, run: AlertedRun, limits: AlertLimits): readonly AlertTurn[] {
  if (run.dryRun) return [];
  const { runId: subject, program, recordDate } = run;
  const unpaused: AlertTurn = { turn: 'OVER', kinds: ['RUN_PAUSED'], subject };
  switch (event.type) {
    case 'RunRequested':
      return event.data.readyBy === undefined ? [] : [{ turn: 'LOOK', runId: subject, readyBy: event.data.readyBy }];
    case 'RunPaused':
      return [{ turn: 'RAISE', kind: 'RUN_PAUSED', subject, facts: { program, recordDate, code: event.data.cause } }];
    case 'RunResumed':
    case 'RunCancelled':
      return [unpaused];
    case 'RunFailed':
      return [unpaused, { turn: 'RAISE', kind: 'RUN_FAILED', subject, facts: { program, recordDate, code: event.data.code } }];
    case 'RunCompleted':
      return [unpaused, ...alertsOfEnd(event.data, run, limits)];
    default:
      return [];
  }
}

function alertsOfEnd(tally: Tally, run: AlertedRun, { failuresPercent }: AlertLimits): AlertTurn[] {
  const { runId: subject, program, recordDate, whole, generator, budgetReached, recallDone } = run;
  const judged = tally.generated + tally.failed;
  const failing = tally.failed * 100 > failuresPercent * judged;
  const turns: AlertTurn[] = [];
  const facts = { program, recordDate };
  // Users without new advice still have the old: then it is told of until an operator has looked, and lifts the recall.
  if (recallDone !== null && tally.failed + tally.skipped + tally.cancelled === 0) turns.push(replaced(recallDone));
  if (failing) turns.push({ turn: 'RAISE', kind: 'RUN_FAILURES', subject, facts: { ...facts, users: tally.failed, of: judged } });
  if (budgetReached) turns.push({ turn: 'RAISE', kind: 'BUDGET_REACHED', subject, facts });
  if (!whole) return turns;
  const night = { turn: 'NIGHT_OVER', program, through: recordDate } as const;
  // The night in which a rollout stopped says nothing yet of the version that all users have again.
  turns.push({ ...night, through: addDays(localDate(recordDate), -1), kinds: ['ROLLOUT_STOPPED'] });
  turns.push({ ...night, kinds: failing ? ['NOT_READY'] : ['NOT_READY', 'RUN_FAILED', 'RUN_FAILURES'] });
  if (advisedIn(tally) > 0) turns.push({ ...night, kinds: ['NIGHT_EMPTY'] });
  else if (run.expected && tally.failed + tally.cancelled === 0)
    turns.push({ turn: 'RAISE', kind: 'NIGHT_EMPTY', subject, facts: { ...facts, of: tally.skipped } });
  if (generator === 'LLM' && !budgetReached) turns.push({ ...night, kinds: ['BUDGET_REACHED'] });
  return turns;
}

/** Users that have advice after a run, be it from before. */
function advisedIn({ generated, reasons }: Tally): number {
  return generated + (reasons.INTERVENTION_EXISTS ?? 0);
}

/** What an event of a recall means. One for an allergen is told of until its rows are replaced, or until it is lifted. */
export function alertsOfRecall(event: RecallEvent, recallId: string): readonly AlertTurn[] {
  switch (event.type) {
    case 'RecallRequested':
      return event.data.allergen ? [{ turn: 'RAISE', kind: 'RECALLED_ALLERGEN', subject: recallId, facts: {} }] : [];
    case 'RecallListed':
      return event.data.runs.length === 0 ? [replaced(recallId)] : [];
    case 'RecallLifted':
      return [replaced(recallId)];
    default:
      return assertNever(event);
  }
}

function replaced(recallId: string): AlertTurn {
  return { turn: 'OVER', kinds: ['RECALLED_ALLERGEN'], subject: recallId };
}

/** What an event of a rollout means. One that stops by itself is told of until a later night of its program is whole; an operator who stops one knows. */
export function alertsOfRollout(event: RolloutEvent, rolloutId: string, program: ProgramName): readonly AlertTurn[] {
  if (event.type !== 'RolloutStopped' || event.data.cause === 'OPERATOR') return [];
  const { cause: code, recordDate } = event.data;
  return [
    {
      turn: 'RAISE',
      kind: 'ROLLOUT_STOPPED',
      subject: rolloutId,
      facts: { program, code, ...(recordDate !== undefined && { recordDate }) },
    },
  ];
}

/** What an event of a schedule means. Slots of one schedule that are skipped one after another are one alert, which counts them. */
export function alertsOfSchedule(event: ScheduleEvent, scheduleId: string): readonly AlertTurn[] {
  const over: AlertTurn = { turn: 'OVER', kinds: ['SLOT_SKIPPED'], subject: scheduleId };
  switch (event.type) {
    case 'SlotSkipped':
    case 'SlotRangeSkipped': {
      const { reason: code, slot } = event.data;
      const last = event.type === 'SlotRangeSkipped' ? event.data.through : slot;
      return [{ turn: 'RAISE', kind: 'SLOT_SKIPPED', subject: scheduleId, facts: { code, slot: last } }];
    }
    case 'SlotFired':
    case 'SchedulePaused':
    case 'ScheduleDeleted':
      return [over];
    default:
      return [];
  }
}

/** The users that had advice at a schedule's ready-by time. */
export interface Coverage {
  /** Users with advice. */
  readonly ready: number;
  /** Users that advice can be given to, as far as was known then. */
  readonly eligible: number;
}

/** Whether advice was not ready. A run that had not fixed its roster yet counts as not ready. */
export function isNotReady({ ready, eligible }: Coverage, readyPercent: number, planned: boolean): boolean {
  return planned ? ready * 100 < readyPercent * eligible : true;
}
