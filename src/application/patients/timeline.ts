import { addDays, type LocalDate } from '../../domain/local-date.js';
import type { FailureCode, OutcomeName, SkipReason } from '../../domain/outcome.js';
import type { ProgramName } from '../../domain/program.js';
import { programOf } from '../../domain/programs/all-programs.js';
import { isFinal, type RunStatus } from '../../domain/run/run.js';
import { comingDays } from '../../domain/schedule/coming-days.js';
import { causeOf, explain, verdictOf, type DayCause, type DayRun, type DayVerdict } from '../../domain/timeline.js';

/** A run as a timeline needs it. */
interface TimelineRun {
  readonly runId: string;
  /** First day of the month that keys its events. */
  readonly runMonth: string;
  readonly recordDate: string;
  readonly status: RunStatus;
  readonly dryRun: boolean;
  readonly failureCode?: string | null | undefined;
  readonly plannedAt?: Date | null | undefined;
  readonly retry?: object | null | undefined;
}

/** An outcome of the user as the log has it. */
interface TimelineOutcome {
  readonly runId: string;
  readonly outcome: string;
  readonly data: object;
}

/** A saved row of the user's advice. */
interface TimelineAdvice {
  readonly gubun: string;
  readonly recordDate: string;
  /** Not so for a row that says that there is none. */
  readonly isAdvice: boolean;
}

/** Where a timeline is gathered from. */
export interface TimelineSources<Run, Outcome, Advice> {
  readonly runs: {
    /** Newest record date first, of a date the newest first. */
    ofDates(from: LocalDate, to: LocalDate, program: ProgramName): Promise<readonly Run[] | { readonly tooMany: number }>;
    /** Those of some runs that were asked for others than the user. */
    notFor(userId: number, runIds: readonly string[]): Promise<ReadonlySet<string>>;
  };
  readonly outcomes: { ofUser(userId: number, runs: readonly Pick<TimelineRun, 'runId' | 'runMonth'>[]): Promise<readonly Outcome[]> };
  readonly retention: { letGo(months: readonly string[]): Promise<ReadonlyMap<string, unknown>> };
  readonly schedules: { active(program: ProgramName): Promise<readonly { readonly settings: ComingCadence }[]> };
  readonly interventions: { ofUser(userId: number, from: LocalDate, to: LocalDate): Promise<readonly Advice[]> };
}

type ComingCadence = Parameters<typeof comingDays>[0]['cadences'][number];

/** Which days, and by which clock it is told what is still to come. */
export interface TimelineSpan {
  readonly userId: number;
  readonly program: ProgramName;
  readonly first: LocalDate;
  readonly last: LocalDate;
  readonly days: number;
  readonly now: Date;
  readonly timeZone: string;
}

/** A day of a user: what it came to and why, and what it is told by. */
export interface DayOfUser<Run, Outcome, Advice> extends DayCause {
  readonly recordDate: LocalDate;
  readonly verdict: DayVerdict;
  readonly explanation: ReturnType<typeof explain>;
  /** When the run of a day that is not due is to come. */
  readonly dueAt: Date | null;
  readonly interventions: readonly Advice[];
  readonly entries: readonly { readonly run: Run; readonly outcome: Outcome | null }[];
}

/** Gathers why a user got advice of a program, or none, on each day, the last one first. */
export async function timelineOf<Run extends TimelineRun, Outcome extends TimelineOutcome, Advice extends TimelineAdvice>(
  sources: TimelineSources<Run, Outcome, Advice>,
  { userId, program, first, last, days, now, timeZone }: TimelineSpan,
): Promise<readonly DayOfUser<Run, Outcome, Advice>[] | { readonly tooMany: number }> {
  const runs = await sources.runs.ofDates(first, last, program);
  if ('tooMany' in runs) return runs;
  const outcomes = new Map((await sources.outcomes.ofUser(userId, runs)).map((row) => [row.runId, row]));
  const gone = await sources.retention.letGo([...new Set(runs.map(({ runMonth }) => runMonth))]);
  const unsure = runs.filter((run) => endedUnplanned(run) || gone.has(run.runMonth)).map(({ runId }) => runId);
  const others = await sources.runs.notFor(userId, unsure);
  const { gubun, recordDay } = programOf(program);
  const cadences = (await sources.schedules.active(program)).map(({ settings }) => settings);
  const comingOn = comingDays({ cadences, recordDay, now, timeZone });
  const advice = (await sources.interventions.ofUser(userId, first, last)).filter((row) => row.gubun === gubun);
  return Array.from({ length: days }, (_, back) => {
    const recordDate = addDays(last, -back);
    const entries = runs.filter((run) => run.recordDate === recordDate).map((run) => ({ run, outcome: outcomes.get(run.runId) ?? null }));
    const interventions = advice.filter((row) => row.recordDate === recordDate);
    const judged = entries.filter(({ run }) => !run.dryRun).map(({ run, outcome }) => judgedOf(run, outcome, { gone, others }));
    const coming = comingOn(recordDate);
    const verdict = verdictOf(judged, { hasIntervention: interventions.some(({ isAdvice }) => isAdvice), coming });
    return {
      recordDate,
      verdict,
      explanation: explain(verdict, judged),
      ...causeOf(verdict, judged),
      dueAt: verdict === 'NOT_DUE' ? (coming?.at ?? null) : null,
      interventions,
      entries,
    };
  });
}

interface Known {
  /** Months whose events were let go. */
  readonly gone: ReadonlyMap<string, unknown>;
  /** Runs that were not for the user. */
  readonly others: ReadonlySet<string>;
}

function judgedOf(run: TimelineRun, outcome: TimelineOutcome | null, { gone, others }: Known): DayRun {
  const { reasons, code } = (outcome?.data ?? {}) as { readonly reasons?: readonly SkipReason[]; readonly code?: FailureCode };
  const isForOthers = others.has(run.runId);
  return {
    runId: run.runId,
    ended: isFinal(run.status),
    outcome: (outcome?.outcome as OutcomeName | undefined) ?? (isForOthers ? null : unplannedEnd(run)),
    skipReasons: reasons ?? [],
    failureCode: code ?? null,
    runFailure: run.failureCode ?? null,
    letGo: outcome === null && run.plannedAt != null && gone.has(run.runMonth) && !isForOthers,
  };
}

/** Whether a run ended before it was planned. The users of a retry are told by its parent's outcomes. */
function endedUnplanned({ status, plannedAt, retry }: TimelineRun): boolean {
  return retry == null && plannedAt == null && isFinal(status);
}

/** What a run that ended before it was planned means for a user of it: it would have been the user's turn. */
function unplannedEnd(run: TimelineRun): 'FAILED' | 'CANCELLED' | null {
  if (!endedUnplanned(run)) return null;
  return run.status === 'FAILED' ? 'FAILED' : 'CANCELLED';
}
