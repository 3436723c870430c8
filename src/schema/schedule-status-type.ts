import { Field, Int } from 'type-graphql';
import { UuidScalar } from './scalars.js';
import { StoreStatus } from './status-type.js';
import { Most } from './list-size.js';
import { ObjectOfNobody } from './of-person.js';

/** A recurring job that should be there and is not, or the other way round. */
@ObjectOfNobody({ description: 'A recurring job of the job store.' })
export class DriftingJob {
  @Field(() => UuidScalar)
  scheduleId!: string;

  @Field({ description: 'As the dashboard shows it.' })
  name!: string;
}

/** A recurring job that is there and not as it should be. */
@ObjectOfNobody({ description: 'A recurring job that is there and not as it should be.' })
export class DifferentJob extends DriftingJob {
  @Most(5)
  @Field(() => [String], { description: 'What differs: `name`, `cron`, `timeZone`, `enabled` or `nextRunAt`.' })
  fields!: readonly string[];
}

/** The differences between schedules and jobs. */
@ObjectOfNobody({ description: 'Differences between the schedules and the jobs in the job store. `syncSchedules` puts them right.' })
export class ScheduleDrift {
  @Most(1_000)
  @Field(() => [DriftingJob], { description: 'Active schedules without a job.' })
  missing!: readonly DriftingJob[];

  @Most(1_000)
  @Field(() => [DriftingJob], { description: 'Jobs without a schedule, and second jobs of one.' })
  extra!: readonly DriftingJob[];

  @Most(1_000)
  @Field(() => [DifferentJob])
  different!: readonly DifferentJob[];
}

/** Totals and drift. */
@ObjectOfNobody({ description: 'How the schedules stand, and whether the job store holds what it should.' })
export class ScheduleStatusReport {
  @Field(() => Int, { description: 'Deleted ones are not counted.' })
  totalSchedules!: number;

  @Field(() => Int)
  activeSchedules!: number;

  @Field(() => Int, { nullable: true, description: 'Recurring jobs in the job store; null while it does not answer.' })
  jobs!: number | null;

  @Field(() => Int, { nullable: true, description: 'Those of them that are enabled.' })
  enabledJobs!: number | null;

  @Field(() => ScheduleDrift, { nullable: true, description: 'Null while the job store does not answer.' })
  drift!: ScheduleDrift | null;

  @Field(() => StoreStatus)
  jobStore!: StoreStatus;
}
