import { BAD_INPUTS } from './bad-input-words.js';
import { Arg, Args, Authorized, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { overdueSlot } from '../domain/schedule/overdue-slot.js';
import { countProblems, upcomingSlots } from '../application/schedules/preview-schedule.js';
import type { Role } from '../identity/role.js';
import { PageArgs, type Connection, type CountedConnection } from '../schema/connection.js';
import { EventConnection, type LogEvent } from '../schema/event-type.js';
import { Run, RunConnection } from '../schema/run-type.js';
import { DateTimeScalar, UuidScalar } from '../schema/scalars.js';
import { Slot, SlotConnection, UpcomingSlot } from '../schema/schedule-slot-type.js';
import { Schedule, ScheduleConnection } from '../schema/schedule-type.js';
import { badInput, notFound } from './bad-input.js';
import type { Context } from './context.js';
import { eventNode } from './outcome-nodes.js';
import { connect, pageRequest, type ListKey } from './paging.js';
import { runNode } from './run/run-nodes.js';
import { scheduleNode, slotNode } from './schedule-nodes.js';
import { ASKED, Most, Weight } from '../schema/list-size.js';

const SCHEDULES: ListKey = { list: 'schedules', form: ['time', 'uuid'] };
const SLOTS: ListKey = { list: 'slots', form: ['time'] };
const RUNS: ListKey = { list: 'schedule-runs', form: ['time', 'uuid'] };
const EVENTS: ListKey = { list: 'schedule-events', form: ['int'] };

/** Reads of schedules and of what hangs on them. */
@Resolver(() => Schedule)
export class ScheduleResolver {
  @Authorized<Role>('viewer')
  @Query(() => ScheduleConnection, { description: 'Schedules, newest first.' })
  async schedules(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { views }: Context,
    @Arg('includeDeleted', { defaultValue: false }) includeDeleted: boolean,
  ): Promise<Connection<Schedule>> {
    const found = await views.schedules.list({ includeDeleted }, pageRequest(page, SCHEDULES));
    return connect(found, SCHEDULES, { node: scheduleNode, key: ({ createdAt, scheduleId }) => [createdAt, scheduleId] });
  }

  @Authorized<Role>('viewer')
  @Query(() => Schedule, { nullable: true, description: 'A schedule by its id, a deleted one too.' })
  async schedule(@Arg('id', () => UuidScalar) id: string, @Ctx() { loaders }: Context): Promise<Schedule> {
    const found = await loaders.schedule.load(id.toLowerCase());
    if (found === undefined) throw notFound('SCHEDULE', `No schedule has the id ${id}. List them with \`schedules\`.`);
    return scheduleNode(found);
  }

  @FieldResolver(() => Int, {
    description: 'Its integer id for good, by which IBSafe’s own calls know it: that of its row in IBSafe’s table, or one above 1,000,000.',
  })
  async number(@Root() { id }: Schedule, @Ctx() { loaders }: Context): Promise<number> {
    const numbered = await loaders.scheduleNumber.load(id);
    if (numbered === undefined) throw new Error(`schedule ${id} has no number, which the database gives it with its row`);
    return numbered.number;
  }

  @Most(ASKED)
  @Weight(5)
  @FieldResolver(() => [UpcomingSlot], {
    description: 'Its next times, at most 100. Empty while it is paused; `schedulePreview` shows when it would come due.',
  })
  nextSlots(
    @Root() { status, cadence }: Schedule,
    @Arg('count', () => Int, { defaultValue: 5 }) count: number,
    @Ctx() { deps }: Context,
  ): readonly UpcomingSlot[] {
    const [problem] = countProblems(count);
    if (problem !== undefined) throw badInput('count', BAD_INPUTS.tell('COUNT', { expected: problem.said, found: problem.found }));
    return status === 'ACTIVE' ? upcomingSlots(cadence, deps.clock(), count) : [];
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description:
      'The time that came more than five minutes ago and that was neither fired nor skipped: no scheduler is at work. Else null.',
  })
  overdueSlot(@Root() { due }: Schedule, @Ctx() { deps }: Context): Date | null {
    return overdueSlot(due, deps.clock());
  }

  @FieldResolver(() => Slot, { nullable: true, description: 'The latest slot that fired or was skipped.' })
  async lastSlot(@Root() { id, cadence }: Schedule, @Ctx() { loaders }: Context): Promise<Slot | null> {
    const { rows } = await loaders.slots.load({ owner: id, ask: { first: 1 } });
    return rows[0] === undefined ? null : slotNode(rows[0], cadence.timeZone);
  }

  @FieldResolver(() => Run, { nullable: true, description: 'The run of the latest slot that fired.' })
  async lastRun(@Root() { lastRunId }: Schedule, @Ctx() { loaders }: Context): Promise<Run | null> {
    const row = lastRunId === null ? undefined : await loaders.run.load(lastRunId);
    return row === undefined ? null : runNode(row);
  }

  @FieldResolver(() => SlotConnection, { description: 'What became of its slots, newest first.' })
  async slots(
    @Root() { id, cadence }: Schedule,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { loaders }: Context,
  ): Promise<Connection<Slot>> {
    // prettier-ignore
    const found = await loaders.slots.load({ owner: id, ask: pageRequest(page, SLOTS) });
    return connect(found, SLOTS, { node: (row) => slotNode(row, cadence.timeZone), key: ({ slot }) => [slot.toISOString()] });
  }

  @FieldResolver(() => RunConnection, { description: 'Runs that its slots asked for, newest first.' })
  async runs(@Root() { id }: Schedule, @Args(() => PageArgs) page: PageArgs, @Ctx() { loaders }: Context): Promise<CountedConnection<Run>> {
    const found = await loaders.scheduleRuns.load({ owner: id, ask: pageRequest(page, RUNS) });
    const rows = await Promise.all(found.rows.map(({ runId }) => loaders.run.load(runId)));
    const there = rows.filter((row) => row !== undefined);
    const shown = connect({ rows: there, hasNext: found.hasNext }, RUNS, {
      node: runNode,
      key: ({ requestedAt, runId }) => [requestedAt.toISOString(), runId],
    });
    return { ...shown, count: async () => (await loaders.scheduleRunCount.load(id))?.runs ?? 0 };
  }

  @FieldResolver(() => EventConnection, {
    description:
      'What was done to it, by which actor, when and why, and what became of its slots: its events in order, from the first one. Kept for ever.',
  })
  async events(
    @Root() { id }: Schedule,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { loaders }: Context,
    @Arg('edits', {
      defaultValue: false,
      description: 'Only changes that operators made, the newest first; what became of its slots is left out.',
    })
    edits: boolean,
  ): Promise<Connection<LogEvent>> {
    const found = await loaders.scheduleEvents.load({ owner: id, ask: { ...pageRequest(page, EVENTS), edits } });
    return connect(found, EVENTS, { node: eventNode, key: ({ version }) => [version] });
  }
}

/** From a slot to the run it made. */
@Resolver(() => Slot)
export class SlotRunResolver {
  @FieldResolver(() => Run, { nullable: true, description: 'The run it made; null when it was skipped.' })
  async run(@Root() { runId }: Slot, @Ctx() { loaders }: Context): Promise<Run | null> {
    const row = runId === null ? undefined : await loaders.run.load(runId);
    return row === undefined ? null : runNode(row);
  }
}
