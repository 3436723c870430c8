import { refusedNode } from './refused-node.js';
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { cancelBackfill } from '../application/backfills/cancel-backfill.js';
import { requestBackfill } from '../application/backfills/request-backfill.js';
import { dateStatusOf, type BackfillDateStatus } from '../domain/backfill/date-status.js';
import { isRejection } from '../domain/rejection.js';
import type { Role } from '../identity/role.js';
import { Backfill, BackfillAccepted, BackfillConnection, BackfillDate, BackfillInput, BackfillResult } from '../schema/backfill-type.js';
import { PageArgs, type Connection } from '../schema/connection.js';
import { BackfillDateStatusEnum } from '../schema/control-enums.js';
import type { Refused } from '../schema/error-type.js';
import { Run } from '../schema/run-type.js';
import { UuidScalar } from '../schema/scalars.js';
import { nodeOf } from './node-of.js';
import { notFound } from './bad-input.js';
import type { Context } from './context.js';
import { connect, pageRequest, type ListKey } from './paging.js';
import { runNode } from './run/run-nodes.js';
import { withoutNulls } from './filter-of.js';
import { Most } from '../schema/list-size.js';
import type { Backfill as BackfillState } from '../domain/backfill/backfill.js';
import { type BackfillDateRow, type BackfillRow, backfillOfRow } from '../store/backfill-rows.js';

const BACKFILLS: ListKey = { list: 'backfills', form: ['time', 'uuid'] };

/** Runs over past dates. */
@Resolver(() => Backfill)
export class BackfillResolver {
  @Authorized<Role>('viewer')
  @Query(() => Backfill, { nullable: true, description: 'A backfill by its id.' })
  async backfill(@Arg('id', () => UuidScalar) id: string, @Ctx() { loaders }: Context): Promise<Backfill> {
    const row = await loaders.backfill.load(id.toLowerCase());
    if (row === undefined) throw notFound('BACKFILL', `No backfill has the id ${id}. List them with \`backfills\`.`);
    return backfillNode(row);
  }

  @Authorized<Role>('viewer')
  @Query(() => BackfillConnection, { description: 'Backfills, newest first.' })
  async backfills(@Args(() => PageArgs) page: PageArgs, @Ctx() { views }: Context): Promise<Connection<Backfill>> {
    const found = await views.backfills.list(pageRequest(page, BACKFILLS));
    return connect(found, BACKFILLS, { node: backfillNode, key: (row) => [row.requested_at.toISOString(), row.backfill_id] });
  }

  @Authorized<Role>('operator')
  @Mutation(() => BackfillResult, {
    name: 'backfill',
    description:
      'Runs the batch for each of several past record dates, a few at a time. Answers as soon as it is recorded. A date whose run is refused because another one is active waits for its end.',
  })
  async requestBackfill(
    @Arg('input', () => BackfillInput) input: BackfillInput,
    @Ctx() context: Context,
  ): Promise<BackfillAccepted | Refused> {
    const { idempotencyKey, ...order } = withoutNulls(input);
    const caller = { actor: context.actor, ...(idempotencyKey && { idempotencyKey }) };
    const answer = await requestBackfill(context.deps, order, caller);
    if (isRejection(answer)) return refusedNode(answer);
    const { backfill, repeated } = answer;
    return nodeOf(BackfillAccepted, { backfill: decidedBackfillNode(backfill), repeated });
  }

  @Authorized<Role>('operator')
  @Mutation(() => BackfillResult, {
    description: 'Cancels a backfill: no more of its runs start, and its active runs are cancelled. Asked twice, it is cancelled once.',
  })
  async cancelBackfill(
    @Arg('id', () => UuidScalar) id: string,
    @Ctx() { deps, actor, loaders }: Context,
    @Arg('reason', () => String, { nullable: true, description: 'Why, at most 500 characters on one line, and nothing personal.' })
    reason?: string | null,
  ): Promise<BackfillAccepted | Refused> {
    const backfillId = id.toLowerCase();
    const order = reason === undefined || reason === null ? {} : { reason };
    const answer = await cancelBackfill(deps, backfillId, order, actor);
    if (isRejection(answer)) return refusedNode(answer);
    loaders.backfillDates.clear(backfillId); // an earlier mutation of the same document may have read them
    return nodeOf(BackfillAccepted, { backfill: decidedBackfillNode(answer), repeated: false });
  }

  @Most(400)
  @FieldResolver(() => [BackfillDate], { description: 'Its record dates in the order of their turns, at most 400.' })
  async dates(@Root() { id }: Backfill, @Ctx() { loaders }: Context): Promise<BackfillDate[]> {
    return (await loaders.backfillDates.load(id)).map(backfillDateNode);
  }
}

/** What became of a date. */
@Resolver(() => BackfillDate)
export class BackfillDateResolver {
  @FieldResolver(() => BackfillDateStatusEnum)
  async status(@Root() { state, runId }: BackfillDate, @Ctx() { loaders }: Context): Promise<BackfillDateStatus> {
    const row = runId === null ? undefined : await loaders.run.load(runId);
    return dateStatusOf(state, row?.status);
  }

  @FieldResolver(() => Run, { nullable: true, description: 'Its run; null until its turn has come.' })
  async run(@Root() { runId }: BackfillDate, @Ctx() { loaders }: Context): Promise<Run | null> {
    const row = runId === null ? undefined : await loaders.run.load(runId);
    return row === undefined ? null : runNode(row);
  }
}

/** A row of backfills as a GraphQL node. */
export function backfillNode(row: BackfillRow): Backfill {
  return decidedBackfillNode(backfillOfRow(row, []));
}

/** A backfill as it was just decided, as a GraphQL node. */
function decidedBackfillNode({ backfillId, version: _version, request, dates: _dates, ...state }: BackfillState): Backfill {
  const times = { requestedAt: new Date(state.requestedAt), endedAt: state.endedAt === null ? null : new Date(state.endedAt) };
  const { reason = null, withoutSchedule = null } = request;
  return nodeOf(Backfill, { ...request, reason, withoutSchedule, id: backfillId, ...state, ...times });
}

/** A date of a backfill as a GraphQL node. */
function backfillDateNode({ record_date: recordDate, run_id: runId, status: state, code }: BackfillDateRow): BackfillDate {
  return nodeOf(BackfillDate, { recordDate, runId, state, code });
}
