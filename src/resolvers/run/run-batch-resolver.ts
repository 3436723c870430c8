import { refusedNode } from '../refused-node.js';
import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql';
import { requestRun } from '../../application/run/request-run.js';
import type { RequestRun } from '../../domain/run/decide-request.js';
import { isRejection, type Rejection } from '../../domain/rejection.js';
import type { Role } from '../../identity/role.js';
import type { Refused } from '../../schema/error-type.js';
import { RunConflict } from '../../schema/error-type.js';
import { RunBatchAccepted, RunBatchInput, RunBatchResult } from '../../schema/run-inputs.js';
import { nodeOf } from '../node-of.js';
import type { Context } from '../context.js';
import { decidedRunNode, runNode } from './run-nodes.js';
import { withoutNulls } from '../filter-of.js';

/** Orders a run. */
@Resolver()
export class RunBatchResolver {
  @Authorized<Role>('operator')
  @Mutation(() => RunBatchResult, {
    description:
      'Runs the batch: last night’s over all users unless told otherwise. Answers as soon as the run is recorded; follow it with `batchProgress`.',
  })
  async runBatch(
    @Ctx() context: Context,
    @Arg('input', () => RunBatchInput, { nullable: true }) input?: RunBatchInput,
  ): Promise<RunBatchAccepted | Refused | RunConflict> {
    const caller = { actor: context.actor, ...(input?.idempotencyKey && { idempotencyKey: input.idempotencyKey }) };
    const answer = await requestRun(context.deps, orderOf(input), caller);
    if (isRejection(answer)) return runRefusal(context, answer);
    return nodeOf(RunBatchAccepted, { run: decidedRunNode(answer.run, answer.month), repeated: answer.repeated });
  }
}

/** An input as an order: what is null takes its default. */
export function orderOf(input: RunBatchInput | undefined): RequestRun {
  const { idempotencyKey: _idempotencyKey, ...order } = input ?? {};
  return { trigger: 'MANUAL', ...withoutNulls(order) };
}

/** A refusal of a run as a GraphQL node, with the run that stands in the way where there is one. */
export async function runRefusal({ loaders }: Context, { code, said, runId }: Rejection): Promise<Refused | RunConflict> {
  if (runId === undefined) return refusedNode({ code, said });
  const row = await loaders.run.load(runId);
  return nodeOf(RunConflict, { code, said, conflictingRun: row === undefined ? null : runNode(row) });
}
