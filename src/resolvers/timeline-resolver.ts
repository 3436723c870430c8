import { BAD_INPUTS } from './bad-input-words.js';
import { Args, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { addDays, dateInZone, daysBetween } from '../domain/local-date.js';
import { timelineOf, type DayOfUser } from '../application/patients/timeline.js';
import type { OutcomeRow, RunViewRow } from '../projections/entities.js';
import type { ShownAdvice } from '../records/shown-advice.js';
import type { Role } from '../identity/role.js';
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
      'Why a user got advice of a program, or none, for the records of each day. Default: the last 14 days; at most 92, which may have 1,000 runs.',
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
    const { clock, settings } = context.deps;
    const told = await timelineOf(context.views, { userId, program, first, last, days, now: clock(), timeZone: settings.timeZone });
    if ('tooMany' in told) throw badInput('from', BAD_INPUTS.tell('RUNS_OF_DAYS', { most: MAX_OF_DATES, found: told.tooMany }));
    return nodeOf(UserTimeline, { userId, program, ...account, days: told.map(dayNode) });
  }
}

/** Days that arguments ask for, before it is known which day it is today. */
function daysAsked({ from, to }: Partial<Pick<TimelineArgs, 'from' | 'to'>>): number {
  if (from === undefined || from === null) return USUAL_DAYS;
  return to === undefined || to === null ? MAX_TIMELINE_DAYS : daysBetween(from, to) + 1;
}

function dayNode({ entries, interventions, verdict, explanation, ...day }: DayOfUser<RunViewRow, OutcomeRow, ShownAdvice>): TimelineDay {
  return nodeOf(TimelineDay, {
    ...day,
    verdict: Verdict[verdict],
    explanation: explanation.en,
    explanationKo: explanation.ko,
    interventions: interventions.map(interventionNode),
    entries: entries.map(({ run, outcome }) =>
      nodeOf(TimelineEntry, { run: runNode(run), outcome: outcome === null ? null : outcomeNode(outcome) }),
    ),
  });
}
