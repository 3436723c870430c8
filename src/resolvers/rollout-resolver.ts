import { Arg, Args, Authorized, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { orderRollout } from '../application/rollouts/order-rollout.js';
import { startRollout } from '../application/rollouts/start-rollout.js';
import { isRejection } from '../domain/rejection.js';
import type { OrderRollout } from '../domain/rollout/decide-rollout.js';
import type { Role } from '../identity/role.js';
import { PageArgs, type Connection } from '../schema/connection.js';
import type { Refused } from '../schema/error-type.js';
import { RolloutReport } from '../schema/rollout-figures-type.js';
import { RolloutAccepted, RolloutInput, RolloutResult } from '../schema/rollout-inputs.js';
import { AdviceVersion, Rollout, RolloutConnection } from '../schema/rollout-type.js';
import { UuidScalar } from '../schema/scalars.js';
import { notFound } from './bad-input.js';
import type { Context } from './context.js';
import { withoutNulls } from './filter-of.js';
import { nodeOf } from './node-of.js';
import { connect, pageRequest, type ListKey } from './paging.js';
import { refusedNode } from './refused-node.js';
import { reportNode, rolloutNode, thresholdsOf, versionNode } from './rollout-nodes.js';

const ROLLOUTS: ListKey = { list: 'rollouts', form: ['time', 'uuid'] };
const WHY = { nullable: true, description: 'Why, at most 500 characters on one line, and nothing personal.' } as const;

/** Versions that a share of the users gets. */
@Resolver(() => Rollout)
export class RolloutResolver {
  @Authorized<Role>('viewer')
  @Query(() => Rollout, { nullable: true, description: 'A rollout by its id.' })
  async rollout(@Arg('id', () => UuidScalar) id: string, @Ctx() { loaders, deps }: Context): Promise<Rollout> {
    const found = await loaders.rollout.load(id.toLowerCase());
    if (found === undefined) throw notFound('ROLLOUT', `No rollout has the id ${id}. List them with \`rollouts\`.`);
    return rolloutNode(found, deps.candidates);
  }

  @Authorized<Role>('viewer')
  @Query(() => RolloutConnection, { description: 'Rollouts, newest first.' })
  async rollouts(@Args(() => PageArgs) page: PageArgs, @Ctx() { views, deps }: Context): Promise<Connection<Rollout>> {
    const found = await views.rollouts.list(pageRequest(page, ROLLOUTS));
    return connect(found, ROLLOUTS, {
      node: (each) => rolloutNode(each, deps.candidates),
      key: (each) => [each.startedAt, each.rolloutId],
    });
  }

  @Authorized<Role>('viewer')
  @Query(() => AdviceVersion, { nullable: true, description: 'What this service is configured to try; null where it is nothing.' })
  rolloutCandidate(@Ctx() { deps }: Context): AdviceVersion | null {
    const version = deps.candidates.version();
    return version === undefined ? null : versionNode(version);
  }

  @FieldResolver(() => RolloutReport, { description: 'Both sides, side by side.' })
  async report(@Root() { id }: Rollout, @Ctx() { loaders }: Context): Promise<RolloutReport> {
    const [nights, state] = await Promise.all([loaders.rolloutNights.load(id), loaders.rollout.load(id)]);
    return reportNode(nights, state?.judged ?? null);
  }

  @Authorized<Role>('operator')
  @Mutation(() => RolloutResult, {
    description:
      'Begins a rollout: from the next chunk of any run on, a share of the users gets the configured candidate. It stops by itself where the candidate is worse than the thresholds allow.',
  })
  async startRollout(
    @Arg('input', () => RolloutInput) input: RolloutInput,
    @Ctx() { deps, actor }: Context,
  ): Promise<RolloutAccepted | Refused> {
    const { idempotencyKey, thresholds, ...order } = withoutNulls(input);
    const asked = { ...order, ...(thresholds !== undefined && { thresholds: thresholdsOf(thresholds) }) };
    const answer = await startRollout(deps, asked, { actor, ...(idempotencyKey && { idempotencyKey }) });
    if (isRejection(answer)) return refusedNode(answer);
    return nodeOf(RolloutAccepted, { rollout: rolloutNode(answer.rollout, deps.candidates), repeated: answer.repeated });
  }

  @Authorized<Role>('operator')
  @Mutation(() => RolloutResult, { description: 'Gives a rollout another share of the users, from the next chunk of any run on.' })
  changeRolloutShare(
    @Arg('id', () => UuidScalar) id: string,
    @Arg('sharePercent', () => Int, { description: 'Percent of the users, 1 to 100.' }) sharePercent: number,
    @Ctx() context: Context,
    @Arg('reason', () => String, WHY) reason?: string | null,
  ): Promise<RolloutAccepted | Refused> {
    return ordered(context, id, { order: 'SHARE', sharePercent, ...(reason != null && { reason }) });
  }

  @Authorized<Role>('operator')
  @Mutation(() => RolloutResult, {
    description: 'Stops a rollout, a promoted one too: from the next chunk of any run on all users get the version in force.',
  })
  stopRollout(
    @Arg('id', () => UuidScalar) id: string,
    @Ctx() context: Context,
    @Arg('reason', () => String, WHY) reason?: string | null,
  ): Promise<RolloutAccepted | Refused> {
    return ordered(context, id, { order: 'STOP', ...(reason != null && { reason }) });
  }

  @Authorized<Role>('operator')
  @Mutation(() => RolloutResult, {
    description: 'Gives all users the candidate, still watched. Then configure it as the version in force, and stop the rollout.',
  })
  promoteRollout(
    @Arg('id', () => UuidScalar) id: string,
    @Ctx() context: Context,
    @Arg('reason', () => String, WHY) reason?: string | null,
  ): Promise<RolloutAccepted | Refused> {
    return ordered(context, id, { order: 'PROMOTE', ...(reason != null && { reason }) });
  }
}

async function ordered({ deps, actor, loaders }: Context, id: string, asked: OrderRollout): Promise<RolloutAccepted | Refused> {
  const rolloutId = id.toLowerCase();
  const answer = await orderRollout(deps, { rolloutId, asked, actor });
  if (isRejection(answer)) return refusedNode(answer);
  loaders.rollout.clear(rolloutId); // an earlier mutation of the same document may have read it
  return nodeOf(RolloutAccepted, { rollout: rolloutNode(answer, deps.candidates), repeated: false });
}
