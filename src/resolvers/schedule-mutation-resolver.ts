import { refusedNode } from './refused-node.js';
import { isRejection } from '../domain/rejection.js';
import { Arg, Authorized, Ctx, Int, Mutation, Resolver } from 'type-graphql';
import {
  changeScheduleBy,
  createScheduleFrom,
  deleteScheduleNow,
  pauseScheduleBecause,
  resumeScheduleNow,
  type ScheduleAnswer,
} from '../application/schedules/edit-schedules.js';
import { cancelQueuedRuns } from '../application/run/cancel-queued-runs.js';
import type { Role } from '../identity/role.js';
import type { Refused } from '../schema/error-type.js';
import { UuidScalar } from '../schema/scalars.js';
import { type ScheduleInvalid, VersionConflict } from '../schema/schedule-errors.js';
import { ScheduleInput } from '../schema/schedule-input.js';
import { QueuedRunsCancelled, QueuedRunsResult, ScheduleAccepted, ScheduleResult } from '../schema/schedule-results.js';
import { nodeOf } from './node-of.js';
import type { Context } from './context.js';
import { invalidNode, scheduleNode } from './schedule-nodes.js';

type Answer = ScheduleAccepted | Refused | ScheduleInvalid | VersionConflict;

const REASON = 'Why, for later readers of the log: one line, at most 500 characters, and nothing personal.';
const SAME_KEY =
  'The same key from the same caller is answered with the schedule that it made the first time. 1 to 128 printable ASCII characters.';
const VERSION_SEEN = 'The `version` that you read. With it you overwrite no other change.';

/** Changes of one schedule. */
@Resolver()
export class ScheduleMutationResolver {
  @Authorized<Role>('operator')
  @Mutation(() => ScheduleResult, { description: 'Makes a schedule. Only times after now come due.' })
  async createSchedule(
    @Arg('input', () => ScheduleInput) input: ScheduleInput,
    @Ctx() context: Context,
    @Arg('idempotencyKey', () => String, { nullable: true, description: SAME_KEY }) idempotencyKey?: string | null,
  ): Promise<Answer> {
    const caller = { actor: context.actor, ...(idempotencyKey != null && { idempotencyKey }) };
    return answerOf(context, await createScheduleFrom(context.deps, { input, ...caller }));
  }

  @Authorized<Role>('operator')
  @Mutation(() => ScheduleResult, {
    description: 'Changes what the input names and leaves the rest. A slot that is due already still fires as the schedule was.',
  })
  async updateSchedule(
    @Arg('id', () => UuidScalar) id: string,
    @Arg('expectedVersion', () => Int, { description: VERSION_SEEN }) expectedVersion: number,
    @Arg('input', () => ScheduleInput) input: ScheduleInput,
    @Ctx() context: Context,
  ): Promise<Answer> {
    return answerOf(context, await changeScheduleBy(context.deps, editOf(context, id, expectedVersion), input), id);
  }

  @Authorized<Role>('admin')
  @Mutation(() => ScheduleResult, { description: 'Deletes a schedule for good. Its log, its slots and its runs stay.' })
  async deleteSchedule(
    @Arg('id', () => UuidScalar) id: string,
    @Arg('expectedVersion', () => Int, { description: VERSION_SEEN }) expectedVersion: number,
    @Ctx() context: Context,
  ): Promise<Answer> {
    return answerOf(context, await deleteScheduleNow(context.deps, editOf(context, id, expectedVersion)), id);
  }

  @Authorized<Role>('operator')
  @Mutation(() => ScheduleResult, { description: 'Pauses a schedule: nothing comes due until it is resumed.' })
  async pauseSchedule(
    @Arg('id', () => UuidScalar) id: string,
    @Arg('reason', { description: 'Why, for operators that find it paused: 1 to 500 characters on one line.' }) reason: string,
    @Ctx() context: Context,
    @Arg('expectedVersion', () => Int, { nullable: true, description: VERSION_SEEN }) expectedVersion?: number,
  ): Promise<Answer> {
    return answerOf(context, await pauseScheduleBecause(context.deps, editOf(context, id, expectedVersion), reason), id);
  }

  @Authorized<Role>('operator')
  @Mutation(() => ScheduleResult, { description: 'Resumes a paused schedule. Slots of the pause are never fired.' })
  async resumeSchedule(
    @Arg('id', () => UuidScalar) id: string,
    @Ctx() context: Context,
    @Arg('expectedVersion', () => Int, { nullable: true, description: VERSION_SEEN }) expectedVersion?: number,
  ): Promise<Answer> {
    return answerOf(context, await resumeScheduleNow(context.deps, editOf(context, id, expectedVersion)), id);
  }

  @Authorized<Role>('operator')
  @Mutation(() => QueuedRunsResult, {
    description:
      'Cancels every run of a schedule that has not begun, at once. Runs that have begun go on: `cancelRun` ends one. A paused or deleted schedule makes no new ones.',
  })
  async cancelQueuedRuns(
    @Arg('scheduleId', () => UuidScalar) scheduleId: string,
    @Ctx() { deps, actor }: Context,
    @Arg('reason', () => String, { nullable: true, description: REASON }) reason?: string | null,
  ): Promise<QueuedRunsCancelled | Refused> {
    const answer = await cancelQueuedRuns(deps, scheduleId.toLowerCase(), { actor, reason: reason ?? undefined });
    if (answer.status === 'accepted') return nodeOf(QueuedRunsCancelled, { cancelled: answer.cancelled, underWay: answer.underWay });
    return refusedNode(answer);
  }
}

/** GraphQL sends null where an argument is left empty on purpose: it means none. */
function editOf({ actor }: Context, id: string, version: number | null | undefined): Parameters<typeof resumeScheduleNow>[1] {
  return { scheduleId: id.toLowerCase(), actor, expectedVersion: version ?? undefined };
}

/** `id` names the schedule that a conflict is about. */
async function answerOf({ views }: Context, answer: ScheduleAnswer, id?: string): Promise<Answer> {
  if (!isRejection(answer)) return nodeOf(ScheduleAccepted, { schedule: scheduleNode(answer) });
  const { code, said } = answer;
  if (code === 'INVALID_SCHEDULE') return invalidNode(answer);
  // Read past the loader, which may have cached it for an earlier mutation of the same document.
  const [found] = code === 'VERSION_CONFLICT' && id !== undefined ? await views.schedules.byIds([id]) : [];
  if (found !== undefined) return nodeOf(VersionConflict, { code, said, schedule: scheduleNode(found) });
  return refusedNode(answer);
}
