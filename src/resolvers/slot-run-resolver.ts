import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Run } from '../schema/run-type.js';
import { Slot } from '../schema/schedule-slot-type.js';
import type { Context } from './context.js';
import { runNode } from './run/run-nodes.js';

/** From a slot to the run it made. */
@Resolver(() => Slot)
export class SlotRunResolver {
  @FieldResolver(() => Run, { nullable: true, description: 'The run it made; null when it was skipped.' })
  async run(@Root() { runId }: Slot, @Ctx() { loaders }: Context): Promise<Run | null> {
    const row = runId === null ? undefined : await loaders.run.load(runId);
    return row === undefined ? null : runNode(row);
  }
}
