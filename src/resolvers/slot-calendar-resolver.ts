import { BAD_INPUTS } from './bad-input-words.js';
import { Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Schedule as ScheduleState } from '../domain/schedule/schedule.js';
import { comingSlots, type ComingSlot } from '../domain/slots/coming-slots.js';
import { programOf } from '../domain/programs/all-programs.js';
import { recordDateOf } from '../domain/slots/record-date.js';
import { localTime } from '../domain/slots/local-time.js';
import { slotNotes } from '../domain/slots/slot-notes.js';
import { writeKey } from '../database/keyset.js';
import type { Role } from '../identity/role.js';
import type { SlotRow, SlotSpan } from '../projections/queries/schedule-history-queries.js';
import { Weight } from '../schema/list-size.js';
import { Run } from '../schema/run-type.js';
import { Schedule } from '../schema/schedule-type.js';
import { CalendarArgs, CalendarSlot, MAX_CALENDAR_DAYS, MAX_CALENDAR_SLOTS, SlotCalendar } from '../schema/slot-calendar-type.js';
import { nodeOf } from './node-of.js';
import { badInput } from './bad-input.js';
import { type ListKey, pageRequest } from './paging.js';
import type { Context } from './context.js';
import { runNode } from './run/run-nodes.js';
import { scheduleNode } from './schedule-nodes.js';

const DAY_MS = 86_400_000;
/** The ends of the calendar that slots are reckoned in. */
const [EARLIEST, LATEST] = [Date.UTC(1970, 0, 1), Date.UTC(9999, 0, 1)];

/** The slots of all schedules. */
@Resolver(() => CalendarSlot)
export class SlotCalendarResolver {
  @Authorized<Role>('viewer')
  @Weight(100)
  @Query(() => SlotCalendar, {
    description:
      'The slots of all schedules, deleted ones too: what fired, what was skipped and why, and what is to come. At most 500 at a time.',
  })
  async slots(
    @Args(() => CalendarArgs) { from, to, after: cursor }: CalendarArgs,
    @Ctx() { views, loaders }: Context,
  ): Promise<SlotCalendar> {
    checkSpan(from, to);
    const after = placeOf(cursor);
    // One more of each than is shown, to learn whether more follow.
    const limit = MAX_CALENDAR_SLOTS + 1;
    const [past, active] = await Promise.all([views.scheduleHistory.between({ from, to, after, limit }), views.schedules.active(null)]);
    const all = [...past, ...comingAfter(active, { from, to, after, limit })].toSorted(byPlace);
    const schedules = await Promise.all(all.slice(0, limit).map(({ scheduleId }) => loaders.schedule.load(scheduleId)));
    const nodes = all.slice(0, limit).flatMap((slot, at) => (schedules[at] === undefined ? [] : [node(slot, schedules[at])]));
    return nodeOf(SlotCalendar, page(nodes));
  }

  @FieldResolver(() => Schedule, { description: 'Whose slot it is.' })
  async schedule(@Root() { scheduleId }: CalendarSlot, @Ctx() { loaders }: Context): Promise<Schedule> {
    return scheduleNode((await loaders.schedule.load(scheduleId)) as ScheduleState);
  }

  @FieldResolver(() => Run, { nullable: true, description: 'The run it made; null when it made none.' })
  async run(@Root() { runId }: CalendarSlot, @Ctx() { loaders }: Context): Promise<Run | null> {
    const row = runId === null ? undefined : await loaders.run.load(runId);
    return row === undefined ? null : runNode(row);
  }

  @FieldResolver(() => Run, {
    nullable: true,
    description:
      'Of a slot that was skipped by itself: the newest run over all users of its program and day that was asked for since, however it began; null where there is none.',
  })
  async madeUpBy(@Root() { scheduleId, scheduledFor, state, through }: CalendarSlot, @Ctx() { loaders }: Context): Promise<Run | null> {
    if (state !== 'SKIPPED' || through !== null) return null;
    const schedule = await loaders.schedule.load(scheduleId);
    if (schedule === undefined) return null;
    const { program } = schedule.settings;
    const recordDate = recordDateOf(scheduledFor, schedule.settings, programOf(program).recordDay);
    const row = await loaders.madeUp.load({ program, recordDate, since: scheduledFor });
    return row === undefined ? null : runNode(row);
  }
}

function checkSpan(from: Date, to: Date): void {
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days < 0 || days > MAX_CALENDAR_DAYS)
    throw badInput('from', BAD_INPUTS.tell('TIMES', { most: MAX_CALENDAR_DAYS, found: Math.round(days) }));
  if (from.getTime() < EARLIEST || to.getTime() > LATEST) throw badInput('from', BAD_INPUTS.tell('YEARS'));
}

/** What a slot is found by: no schedule has two of one instant. */
type Place = Pick<SlotRow, 'slot' | 'scheduleId'>;

const LIST: ListKey = { list: 'calendar', form: ['time', 'uuid'] };

/** @throws BAD_USER_INPUT for the cursor of another list */
function placeOf(cursor: string | null | undefined): Place | undefined {
  const { after } = pageRequest({ first: 1, ...(cursor != null && { after: cursor }) }, LIST);
  return after && { slot: new Date(after[0] ?? 0), scheduleId: String(after[1]) };
}

/** As PostgreSQL orders instants and ids. */
function byPlace(a: Place, b: Place): number {
  return a.slot.getTime() - b.slot.getTime() || (a.scheduleId < b.scheduleId ? -1 : Number(a.scheduleId > b.scheduleId));
}

/** Reckoned from the slot that was told last, not from the beginning again; of its instant, each schedule may have one that was told. */
function comingAfter(active: readonly ScheduleState[], { from, to, after, limit }: SlotSpan): ComingSlot[] {
  if (after === undefined) return comingSlots(active, { from, to, limit });
  const rest = { from: after.slot > from ? after.slot : from, to, limit: limit + active.length };
  return comingSlots(active, rest).filter((slot) => byPlace(slot, after) > 0);
}

/** Slots of one instant stay together, unless they are more than a page. */
function page(nodes: CalendarSlot[]): Pick<SlotCalendar, 'slots' | 'pageInfo' | 'nextFrom'> {
  const next = nodes[MAX_CALENDAR_SLOTS]?.scheduledFor;
  if (next === undefined) return { slots: nodes, pageInfo: pageInfo(nodes, false), nextFrom: null };
  const whole = nodes.filter(({ scheduledFor }) => scheduledFor < next);
  const slots = whole.length > 0 ? whole : nodes.slice(0, MAX_CALENDAR_SLOTS);
  return { slots, pageInfo: pageInfo(slots, true), nextFrom: whole.length > 0 ? next : new Date(next.getTime() + 1) };
}

function pageInfo(slots: readonly CalendarSlot[], hasNextPage: boolean): SlotCalendar['pageInfo'] {
  const last = slots.at(-1);
  return { hasNextPage, endCursor: last === undefined ? null : writeKey(LIST.list, [last.scheduledFor.toISOString(), last.scheduleId]) };
}

function node(found: SlotRow | ComingSlot, { scheduleId, settings }: ScheduleState): CalendarSlot {
  const { slot } = found;
  const place = { scheduleId, scheduledFor: slot, local: localTime(slot, settings.timeZone) };
  if (!('fired' in found)) {
    const open = { reason: null, misfire: false, through: null, count: null, decidedAt: null, runId: null };
    return nodeOf(CalendarSlot, { ...place, ...open, state: 'COMING' as const, notes: slotNotes(slot, settings) });
  }
  const { fired, reason, misfire, through, count, decidedAt, runId } = found;
  const decided = { reason, misfire, through, count, decidedAt, runId, notes: [] };
  return nodeOf(CalendarSlot, { ...place, ...decided, state: fired ? ('FIRED' as const) : ('SKIPPED' as const) });
}
