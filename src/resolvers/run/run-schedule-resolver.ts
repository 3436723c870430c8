import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Run } from '../../schema/run-type.js';
import { Schedule } from '../../schema/schedule-type.js';
import type { Context } from '../context.js';
import { scheduleNode } from '../schedule-nodes.js';

/** From a run to the schedule that asked for it. */
@Resolver(() => Run)
export class RunScheduleResolver {
  @FieldResolver(() => Schedule, {
    nullable: true,
    description: 'The schedule whose slot asked for it, even if that was deleted since; null for any other trigger.',
  })
  async schedule(@Root() { scheduleId }: Run, @Ctx() { loaders }: Context): Promise<Schedule | null> {
    const found = scheduleId === null ? undefined : await loaders.schedule.load(scheduleId);
    return found === undefined ? null : scheduleNode(found);
  }
}
