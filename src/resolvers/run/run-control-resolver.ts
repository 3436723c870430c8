import { BAD_INPUTS } from '../bad-input-words.js';
import { refusedNode } from '../refused-node.js';
import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql';
import { cancelRunBecause, pauseRunBecause } from '../../application/run/order-run.js';
import { resumeRun } from '../../application/run/pause-run.js';
import type { StoredRun } from '../../application/ports.js';
import { retryRun } from '../../application/run/retry-run.js';
import { isRejection, type Rejection } from '../../domain/rejection.js';
import { RETRY_REASONS } from '../../domain/run/decide-retry.js';
import type { Role } from '../../identity/role.js';
import type { Refused } from '../../schema/error-type.js';
import { type RunConflict } from '../../schema/error-type.js';
import { RetryRunInput, RunChanged, RunResult } from '../../schema/run-control-type.js';
import { RunBatchAccepted, RunBatchResult } from '../../schema/run-inputs.js';
import { UuidScalar } from '../../schema/scalars.js';
import { nodeOf } from '../node-of.js';
import { badInput } from '../bad-input.js';
import type { Context } from '../context.js';
import { decidedRunNode } from './run-nodes.js';
import { runRefusal } from './run-batch-resolver.js';
import { withoutNulls } from '../filter-of.js';

const REASON = 'Why, for later readers of the log: one line, at most 500 characters, and nothing personal.';

/** Stops, resumes and repeats runs. */
@Resolver()
export class RunControlResolver {
  @Authorized<Role>('operator')
  @Mutation(() => RunResult, {
    description:
      'Cancels a run: from now on users get no outcome but `CANCELLED`, and the run ends when each user has one. What was written stays. Asked twice, it is cancelled once.',
  })
  async cancelRun(
    @Arg('runId', () => UuidScalar) runId: string,
    @Ctx() { deps, actor }: Context,
    @Arg('reason', () => String, { nullable: true, description: REASON }) reason?: string | null,
  ): Promise<RunChanged | Refused> {
    return answerOf(await cancelRunBecause(deps, runId.toLowerCase(), reason ?? undefined, actor));
  }

  @Authorized<Role>('operator')
  @Mutation(() => RunResult, {
    description: 'Pauses a run: what is being written is finished, and nothing more is begun until it is resumed.',
  })
  async pauseRun(
    @Arg('runId', () => UuidScalar) runId: string,
    @Arg('reason', { description: REASON }) reason: string,
    @Ctx() { deps, actor }: Context,
  ): Promise<RunChanged | Refused> {
    return answerOf(await pauseRunBecause(deps, runId.toLowerCase(), reason, actor));
  }

  @Authorized<Role>('operator')
  @Mutation(() => RunResult, { description: 'Lets a paused run go on where it stopped, whether an operator or the service paused it.' })
  async resumeRun(@Arg('runId', () => UuidScalar) runId: string, @Ctx() { deps, actor }: Context): Promise<RunChanged | Refused> {
    return answerOf(await resumeRun(deps, runId.toLowerCase(), actor));
  }

  @Authorized<Role>('operator')
  @Mutation(() => RunBatchResult, {
    description: 'Repeats users of a run that has ended, as a new run linked to it. Its outcomes tell which users.',
  })
  async retryRun(
    @Arg('input', () => RetryRunInput) input: RetryRunInput,
    @Ctx() context: Context,
  ): Promise<RunBatchAccepted | Refused | RunConflict> {
    const { runId, idempotencyKey, ...order } = withoutNulls(input);
    checkReasons(order.reasons);
    const caller = { actor: context.actor, ...(idempotencyKey && { idempotencyKey }) };
    const answer = await retryRun(context.deps, runId.toLowerCase(), order, caller);
    if (isRejection(answer)) return runRefusal(context, answer);
    return nodeOf(RunBatchAccepted, { run: decidedRunNode(answer.run, answer.month), repeated: answer.repeated });
  }
}

function answerOf(answer: StoredRun | Rejection): RunChanged | Refused {
  if (isRejection(answer)) return refusedNode(answer);
  return nodeOf(RunChanged, { run: decidedRunNode(answer.run, answer.month) });
}

function checkReasons(reasons: readonly string[] | undefined): void {
  if (reasons?.every((reason) => (RETRY_REASONS as readonly string[]).includes(reason)) !== false) return;
  throw badInput('input', BAD_INPUTS.tell('WORDS', { field: 'reasons', words: RETRY_REASONS }));
}
