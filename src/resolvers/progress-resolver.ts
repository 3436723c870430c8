import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Progress, ReasonCount } from '../schema/progress-type.js';
import type { Context } from './context.js';
import { reasonCounts } from './run/run-nodes.js';
import { Most } from '../schema/list-size.js';

/** What of a run's progress takes time to sum: it is read when a client asks. */
@Resolver(() => Progress)
export class ProgressResolver {
  @Most(20)
  @FieldResolver(() => [ReasonCount], { description: 'Most frequent first.' })
  async reasons(@Root() { runId, readReasons }: Progress, @Ctx() { loaders }: Context): Promise<ReasonCount[]> {
    return readReasons ?? reasonCounts((await loaders.reasons.load(runId))?.reasons ?? {});
  }
}
