import { BAD_INPUTS } from './bad-input-words.js';
import { Args, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { addDays, dateInZone, daysBetween, type LocalDate } from '../domain/local-date.js';
import type { ProgramName } from '../domain/program.js';
import { programOf } from '../domain/programs/all-programs.js';
import { isFinal, type RunStatus } from '../domain/run/run.js';
import { comingDays } from '../domain/schedule/coming-days.js';
import { causeOf, explain, verdictOf, type DayRun } from '../domain/timeline.js';
import type { Role } from '../identity/role.js';
import type { Run } from '../schema/run-type.js';
import { Asks, Weight } from '../schema/list-size.js';
import { MAX_TIMELINE_DAYS, TimelineArgs, TimelineDay, TimelineEntry, UserTimeline, Verdict } from '../schema/timeline-type.js';
import { MAX_OF_DATES } from '../projections/queries/run-queries.js';
import { nodeOf } from './node-of.js';
import { badInput, notFound } from './bad-input.js';
import type { Context } from './context.js';
import { interventionNode, outcomeNode } from './outcome-nodes.js';
import { runNode } from './run/run-nodes.js';

/** Days that are shown unless asked otherwise. */
const USUAL_DAYS = 14;

/** Why a user got advice, or none. */
@Resolver()
export class TimelineResolver {
  @Authorized<Role>('viewer')
  @Weight(500)
  @Asks(daysAsked)
  @Query(() => UserTimeline, {
    nullable: true,
    description:
      'Why a user got advice of a program, or none, on each day. Default: the last 14 days; at most 92, which may have 1,000 runs.',
  })
  async userTimeline(
    @Args(() => TimelineArgs) { userId, from, to, program }: TimelineArgs,
    @Ctx() context: Context,
  ): Promise<UserTimeline> {
    const account = await context.views.interventions.account(userId);
    if (account === null) throw notFound('USER', `No account has the id ${userId}. Check the id in IBSafe.`);
    const last = to ?? dateInZone(context.deps.clock(), context.deps.settings.timeZone);
    const first = from ?? addDays(last, 1 - USUAL_DAYS);
    const days = daysBetween(first, last) + 1;
    if (days < 1 || days > MAX_TIMELINE_DAYS)
      throw badInput('from', BAD_INPUTS.tell('DAYS', { least: 1, most: MAX_TIMELINE_DAYS, found: days }));
    const span = { first, last, days, program };
    return nodeOf(UserTimeline, { userId, program, ...account, days: await daysOf(context, userId, span) });
  }
}

/** Days that arguments ask for, before it is known which day it is today. */
function daysAsked({ from, to }: Partial<Pick<TimelineArgs, 'from' | 'to'>>): number {
  if (from === undefined || from === null) return USUAL_DAYS;
  return to === undefined || to === null ? MAX_TIMELINE_DAYS : daysBetween(from, to) + 1;
}

async function daysOf(
  { views, deps }: Context,
  userId: number,
  span: { first: LocalDate; last: LocalDate; days: number; program: ProgramName },
): Promise<TimelineDay[]> {
  const runs = await views.runs.ofDates(span.first, span.last, span.program);
  if ('tooMany' in runs) throw badInput('from', BAD_INPUTS.tell('RUNS_OF_DAYS', { most: MAX_OF_DATES, found: runs.tooMany }));
  const outcomes = new Map((await views.outcomes.ofUser(userId, runs)).map((row) => [row.runId, outcomeNode(row)]));
  const gone = await views.retention.letGo([...new Set(runs.map(({ runMonth }) => runMonth))]);
  const others = await views.runs.notFor(
    userId,
    runs.filter((run) => endedUnplanned(run) || gone.has(run.runMonth)).map(({ runId }) => runId),
  );
  const { gubun, recordDay } = programOf(span.program);
  const cadences = (await views.schedules.active(span.program)).map(({ settings }) => settings);
  const comingOn = comingDays({ cadences, recordDay, now: deps.clock(), timeZone: deps.settings.timeZone });
  const advice = (await views.interventions.ofUser(userId, span.first, span.last)).filter((row) => row.gubun === gubun);
  return Array.from({ length: span.days }, (_, back) => {
    const recordDate = addDays(span.last, -back);
    const mine = runs.filter((run) => run.recordDate === recordDate);
    const interventions = advice.filter((row) => row.recordDate === recordDate).map(interventionNode);
    const entries = mine.map((run) => nodeOf(TimelineEntry, { run: runNode(run), outcome: outcomes.get(run.runId) ?? null }));
    const judged: DayRun[] = entries
      .filter(({ run }) => !run.dryRun)
      .map(({ run, outcome }) => ({
        runId: run.id,
        ended: isFinal(run.status),
        outcome: outcome?.outcome ?? (others.has(run.id) ? null : unplannedEnd(run)),
        skipReasons: outcome?.skipReasons ?? [],
        failureCode: outcome?.failureCode ?? null,
        runFailure: run.failureCode,
        letGo: outcome === null && run.plannedAt != null && gone.has(run.month) && !others.has(run.id),
      }));
    const coming = comingOn(recordDate);
    const verdict = verdictOf(judged, { hasIntervention: interventions.some(({ isAdvice }) => isAdvice), coming });
    const { en, ko } = explain(verdict, judged);
    return nodeOf(TimelineDay, {
      recordDate,
      verdict: Verdict[verdict],
      explanation: en,
      explanationKo: ko,
      ...causeOf(verdict, judged),
      dueAt: verdict === 'NOT_DUE' ? (coming?.at ?? null) : null,
      interventions,
      entries,
    });
  });
}

interface EndOfRun {
  readonly status: string;
  readonly plannedAt?: Date | null | undefined;
  readonly retry?: object | null | undefined;
}

/** Whether a run ended before it was planned. Whom a retry would have been for is told by its parent's outcomes. */
function endedUnplanned({ status, plannedAt, retry }: EndOfRun): boolean {
  return retry == null && plannedAt == null && isFinal(status as RunStatus);
}

/** What a run that ended before it was planned means for a user whom it was for: it would have been the user's turn. */
function unplannedEnd(run: Run): 'FAILED' | 'CANCELLED' | null {
  if (!endedUnplanned(run)) return null;
  return run.status === 'FAILED' ? 'FAILED' : 'CANCELLED';
}
