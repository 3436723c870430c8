import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Weight } from '../../schema/list-size.js';
import { Run } from '../../schema/run-type.js';
import { Usage } from '../../schema/usage-type.js';
import type { Context } from '../context.js';
import { letGoOf } from '../let-go.js';
import { usageNode } from '../usage-resolver.js';

/** What a run took of language models. */
@Resolver(() => Run)
export class RunUsageResolver {
  @Weight(20)
  @FieldResolver(() => Usage, {
    nullable: true,
    description: 'What it took of a language model so far; null for a run whose outcomes were let go.',
  })
  async usage(@Root() { id, month }: Run, @Ctx() { loaders }: Context): Promise<Usage | null> {
    const shares = await loaders.usage.load({ runId: id, month });
    return shares.length === 0 && (await letGoOf({ month }, loaders)) !== undefined ? null : usageNode(shares);
  }
}
