import { createUnionType, Field, ID, Int } from 'type-graphql';
import { Refused } from './error-type.js';
import { UuidScalar } from './scalars.js';
import { ScheduleInvalid, VersionConflict } from './schedule-errors.js';
import { UpcomingSlot } from './schedule-slot-type.js';
import { Schedule, ScheduleSettings } from './schedule-type.js';
import { ASKED, Most } from './list-size.js';
import { ObjectOfNobody } from './of-person.js';

const resolveType = (value: object): string => value.constructor.name;

/** The schedule as it stands after a change. */
@ObjectOfNobody({ description: 'The schedule as it stands now.' })
export class ScheduleAccepted {
  @Field(() => Schedule)
  schedule!: Schedule;
}

/** What every change of one schedule answers. */
export const ScheduleResult = createUnionType({
  name: 'ScheduleResult',
  description: 'The schedule, or why it was not changed.',
  types: () => [ScheduleAccepted, Refused, ScheduleInvalid, VersionConflict] as const,
  resolveType,
});

/** When an input would come due. */
@ObjectOfNobody({ description: 'What a schedule would be and when it would come due. Nothing is saved.' })
export class SchedulePreview {
  @Field(() => ScheduleSettings, { description: 'The input with every default filled in.' })
  settings!: ScheduleSettings;

  @Most(ASKED)
  @Field(() => [UpcomingSlot])
  slots!: readonly UpcomingSlot[];
}

/** What `schedulePreview` answers. */
export const SchedulePreviewResult = createUnionType({
  name: 'SchedulePreviewResult',
  description: 'The next times, or what is wrong with the input.',
  types: () => [SchedulePreview, ScheduleInvalid] as const,
  resolveType,
});

/** What `initSchedules` did. */
@ObjectOfNobody({ description: 'The default schedule, and those it replaced.' })
export class SchedulesInitialized {
  @Field(() => Schedule)
  created!: Schedule;

  @Most(1_000)
  @Field(() => [Schedule], { description: 'Those that `force` deleted. Their logs stay.' })
  deleted!: Schedule[];
}

/** What `initSchedules` answers. */
export const InitSchedulesResult = createUnionType({
  name: 'InitSchedulesResult',
  description: 'The default schedule, or why it was not made.',
  types: () => [SchedulesInitialized, Refused] as const,
  resolveType,
});

/** What `syncSchedules` did. */
@ObjectOfNobody({ description: 'What was put right in the job store, by the names of the jobs. All three empty: nothing was wrong.' })
export class SchedulesSynced {
  @Most(1_000)
  @Field(() => [String])
  added!: readonly string[];

  @Most(1_000)
  @Field(() => [String])
  changed!: readonly string[];

  @Most(1_000)
  @Field(() => [String])
  removed!: readonly string[];
}

/** What `syncSchedules` answers. */
export const SyncSchedulesResult = createUnionType({
  name: 'SyncSchedulesResult',
  description: 'What was put right, or why nothing could be.',
  types: () => [SchedulesSynced, Refused] as const,
  resolveType,
});

/** A row of IBSafe's own table that has a schedule. */
@ObjectOfNobody({ description: 'A row of IBSafe’s own `ibsafe_batchschedule` and its schedule here.' })
export class ImportedSchedule {
  @Field(() => ID, { description: 'The row’s id.' })
  ibsafeId!: string;

  @Field(() => UuidScalar)
  scheduleId!: string;

  @Field(() => Int, { description: 'The schedule’s integer id, by which REST knows it.' })
  number!: number;

  @Field(() => String, { nullable: true, description: 'Why `number` is not the row’s id; null where it is.' })
  renumbered!: string | null;
}

/** A row of IBSafe's own table that cannot be taken. */
@ObjectOfNobody({ description: 'A row of IBSafe’s own `ibsafe_batchschedule` that cannot be taken.' })
class RefusedImport {
  @Field(() => ID, { description: 'The row’s id.' })
  ibsafeId!: string;

  @Field({ description: 'What is wrong with it.' })
  message!: string;
}

/** What `importSchedules` did. */
@ObjectOfNobody({ description: 'What became of each of IBSafe’s own schedules.' })
export class SchedulesImported {
  @Most(1_000)
  @Field(() => [ImportedSchedule])
  imported!: readonly ImportedSchedule[];

  @Most(1_000)
  @Field(() => [ImportedSchedule], {
    description: 'Rows that an earlier import brought already, whatever became of their schedules since.',
  })
  known!: readonly ImportedSchedule[];

  @Most(1_000)
  @Field(() => [RefusedImport])
  refused!: readonly RefusedImport[];
}

/** What `importSchedules` answers. */
export const ImportSchedulesResult = createUnionType({
  name: 'ImportSchedulesResult',
  description: 'What became of each row, or why none could be read.',
  types: () => [SchedulesImported, Refused] as const,
  resolveType,
});

/** What `cancelQueuedRuns` did. */
@ObjectOfNobody({ description: 'What became of the runs of a schedule that had not begun.' })
export class QueuedRunsCancelled {
  @Field(() => Int, { description: 'Runs that were cancelled; each has ended.' })
  cancelled!: number;

  @Field(() => Int, { description: 'Runs of the schedule that had begun, and go on.' })
  underWay!: number;
}

/** What `cancelQueuedRuns` answers. */
export const QueuedRunsResult = createUnionType({
  name: 'QueuedRunsResult',
  description: 'What became of the queue, or why nothing was done.',
  types: () => [QueuedRunsCancelled, Refused] as const,
  resolveType,
});
