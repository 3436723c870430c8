import { Authorized, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { InterventionField } from '../../domain/programs/intervention-difference.js';
import type { Role } from '../../identity/role.js';
import { AwaitedBatches, FieldDifference, ShadowReport } from '../../schema/run-figures-type.js';
import { Run } from '../../schema/run-type.js';
import { Usage } from '../../schema/usage-type.js';
import { nodeOf } from '../node-of.js';
import type { Context } from '../context.js';
import { letGoOf } from '../let-go.js';
import { usageNode } from '../usage-resolver.js';
import { Weight } from '../../schema/list-size.js';

/** Figures of a run that are summed when a client asks. */
@Resolver(() => Run)
export class RunFiguresResolver {
  @FieldResolver(() => AwaitedBatches, { nullable: true, description: 'What it waits for at the provider of its model; null for nothing.' })
  async awaitedBatches(@Root() { id, mode, endedAt }: Run, @Ctx() { loaders }: Context): Promise<AwaitedBatches | null> {
    if (mode !== 'BATCH' || endedAt !== null) return null;
    const found = await loaders.awaited.load(id);
    if (found === undefined) return null;
    const { batches, requests, until } = found;
    return nodeOf(AwaitedBatches, { batches, requests, until });
  }

  @Authorized<Role>('viewer')
  @Weight(50)
  @FieldResolver(() => ShadowReport, {
    nullable: true,
    description: 'Where its advice differs from what is saved; null for a run that is no shadow, and for one whose outcomes were let go.',
  })
  async shadowReport(@Root() run: Run, @Ctx() { loaders }: Context): Promise<ShadowReport | null> {
    if (!run.shadow) return null;
    const found = await loaders.shadow.load(run.id);
    if (found === undefined && (await letGoOf(run, loaders)) !== undefined) return null;
    const { compared = 0, same = 0, withoutSaved = 0, byField = {} } = found ?? {};
    const fields = Object.entries(byField).map(([field, users]) => nodeOf(FieldDifference, { field: field as InterventionField, users }));
    const ordered = fields.toSorted((a, b) => b.users - a.users || a.field.localeCompare(b.field));
    return nodeOf(ShadowReport, { compared, same, withoutSaved, byField: ordered });
  }

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
